"""Level patterns: pairs whose signals all came out alike weigh alike, so the model looks at each pattern once."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from creatorgraph.resolution.feature.incidence import Indices
from creatorgraph.resolution.signals.signal import Levels, Scale

CODE_BITS = 62
"""Bits of a level code; the one above marks pairs whose names are apart."""
_MARK = 1 << CODE_BITS


@dataclass(frozen=True, slots=True, kw_only=True)
class Patterns:
    """`levels` (patterns, signals); `apart` marks those of pairs whose full names share no word; `of_pair` indexes them."""

    levels: Levels
    apart: NDArray[np.bool_]
    counts: Indices
    of_pair: Indices
    codes: Indices
    names: tuple[str, ...]
    """Of the signals, one per column of `levels`."""

    def column(self, signal: str) -> Levels:
        return self.levels[:, self.names.index(signal)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a level code holds one signal's level + 1 (0: missing): `(code >> shift) & mask`."""

    shift: int
    mask: int


def places_of(signals: Sequence[Scale]) -> tuple[Place, ...]:
    """One place per signal, just wide enough for its levels, the first signal in the lowest bits."""
    shift, places = 0, []
    for signal in signals:
        width = len(signal.levels).bit_length()
        places.append(Place(shift=shift, mask=(1 << width) - 1))
        shift += width
    return tuple(places)


def level_codes(signals: Sequence[Scale], levels: Levels) -> Indices:
    """One number per row of (rows, signals) levels."""
    codes = np.zeros(len(levels), dtype=np.int64)
    for index, place in enumerate(places_of(signals)):
        codes |= (levels[:, index].astype(np.int64) + 1) << place.shift
    return codes


def patterns_of(signals: Sequence[Scale], levels: Levels, apart: NDArray[np.bool_]) -> Patterns:
    marked = level_codes(signals, levels) + np.where(apart, _MARK, 0)
    distinct, first, inverse, counts = np.unique(marked, return_index=True, return_inverse=True, return_counts=True)
    return Patterns(
        levels=levels[first],
        apart=apart[first],
        counts=counts.astype(np.int64),
        of_pair=inverse.reshape(-1).astype(np.int64),
        codes=distinct & ~_MARK,
        names=tuple(signal.name for signal in signals),
    )


def levels_fit(signals: Sequence[Scale]) -> bool:
    """Whether all signals fit into one code."""
    return sum(len(signal.levels).bit_length() for signal in signals) <= CODE_BITS
