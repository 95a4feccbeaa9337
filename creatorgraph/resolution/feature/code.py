"""Strings as padded matrices of character numbers, so that numpy can work on many of them at once."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MAX_LENGTH = 32
"""Characters of a key that are looked at; longer ones are cut (what is left of a key by then is rare enough)."""

_BASE = np.uint64(0x9E3779B97F4A7C15)  # odd: powers stay invertible modulo 2^64


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeMatrix:
    """`codes` (strings, MAX_LENGTH) uint16, 1-based numbers of the distinct characters, 0 behind the end."""

    codes: NDArray[np.uint16]
    lengths: NDArray[np.int64]
    alphabet: int

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


def encode(texts: Sequence[str]) -> tuple[CodeMatrix, dict[str, int]]:
    """The matrix of the texts, and the number of each character."""
    cut = [text[:MAX_LENGTH] for text in texts]
    lengths = np.fromiter(map(len, cut), dtype=np.int64, count=len(cut))
    points = np.frombuffer("".join(cut).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    characters, number = np.unique(points, return_inverse=True)
    codes = np.zeros((len(cut), MAX_LENGTH), dtype=np.uint16)
    row = np.repeat(np.arange(len(cut)), lengths)
    column = np.arange(len(points)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    codes[row, column] = np.minimum(number + 1, np.iinfo(np.uint16).max)
    known = {chr(int(point)): index + 1 for index, point in enumerate(characters)}
    return CodeMatrix(codes=codes, lengths=lengths, alphabet=len(characters) + 1), known
