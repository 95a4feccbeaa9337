"""Level patterns: pairs whose signals all came out alike weigh alike, so the model looks at each pattern once."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from creatorgraph.resolution.feature.incidence import Indices, counted
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
    of_pair: NDArray[np.int32]
    codes: Indices
    names: tuple[str, ...]
    """Of the signals, one per column of `levels`."""

    @property
    def marked(self) -> Indices:
        """The codes with the mark of pairs whose names are apart."""
        return self.codes | np.where(self.apart, _MARK, 0)

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


def marked_codes(signals: Sequence[Scale], levels: Levels, apart: NDArray[np.bool_]) -> Indices:
    """The level codes with the mark of pairs whose names are apart."""
    return level_codes(signals, levels) | np.where(apart, _MARK, 0)


def patterns_of(signals: Sequence[Scale], levels: Levels, apart: NDArray[np.bool_]) -> Patterns:
    """From (pairs, signals) levels."""
    return patterns_of_codes(signals, [marked_codes(signals, levels, apart)])


def patterns_of_codes(signals: Sequence[Scale], parts: Sequence[Indices]) -> Patterns:
    """From the marked codes of pairs, in any number of parts."""
    seen = [counted(part) for part in parts]
    distinct, _ = counted(np.concatenate([codes for codes, _ in seen]))
    counts = np.zeros(len(distinct), dtype=np.int64)
    for codes, times in seen:
        counts[np.searchsorted(distinct, codes)] += times
    codes = distinct & ~_MARK
    levels = [(codes >> place.shift & place.mask) - 1 for place in places_of(signals)]
    return Patterns(
        levels=np.stack(levels, axis=1).astype(np.int8),
        apart=distinct != codes,
        counts=counts,
        of_pair=np.concatenate([np.searchsorted(distinct, part).astype(np.int32) for part in parts]),
        codes=codes,
        names=tuple(signal.name for signal in signals),
    )


def levels_fit(signals: Sequence[Scale]) -> bool:
    """Whether all signals fit into one code."""
    return sum(len(signal.levels).bit_length() for signal in signals) <= CODE_BITS
