"""Which words of names go together: people who share a language share given names and family names at once.

If the words of a name were independent, a name of two common Tamil words would be as rare as one of a Tamil and a Finnish
word, and two strangers of the first would pass for one person. So names are taken as a mixture of latent classes, in each of
which words are independent (Lazarsfeld and Henry, Latent Structure Analysis, 1968), fitted by expectation and maximisation
to the names of the data itself, with the temperature lowered step by step against poor local optima (Ueda and Nakano,
Deterministic Annealing EM, Neural Networks 11, 1998). Nothing is known of any language beforehand.
"""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy.sparse import csr_array

from creatorgraph.resolution.feature.name_table import NameTable
from creatorgraph.resolution.feature.rarity import WORDS_OF_A_NAME
from creatorgraph.resolution.feature.reference import Hashes, Naming, text_hashes

Shares = NDArray[np.float32]

_NAMES_PER_CLASS = 2_000
_MOST_CLASSES = 24
_MOST_FITTED = 100_000
"""Names that classes are sought in; the others are only assigned to them."""
_ROUNDS = 60
_COLD_FROM = 42
_WARM = 0.7
_NEUTRAL = 3.0
"""A word counts in each class as though it had been seen so often beside names of all classes alike."""
_ROWS = 50_000
_SALT = np.uint64(0x9E3779B97F4A7C15)  # odd


def naming_of(names: NameTable) -> Naming:
    """The classes of these names; the same names in any order give the same up to rounding."""
    words = text_hashes(pa.array(names.words, pa.string()))
    several = int((names.lengths > 1).sum())
    classes = int(np.clip(several // _NAMES_PER_CLASS, 1, _MOST_CLASSES))
    every = _table(names.names, len(words))
    if classes == 1:
        share, lift = np.ones(1), np.zeros((len(words), 1), dtype=np.float32)
    else:
        fitted = np.sort(np.argsort(text_hashes(names.texts), kind="stable")[:_MOST_FITTED])
        share, lift = _fit(every[fitted], _start(words, classes))
        share, lift = _maximise(every, share, lift)
    order = np.argsort(words, kind="stable")
    return Naming(hashes=words[order], lift=lift[order].astype(np.float16), shares=share.astype(np.float64))


def accord_bits(names: NameTable, naming: Naming) -> NDArray[np.float32]:
    """Per name the bits by which its words come together more often than by chance; 0 at least.

    A word is as rare as it is among the words of all names, of which a name has WORDS_OF_A_NAME to choose from; a name of more
    than two words has its own place for each, so that every further one has that much too many bits.
    """
    lift = np.zeros((len(names.words), len(naming.shares)), dtype=np.float32)
    if len(naming.hashes):
        wanted = text_hashes(pa.array(names.words, pa.string()))
        at = np.minimum(np.searchsorted(naming.hashes, wanted), len(naming.hashes) - 1)
        known = naming.hashes[at] == wanted
        lift[known] = naming.lift[at[known]]
    table = _table(names.names, len(names.words))
    bits = np.zeros(len(names.names), dtype=np.float32)
    for rows in _steps(len(bits)):
        score = _score(table[rows], naming.shares, lift)
        most = score.max(axis=1)
        bits[rows] = most + np.log2(np.exp2(score - most[:, None]).sum(axis=1))
    # a name of two languages is rarer than its words say; that is left as it is, on the safe side
    further = np.maximum(names.lengths - 2, 0).astype(np.float32)
    accord: NDArray[np.float32] = np.maximum(bits, np.float32(0)) + further * np.float32(np.log2(WORDS_OF_A_NAME))
    return accord


def _table(names: NDArray[np.int32], words: int) -> csr_array:
    """Names by words."""
    row, place = np.nonzero(names >= 0)
    ones = np.ones(len(row), dtype=np.float32)
    return csr_array((ones, (row, names[row, place])), shape=(len(names), max(words, 1)))


def _start(words: Hashes, classes: int) -> Shares:
    """A slight lean of every word, by its hash, so that it does not matter who else is there."""
    with np.errstate(over="ignore"):
        mixed = words[:, None] * (_SALT * (2 * np.arange(classes, dtype=np.uint64) + np.uint64(1)))[None, :]
    mixed ^= mixed >> np.uint64(31)
    # 24 bits of each, as -1/4 to 1/4
    lean = (mixed >> np.uint64(40)).astype(np.float32) / np.float32(2**25)
    return lean - np.float32(0.25)


def _fit(names: csr_array, lift: Shares) -> tuple[NDArray[np.float64], Shares]:
    share = np.full(lift.shape[1], 1 / lift.shape[1])
    for round_ in range(_ROUNDS):
        cold = min(1.0, _WARM + (1 - _WARM) * round_ / _COLD_FROM)
        share, lift = _maximise(names, share, lift, cold)
    return share, lift


def _maximise(
    names: csr_array, share: NDArray[np.float64], lift: Shares, cold: float = 1.0
) -> tuple[NDArray[np.float64], Shares]:
    """The next shares and lifts, from the classes that each name belongs to by the last ones."""
    count = np.zeros(lift.shape, dtype=np.float64)
    for rows in _steps(names.shape[0]):
        part = names[rows]
        score = cold * _score(part, share, lift)
        score -= score.max(axis=1, keepdims=True)
        belongs = np.exp2(score)
        belongs /= belongs.sum(axis=1, keepdims=True)
        count += part.T @ belongs
    share = count.sum(axis=0) / max(count.sum(), 1.0)
    seen = count.sum(axis=1, keepdims=True)
    likelier = (count / np.maximum(share, 1e-9) + _NEUTRAL) / (seen + _NEUTRAL)
    return share, np.log2(likelier).astype(np.float32)


def _score(names: csr_array, share: NDArray[np.float64], lift: Shares) -> Shares:
    """(names, classes): log2 of a class's share, plus what the words say for it."""
    score: Shares = names @ lift + np.log2(np.maximum(share, 1e-9)).astype(np.float32)
    return score


def _steps(size: int) -> list[slice]:
    return [slice(begin, begin + _ROWS) for begin in range(0, size, _ROWS)]
