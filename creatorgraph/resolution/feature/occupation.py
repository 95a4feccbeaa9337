"""What people do: the category and the job title of each profile and the words of both, each with its rarity."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from creatorgraph.resolution.feature.incidence import Incidence, numbered

_MIN_WORD = 3
"""Shorter words (`of`, `at`) join anything."""
_UNSEEN_PROFILES = 50
"""As though so many more profiles did something else: in a short list two who do the same are rare all the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OccupationTable:
    """`entries` profiles by occupations and words of them; `bits` and `whole` (no mere word) are per value."""

    entries: Incidence
    bits: NDArray[np.float64]
    whole: NDArray[np.bool_]
    category: NDArray[np.bool_]
    title: NDArray[np.bool_]
    """Per profile whether it has the one and the other."""


def occupation_table(categories: Sequence[str], titles: Sequence[str]) -> OccupationTable:
    """From folded texts, empty where there is none. A value's bits are -log2 of the share of profiles that have it."""
    rows = [
        [(text, True) for text in row if text]
        + [(word, False) for word in sorted({w for text in row for w in text.split()}) if len(word) >= _MIN_WORD]
        for row in zip(categories, titles, strict=True)
    ]
    entries, values = numbered(rows)
    given = sum(1 for row in rows if row)
    share = (entries.frequency() + 1) / (given + _UNSEEN_PROFILES)
    return OccupationTable(
        entries=entries,
        bits=np.maximum(-np.log2(share), 0.0),
        whole=np.array([isinstance(v, tuple) and v[1] for v in values], dtype=bool),
        category=np.array([bool(text) for text in categories], dtype=bool),
        title=np.array([bool(text) for text in titles], dtype=bool),
    )
