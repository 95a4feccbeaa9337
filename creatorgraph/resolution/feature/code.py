"""Strings as padded matrices of character numbers, so that numpy can work on many of them at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

MAX_LENGTH = 32
"""Characters of a key that are looked at; longer ones are cut (what is left of a key by then is rare enough)."""

NEIGHBOURS = 64
NEIGHBOUR_BITS = np.append(np.uint64(1) << np.arange(NEIGHBOURS, dtype=np.uint64), np.uint64(0))
"""The bit of each number of two neighbours; none behind the end."""
_SPREAD = np.uint16(37)
_ROWS = 50_000
_NOTHING = np.zeros(0, dtype=np.int64)
_BASE = np.uint64(0x9E3779B97F4A7C15)  # odd: powers stay invertible modulo 2^64


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbours:
    """`numbers` (strings, MAX_LENGTH - 1): of each two characters side by side a number below NEIGHBOURS, which few others
    share, and NEIGHBOURS behind the end; `masks` has per string the bits of its numbers."""

    numbers: NDArray[np.uint8]
    masks: NDArray[np.uint64]


@dataclass(frozen=True, kw_only=True)
class CodeMatrix:
    """`codes` (strings, MAX_LENGTH) uint16, 1-based numbers of the distinct characters, 0 behind the end.

    No slots, for the cached property.
    """

    codes: NDArray[np.uint16]
    lengths: NDArray[np.int64]
    alphabet: int

    @cached_property
    def neighbours(self) -> Neighbours:
        """Of every string."""
        numbers = np.empty((len(self.codes), MAX_LENGTH - 1), dtype=np.uint8)
        masks = np.zeros(len(self.codes), dtype=np.uint64)
        for begin in range(0, len(self.codes), _ROWS):
            rows = slice(begin, begin + _ROWS)
            one, other = self.codes[rows, :-1], self.codes[rows, 1:]
            number = (one * _SPREAD + other) & np.uint16(NEIGHBOURS - 1)
            numbers[rows] = np.where(other > 0, number, NEIGHBOURS)
            masks[rows] = np.bitwise_or.reduce(NEIGHBOUR_BITS[numbers[rows]], axis=1)
        return Neighbours(numbers=numbers, masks=masks)

    def prefix_hashes(self, rows: slice) -> NDArray[np.uint64]:
        """Rolling hashes (rows, MAX_LENGTH + 1): column j covers the first j characters."""
        codes = self.codes[rows]
        hashes = np.zeros((len(codes), MAX_LENGTH + 1), dtype=np.uint64)
        for j in range(MAX_LENGTH):
            hashes[:, j + 1] = hashes[:, j] * _BASE + codes[:, j]
        return hashes


def power(length: int) -> np.uint64:
    """The factor that moves a prefix hash `length` characters on."""
    return np.uint64(pow(int(_BASE), length, 1 << 64))


def encode(
    texts: Sequence[str] | pa.StringArray, known: NDArray[np.int64] | None = None
) -> tuple[CodeMatrix, NDArray[np.int64]]:
    """The matrix of the texts, and the code points of the characters by their numbers (the first has 1).

    `known` code points keep their numbers, others follow after a gap of one: `alphabet` is of the known ones alone.
    """
    array = texts if isinstance(texts, pa.StringArray) else pa.array(texts, pa.string())
    cut = pc.utf8_slice_codeunits(array, 0, MAX_LENGTH)
    lengths: NDArray[np.int64] = pc.utf8_length(cut).to_numpy(zero_copy_only=False).astype(np.int64)
    whole = pc.binary_join(pa.ListArray.from_arrays(pa.array([0, len(cut)], pa.int32()), cut), "")[0].as_py()
    points = np.frombuffer(whole.encode("utf-32-le"), dtype=np.uint32)
    first = known if known is not None else _NOTHING
    seen = np.zeros(int(max(points.max(initial=0), first.max(initial=0))) + 1, dtype=bool)
    seen[points] = True
    seen[first] = False
    others = np.flatnonzero(seen)
    characters = np.concatenate([first, others])
    alphabet = (len(others) if known is None else len(first)) + 1
    number = np.zeros(len(seen), dtype=np.uint16)
    numbers = np.arange(1, len(characters) + 1)
    # the number of the alphabet's size stands for the edge of a text
    numbers[alphabet - 1 :] += 1
    number[characters] = np.minimum(numbers, np.iinfo(np.uint16).max)
    codes = np.zeros((len(cut), MAX_LENGTH), dtype=np.uint16)
    codes[np.arange(MAX_LENGTH) < lengths[:, None]] = number[points]
    return CodeMatrix(codes=codes, lengths=lengths, alphabet=alphabet), characters
