"""How surprising each character of a key is after the two before it, with back-off to one and none before it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from creatorgraph.resolution.feature.code import CodeMatrix
from creatorgraph.resolution.feature.incidence import Indices, counted

Counts = NDArray[np.float64]
_ROWS = 50_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """Distinct codes, ascending, and how often each was seen."""

    codes: Indices
    times: Counts

    def of(self, codes: Indices) -> Counts:
        """How often the codes were seen."""
        if not len(self.codes):
            return np.zeros(codes.shape)
        at = np.minimum(np.searchsorted(self.codes, codes), len(self.codes) - 1)
        return np.where(self.codes[at] == codes, self.times[at], 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigrams:
    """Counts of characters `one`, of characters and the next `two`, of two and the next `three`, and of what came before."""

    alphabet: int
    total: int
    one: Seen
    two: Seen
    three: Seen
    before_two: Seen
    before_three: Seen

    def bits(self, codes: NDArray[np.uint16]) -> NDArray[np.float32]:
        """-log2 P(character | two before it) of each character, 0 behind the end; (strings, MAX_LENGTH)."""
        used = codes > 0
        # characters that were not learned from count as an edge does: seen nowhere inside a key
        a, b, c = _neighbours(np.minimum(codes, self.alphabet), used, self.alphabet)
        base = self.alphabet + 1
        one = (self.one.of(c) + 0.5) / (self.total + 0.5 * self.alphabet + 50)
        two = (self.two.of(b * base + c) + 5 * one) / (self.before_two.of(b) + 5)
        pair = a * base + b
        three = (self.three.of(pair * base + c) + 8 * two) / (self.before_three.of(pair) + 8)
        bits = np.zeros(codes.shape, dtype=np.float32)
        bits[used] = -np.log2(three)
        return bits


def trigrams_of(matrix: CodeMatrix, keys: int) -> Trigrams:
    """Learned from the first `keys` strings of the matrix."""
    base = matrix.alphabet + 1
    triples = []
    for begin in range(0, keys, _ROWS):
        codes = matrix.codes[begin : min(begin + _ROWS, keys)]
        a, b, c = _neighbours(codes, codes > 0, matrix.alphabet)
        triples.append(counted((a * base + b) * base + c))
    three = _summed(triples)
    two, before_three = _folded(three, three.codes % base**2), _folded(three, three.codes // base)
    return Trigrams(
        alphabet=matrix.alphabet,
        total=int(three.times.sum()),
        one=_folded(two, two.codes % base),
        two=two,
        three=three,
        before_two=_folded(two, two.codes // base),
        before_three=before_three,
    )


def _neighbours(codes: NDArray[np.uint16], used: NDArray[np.bool_], edge: int) -> tuple[Indices, Indices, Indices]:
    """The character two before, the one before, and each character itself, `edge` standing before the first."""
    c = codes.astype(np.int64)
    first = np.full((len(c), 1), edge)
    b = np.concatenate([first, c[:, :-1]], axis=1)
    a = np.concatenate([first, b[:, :-1]], axis=1)
    return a[used], b[used], c[used]


def _summed(parts: list[tuple[Indices, Indices]]) -> Seen:
    if not parts:
        return Seen(codes=np.zeros(0, dtype=np.int64), times=np.zeros(0))
    codes, times = (np.concatenate(column) for column in zip(*parts, strict=True))
    return _folded(Seen(codes=codes, times=times.astype(np.float64)), codes)


def _folded(seen: Seen, codes: Indices) -> Seen:
    """The counts under other codes, those of one code added up."""
    order = np.argsort(codes, kind="stable")
    codes = codes[order]
    begin = np.flatnonzero(np.diff(codes, prepend=-1))
    times = np.add.reduceat(seen.times[order], begin) if len(begin) else np.zeros(0)
    return Seen(codes=codes[begin], times=times)
