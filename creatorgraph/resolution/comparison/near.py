"""How much of two keys is the same, in bits: the matching blocks, weighed by how rare their characters are.

The score is the bits of the longest common block plus four fifths of each further block (less a bit for choosing it),
minus half of the bits that neither block covers. `NO_MATCH` where no block is long enough to mean anything.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from creatorgraph.resolution.feature.code import CodeMatrix
from creatorgraph.resolution.feature.incidence import Indices

NO_MATCH = -99.0
_BLOCKS = 4
_FIRST_BLOCK, _LATER_BLOCK, _WIDE_BLOCK = 3, 2, 2
_LATER_SHARE, _LATER_FEE = 0.8, 1.0
_ROWS = 4096

Bits = NDArray[np.float32]


def near_bits(matrix: CodeMatrix, bits: Bits, wide: NDArray[np.bool_], left: Indices, right: Indices) -> Bits:
    """The score of each pair of keys; `bits` (keys, MAX_LENGTH) per character, `wide` marks keys of ideographs."""
    scores = np.full(len(left), NO_MATCH, dtype=np.float32)
    width = np.maximum(matrix.lengths[left], matrix.lengths[right])
    order = np.argsort(width, kind="stable")
    for begin in range(0, len(order), _ROWS):
        rows = order[begin : begin + _ROWS]
        size = int(width[rows].max(initial=0))
        one, two = left[rows], right[rows]
        scores[rows] = _score(
            matrix.codes[one, :size],
            matrix.codes[two, :size],
            bits[one, :size],
            bits[two, :size],
            wide[one] & wide[two],
        )
    return scores


def _score(
    a: NDArray[np.uint16], b: NDArray[np.uint16], x: Bits, y: Bits, wide: NDArray[np.bool_]
) -> NDArray[np.float64]:
    rows, size = a.shape
    # characters that a block has taken, and padding, get numbers that match nothing on the other side
    one, two = a.astype(_marked_type(a, b)), b.astype(_marked_type(a, b))
    none_in_one, none_in_two = np.iinfo(one.dtype).max, np.iinfo(one.dtype).max - 1
    one[one == 0], two[two == 0] = none_in_one, none_in_two
    x_sums, y_sums = _prefix(x), _prefix(y)
    total = x_sums[:, -1] + y_sums[:, -1]
    used = np.zeros(rows)
    kept = np.zeros(rows)
    any_block = np.zeros(rows, dtype=bool)
    active = np.arange(rows)
    column = np.arange(size)
    for block in range(_BLOCKS):
        if not len(active):
            break
        length, end_a, end_b = _longest_block(one[active], two[active])
        least = np.where(wide[active], _WIDE_BLOCK, _FIRST_BLOCK if block == 0 else _LATER_BLOCK)
        long_enough = length >= least
        active, length, end_a, end_b = (v[long_enough] for v in (active, length, end_a, end_b))
        in_a = x_sums[active, end_a] - x_sums[active, end_a - length]
        in_b = y_sums[active, end_b] - y_sums[active, end_b - length]
        used[active] += in_a + in_b
        common = np.minimum(in_a, in_b)
        kept[active] += common if block == 0 else _LATER_SHARE * common - _LATER_FEE
        any_block[active] = True
        for side, end, taken in ((one, end_a, none_in_one), (two, end_b, none_in_two)):
            inside = (column >= (end - length)[:, None]) & (column < end[:, None])
            side[active] = np.where(inside, one.dtype.type(taken), side[active])
    return np.where(any_block, kept - 0.5 * (total - used), NO_MATCH)


def _prefix(values: Bits) -> NDArray[np.float64]:
    sums = np.zeros((len(values), values.shape[1] + 1))
    np.cumsum(values, axis=1, out=sums[:, 1:])
    return sums


def _marked_type(a: NDArray[np.uint16], b: NDArray[np.uint16]) -> type[np.unsignedinteger[Any]]:
    """The smallest type with room for two more numbers."""
    return np.uint16 if max(a.max(initial=0), b.max(initial=0)) < np.iinfo(np.uint16).max - 1 else np.uint32


def _longest_block(
    a: NDArray[np.unsignedinteger[Any]], b: NDArray[np.unsignedinteger[Any]]
) -> tuple[Indices, Indices, Indices]:
    """Length of the first longest common block of each row, and where it ends on either side (one past its last)."""
    rows, size = a.shape
    # characters by rows, so that each step works on one piece of memory
    one, two = np.ascontiguousarray(a.T), np.ascontiguousarray(b.T)
    table = np.zeros((size, size + 1, rows), dtype=np.uint8)
    length, end_a = np.zeros(rows, dtype=np.uint8), np.zeros(rows, dtype=np.int64)
    for i in range(size):
        same = two == one[i]
        if i:
            np.add(table[i - 1, :-1], np.uint8(1), out=table[i, 1:])
            table[i, 1:] *= same
        else:
            table[i, 1:] = same
        longest = table[i, 1:].max(axis=0)
        end_a[longest > length] = i
        np.maximum(length, longest, out=length)
    end_b = table[end_a, :, np.arange(rows)].argmax(axis=1)
    return length.astype(np.int64), end_a + 1, end_b
