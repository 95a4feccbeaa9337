"""How much two keys could share at most: a bound on their near bits that costs a tenth of finding them.

A matching block of two characters or more is made of neighbours that stand side by side in the other key too, and the first
block of three (two where both keys are of ideographs). Characters without such a neighbour are surely unshared.
"""

import numpy as np
from numpy.typing import NDArray

from creatorgraph.resolution.feature.code import NEIGHBOUR_BITS, CodeMatrix
from creatorgraph.resolution.feature.incidence import Indices

_ROWS = 8192
_MARGIN = 0.01
"""Bits that sums in single precision may be off."""

Bits = NDArray[np.float32]


def within_reach(
    matrix: CodeMatrix, bits: Bits, wide: NDArray[np.bool_], left: Indices, right: Indices, least: NDArray[np.float64]
) -> Indices:
    """The pairs of keys, ascending, that may share `least` bits; the others surely share less."""
    width = np.maximum(matrix.lengths[left], matrix.lengths[right]).astype(np.uint8)
    order = np.argsort(width, kind="stable")
    found = np.zeros(len(left), dtype=bool)
    for begin in range(0, len(order), _ROWS):
        rows = order[begin : begin + _ROWS]
        size = int(width[rows[-1]])
        one, two = left[rows], right[rows]
        alike, alike_other = _met(matrix, one, two, size), _met(matrix, two, one, size)
        x, y = (np.ascontiguousarray(bits[keys, :size].T) for keys in (one, two))
        found[rows] = _most(alike, alike_other, x, y, wide[one] & wide[two]) + _MARGIN >= least[rows]
    return np.flatnonzero(found)


def _met(matrix: CodeMatrix, keys: Indices, others: Indices, size: int) -> NDArray[np.bool_]:
    """(size - 1, pairs): which two neighbours may stand in the other key as well: all that do, and few more."""
    own = np.ascontiguousarray(matrix.neighbours.numbers[keys, : size - 1].T)
    met: NDArray[np.bool_] = (NEIGHBOUR_BITS[own] & matrix.neighbours.masks[others]) > 0
    return met


def _most(alike: NDArray[np.bool_], alike_other: NDArray[np.bool_], x: Bits, y: Bits, wide: NDArray[np.bool_]) -> Bits:
    """The bound for pairs of keys in columns; minus infinity where no block can be long enough."""
    run = (alike[1:] & alike[:-1]).any(axis=0) | (wide & alike.any(axis=0))
    shared, shared_other = _covered(x, alike), _covered(y, alike_other)
    unshared = x.sum(axis=0) - shared + y.sum(axis=0) - shared_other
    return np.where(run, np.minimum(shared, shared_other) - np.float32(0.5) * unshared, np.float32(-np.inf))


def _covered(bits: Bits, alike: NDArray[np.bool_]) -> Bits:
    """The summed bits of characters that have such a neighbour on either side."""
    inside = np.zeros(bits.shape, dtype=bool)
    inside[:-1] = alike
    inside[1:] |= alike
    covered: Bits = (bits * inside).sum(axis=0)
    return covered
