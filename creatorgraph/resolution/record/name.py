"""Given names and surnames: typing errors, short forms, initials, and the two written in each other's place."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA, JaroWinkler
from rapidfuzz.process import cpdist

from creatorgraph.resolution.record.comparison import Comparison, RecordPairs, value_comparison
from creatorgraph.resolution.record.table import ValueColumn
from creatorgraph.resolution.signals.signal import Level, Levels
from creatorgraph.resolution.text.nickname import are_forms

DIFFERENT, FAINT, FORM, ALIKE, NEAR, EXCHANGED = range(6)
_LEVELS = (
    Level(name="different", text="different names", m=0.06, u=0.85),
    Level(name="faint", text="names faintly alike", m=0.02, u=0.1),
    Level(name="form", text="a short form, an initial or a beginning of the other", m=0.05, u=2.0**-7),
    Level(name="alike", text="names alike (two slips of the pen)", m=0.05, u=2.0**-8),
    Level(name="near", text="nearly the same name (one slip of the pen)", m=0.15, u=2.0**-9),
    Level(name="exchanged", text="given name and surname exchanged", m=0.03, u=2.0**-11),
)
_FAINT, _ALIKE, _NEAR = 0.75, 0.88, 0.94
"""Jaro-Winkler similarity."""
_LEAST_LENGTH = (3, 5)
"""Letters that the shorter name must have for one and for two slips to mean anything."""


def name_comparison(column: ValueColumn, partner: ValueColumn | None) -> Comparison:
    """`partner` is the column with the other part of the name."""
    base = value_comparison(column, _LEVELS, _level_of, decisive=True, chain=(DIFFERENT, FAINT, ALIKE, NEAR))
    if partner is None:
        return base
    here = partner.numbers_in(column)

    def compare(pairs: RecordPairs) -> Levels:
        levels = base.compare(pairs)
        one = column.number[pairs.left]
        # the other way round is the other part's to say, so that one exchange is not counted twice
        levels[(one >= 0) & (one == here[pairs.right]) & (levels >= 0) & (levels < EXCHANGED)] = EXCHANGED
        return levels

    return Comparison(
        name=base.name,
        levels=base.levels,
        chains=base.chains,
        decisive=base.decisive,
        compare=compare,
        values=base.values,
        equal=base.equal,
    )


def _level_of(one: Sequence[str], two: Sequence[str]) -> NDArray[np.int64]:
    alike = cpdist(one, two, scorer=JaroWinkler.similarity, dtype=np.float32)
    slips = cpdist(one, two, scorer=OSA.distance, dtype=np.int32)
    shorter = np.fromiter(map(_shorter, one, two), dtype=np.int64, count=len(one))
    form = np.fromiter(map(_is_form, one, two), dtype=bool, count=len(one))
    once, twice = (slips <= n + 1 for n in range(2))
    levels = np.where(alike >= _FAINT, FAINT, DIFFERENT)
    levels[form] = FORM
    levels[(alike >= _ALIKE) | (twice & (shorter >= _LEAST_LENGTH[1]))] = ALIKE
    levels[form & (shorter == 1)] = FORM
    levels[(alike >= _NEAR) | (once & (shorter >= _LEAST_LENGTH[0]))] = NEAR
    return levels


def _shorter(one: str, two: str) -> int:
    return min(len(one), len(two))


def _is_form(one: str, two: str) -> bool:
    return one.startswith(two) or two.startswith(one) or are_forms(one, two)
