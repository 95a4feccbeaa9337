"""Places: the parts of a location text, such as city and country, each with its rarity."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from anyascii import anyascii
from numpy.typing import NDArray

from creatorgraph.resolution.feature.column import Column, distinct, entries_by, joined
from creatorgraph.resolution.feature.incidence import Incidence, incidence_of
from creatorgraph.resolution.feature.reference import Counts, rarity_bits, text_counts
from creatorgraph.resolution.text.fold import fold

_PART_BREAK = re.compile(r"[,/|;·•&()–—\n]|\s-\s")
_MIN_WORD = 3
_SHORT_WORDS = 2
"""Letters of words that initials leave out: `United States of America` is USA, `Rio de Janeiro` RJ."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceTable:
    """`entries` profiles by parts of places, `made` marks entries that are initials of ours, `bits` are per part."""

    entries: Incidence
    made: NDArray[np.bool_]
    bits: NDArray[np.float64]
    given: NDArray[np.bool_]
    counts: Counts
    """How many profiles name each part."""


def place_table(column: Column, known: Counts | None = None) -> PlaceTable:
    """From location texts, null or empty where there is none. A part's bits are -log2 of the share of profiles that name it,
    of these or as `known` counts have it."""
    written = distinct(column)
    named = entries_by(written.texts, lambda text: [part for part, made in parts_of(text).items() if not made])
    initials = entries_by(written.texts, lambda text: [part for part, made in parts_of(text).items() if made])
    rows = np.concatenate([named.rows, initials.rows])
    parts = distinct(joined([named.texts, initials.texts]))
    of_text = incidence_of(rows, parts.number, height=len(written.texts), width=len(parts.texts))
    entries, entry = of_text.take(written.number)
    made = of_text.has(initials.rows, parts.number[len(named.rows) :])[1]
    given = entries.degree > 0
    counts = known or text_counts(parts.texts, entries.frequency(), int(given.sum()))
    return PlaceTable(
        entries=entries,
        made=np.isin(entry, made),
        bits=rarity_bits(counts.of_texts(parts.texts), counts.total),
        given=given,
        counts=counts,
    )


def parts_of(text: str) -> dict[str, bool]:
    """The parts of a place, the whole of it, their words and initials, in Latin letters; True for initials of ours.

    `San Francisco, CA` gives `san francisco ca`, `san francisco`, `ca`, `san`, `francisco`, and `sf` as initials.
    """
    found: dict[str, bool] = {}
    folded = [fold(anyascii(part)) for part in _PART_BREAK.split(text)]
    parts = [part for part in folded if part]
    for part in ([" ".join(parts)] if parts else []) + parts:
        found[part] = False
    for part in parts:
        words = part.split()
        for word in words:
            if len(word) >= _MIN_WORD:
                found[word] = False
        if len(words) > 1:
            for initials in {_initials(words), _initials([w for w in words if len(w) > _SHORT_WORDS])}:
                if len(initials) > 1:
                    found.setdefault(initials, True)
    return found


def _initials(words: Sequence[str]) -> str:
    return "".join(word[0] for word in words)
