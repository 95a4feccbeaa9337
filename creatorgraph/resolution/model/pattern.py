"""Level patterns: pairs whose signals all came out alike weigh alike, so the model looks at each pattern once."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from creatorgraph.resolution.feature.incidence import Indices
from creatorgraph.resolution.signals.signal import Levels, Signal

BITS = 4
"""Bits that one signal takes in a level code: at most 15 levels and missing."""
_MARK = 1 << 62


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


def level_codes(levels: Levels) -> Indices:
    """One number per row of (rows, signals) levels: signal i has bits 4i to 4i+3, holding level + 1 (0: missing)."""
    codes = np.zeros(len(levels), dtype=np.int64)
    for index in range(levels.shape[1]):
        codes |= (levels[:, index].astype(np.int64) + 1) << (BITS * index)
    return codes


def patterns_of(signals: Sequence[Signal], levels: Levels, apart: NDArray[np.bool_]) -> Patterns:
    marked = level_codes(levels) + np.where(apart, _MARK, 0)
    distinct, first, inverse, counts = np.unique(marked, return_index=True, return_inverse=True, return_counts=True)
    return Patterns(
        levels=levels[first],
        apart=apart[first],
        counts=counts.astype(np.int64),
        of_pair=inverse.reshape(-1).astype(np.int64),
        codes=distinct & ~_MARK,
        names=tuple(signal.name for signal in signals),
    )


def levels_fit(signals: Sequence[Signal]) -> bool:
    """Whether every signal's levels fit into its bits, and all signals into one code."""
    return all(len(s.levels) < 1 << BITS for s in signals) and BITS * len(signals) <= 60
