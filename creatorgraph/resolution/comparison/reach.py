"""How much two keys could share at most: a bound on their near bits that costs a tenth of finding them.

A matching block of two characters or more is made of neighbours that stand side by side in the other key too, and the first
block of three (two where both keys are of ideographs). Characters without such a neighbour are surely unshared.
"""

import numpy as np
from numpy.typing import NDArray

from creatorgraph.resolution.feature.code import CodeMatrix
from creatorgraph.resolution.feature.incidence import Indices

_ROWS = 8192
_MARGIN = 0.01
"""Bits that sums in single precision may be off."""
_SPREAD = np.uint16(37)
_BIT = np.uint64(1) << np.arange(64, dtype=np.uint64)

Bits = NDArray[np.float32]
_Columns = NDArray[np.uint16]


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
        a, b = (np.ascontiguousarray(matrix.codes[keys, :size].T) for keys in (one, two))
        x, y = (np.ascontiguousarray(bits[keys, :size].T) for keys in (one, two))
        found[rows] = _most(a, b, x, y, wide[one] & wide[two]) + _MARGIN >= least[rows]
    return np.flatnonzero(found)


def _most(a: _Columns, b: _Columns, x: Bits, y: Bits, wide: NDArray[np.bool_]) -> Bits:
    """The bound for pairs of keys in columns; minus infinity where no block can be long enough."""
    neighbours_a, neighbours_b = _neighbours(a), _neighbours(b)
    alike_a, alike_b = _met(neighbours_a, a, neighbours_b, b), _met(neighbours_b, b, neighbours_a, a)
    run = (alike_a[1:] & alike_a[:-1]).any(axis=0) | (wide & alike_a.any(axis=0))
    shared_a, shared_b = _covered(x, alike_a), _covered(y, alike_b)
    unshared = x.sum(axis=0) - shared_a + y.sum(axis=0) - shared_b
    return np.where(run, np.minimum(shared_a, shared_b) - np.float32(0.5) * unshared, np.float32(-np.inf))


def _neighbours(codes: _Columns) -> NDArray[np.uint8]:
    """A number from 0 to 63 for each two characters side by side."""
    return ((codes[:-1] * _SPREAD + codes[1:]) & np.uint16(63)).astype(np.uint8)


def _met(
    own: NDArray[np.uint8], codes: _Columns, others: NDArray[np.uint8], other_codes: _Columns
) -> NDArray[np.bool_]:
    """Which neighbours may stand in the other key as well: all that do, and few more."""
    there = np.bitwise_or.reduce(np.where(other_codes[1:] > 0, _BIT[others], np.uint64(0)), axis=0)
    met: NDArray[np.bool_] = ((_BIT[own] & there) > 0) & (codes[1:] > 0)
    return met


def _covered(bits: Bits, alike: NDArray[np.bool_]) -> Bits:
    """The summed bits of characters that have such a neighbour on either side."""
    inside = np.zeros(bits.shape, dtype=bool)
    inside[:-1] = alike
    inside[1:] |= alike
    covered: Bits = (bits * inside).sum(axis=0)
    return covered
