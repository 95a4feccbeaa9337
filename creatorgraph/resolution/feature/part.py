"""Parts of keys that many people use: name words, and affixes that many keys share, each with what it costs in bits."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from creatorgraph.resolution.feature.code import CodeMatrix, power
from creatorgraph.resolution.feature.incidence import Indices

_MAX_PART = 14
_AFFIX_LENGTHS = range(2, 11)
_MIN_AFFIX_COUNT = 4
_MIN_AFFIX_SHARE = 0.0015
_PART_FEE = 0.5  # bits for choosing a part at all, so that spelling by single letters is not undercut by noise
_SIEVE_BITS = 20
_SIEVE_SHIFT = np.uint64(64 - _SIEVE_BITS)

Hashes = NDArray[np.uint64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Known parts of one length: sorted hashes and their bits. `sieve` has a flag set for the first bits of each hash:
    nearly every string that is looked up is no part, and most are told from one by a flag."""

    length: int
    hashes: Hashes
    bits: NDArray[np.float64]
    sieve: NDArray[np.bool_]

    def found(self, begin: Hashes, end: Hashes) -> tuple[Indices, NDArray[np.float64]]:
        """Which strings have a part between the two prefixes whose hashes are given, and its bits."""
        part = end - begin * power(self.length)
        row = np.flatnonzero(self.sieve[part >> _SIEVE_SHIFT])
        part = part[row]
        at = np.minimum(np.searchsorted(self.hashes, part), len(self.hashes) - 1)
        known = self.hashes[at] == part
        return row[known], self.bits[at[known]]


def parts_of(matrix: CodeMatrix, keys: int, count: NDArray[np.float64], names: int) -> dict[int, Parts]:
    """The parts by their lengths: the first `keys` strings of the matrix are keys, the others name words.

    `count` is for each name word in how many of the `names` distinct names it stands.
    """
    least = max(_MIN_AFFIX_COUNT, _MIN_AFFIX_SHARE * keys)
    word_length = matrix.lengths[keys:]
    found: dict[int, Parts] = {}
    for length in range(2, _MAX_PART + 1):
        of_length = np.flatnonzero(word_length == length)
        hashes = [_hashes(matrix, keys + of_length, np.zeros(len(of_length), dtype=np.int64), length)]
        bits = [-np.log2(count[of_length] / (2.2 * names + 50))]
        if length in _AFFIX_LENGTHS:
            longer = np.flatnonzero(matrix.lengths[:keys] > length)
            heads = _hashes(matrix, longer, np.zeros(len(longer), dtype=np.int64), length)
            tails = _hashes(matrix, longer, matrix.lengths[longer] - length, length)
            affix, times = _counted(np.concatenate([heads, tails]))
            common = times >= least
            hashes.append(affix[common])
            bits.append(-np.log2(times[common] / (2 * max(keys, 1))))
        if parts := _parts(length, np.concatenate(hashes), np.concatenate(bits)):
            found[length] = parts
    return found


def _hashes(matrix: CodeMatrix, rows: Indices, begin: Indices, length: int) -> Hashes:
    """Of `length` characters of each string from where it is said on."""
    hashes = np.zeros(len(rows), dtype=np.uint64)
    for step in range(length):
        hashes = hashes * power(1) + matrix.codes[rows, begin + step]
    return hashes


def _counted(hashes: Hashes) -> tuple[Hashes, Indices]:
    hashes.sort()
    first = np.ones(len(hashes), dtype=bool)
    np.not_equal(hashes[1:], hashes[:-1], out=first[1:])
    begin = np.flatnonzero(first)
    return hashes[begin], np.diff(begin, append=len(hashes))


def _parts(length: int, hashes: Hashes, bits: NDArray[np.float64]) -> Parts | None:
    """The cheapest cost of each part, None where there is no part."""
    if not len(hashes):
        return None
    order = np.lexsort((bits, hashes))
    hashes, bits = hashes[order], bits[order]
    first = np.ones(len(order), dtype=bool)
    first[1:] = hashes[1:] != hashes[:-1]
    return part_table(length, hashes[first], np.maximum(bits[first], 1.0) + _PART_FEE)


def part_table(length: int, hashes: Hashes, bits: NDArray[np.float64]) -> Parts:
    """Parts from hashes that ascend."""
    sieve = np.zeros(1 << _SIEVE_BITS, dtype=bool)
    sieve[hashes >> _SIEVE_SHIFT] = True
    return Parts(length=length, hashes=hashes, bits=bits, sieve=sieve)
