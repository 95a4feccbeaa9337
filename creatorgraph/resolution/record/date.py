"""Dates: one digit wrong, day and month exchanged, two of three parts equal, the same year."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from creatorgraph.resolution.record.comparison import Comparison, value_comparison
from creatorgraph.resolution.record.table import ValueColumn
from creatorgraph.resolution.signals.signal import Level

DIFFERENT, YEAR, SLIPS, PARTS, EXCHANGED, SLIP = range(6)
_LEVELS = (
    Level(name="different", text="different dates", m=0.1, u=0.9),
    Level(name="year", text="the same year", m=0.02, u=0.02),
    Level(name="two_slips", text="two digits apart", m=0.04, u=2.0**-7),
    Level(name="two_parts", text="two of day, month and year equal", m=0.08, u=2.0**-8),
    Level(name="exchanged", text="day and month exchanged", m=0.02, u=2.0**-14),
    Level(name="one_slip", text="one digit apart", m=0.12, u=2.0**-9),
)


def date_comparison(column: ValueColumn) -> Comparison:
    return value_comparison(column, _LEVELS, _level_of, decisive=True, chain=(DIFFERENT, SLIPS, SLIP))


def _level_of(one: Sequence[str], two: Sequence[str]) -> NDArray[np.int64]:
    slips = cpdist(one, two, scorer=OSA.distance, dtype=np.int32)
    a, b = _parts(one), _parts(two)
    same = a == b
    levels = np.where(same[:, 0], YEAR, DIFFERENT)
    levels[slips <= 2] = SLIPS
    levels[same.sum(axis=1) >= 2] = PARTS
    levels[same[:, 0] & (a[:, 1] == b[:, 2]) & (a[:, 2] == b[:, 1])] = EXCHANGED
    levels[slips <= 1] = SLIP
    return levels


def _parts(texts: Sequence[str]) -> NDArray[np.int64]:
    """(dates, 3): year, month, day of texts `YYYYMMDD`."""
    whole = np.array([int(text) for text in texts], dtype=np.int64)
    return np.stack([whole // 10_000, whole // 100 % 100, whole % 100], axis=1)
