"""Names with names: how many bits two display names share, whatever the order of the words, and whether they clash."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import JaroWinkler
from rapidfuzz.process import cpdist

from creatorgraph.resolution.comparison.near import NO_MATCH
from creatorgraph.resolution.feature.incidence import Indices
from creatorgraph.resolution.feature.name_table import NameTable
from creatorgraph.resolution.text.name import MAX_WORDS
from creatorgraph.resolution.text.nickname import are_forms
from creatorgraph.resolution.text.skeleton import skeleton

# How far two different words count as one: a short form, a beginning, a spelling mistake, an initial.
_NICKNAME, _PREFIX, _TYPO, _INITIAL = 0.8, 0.7, 0.7, 0.25
_MIN_PREFIX, _MIN_TYPO, _TYPO_SIMILARITY = 3, 4, 0.9
_PART_FEE = 1.5
_HIT = 0.7
_COMPATIBLE_BITS = 5.0
_STEP = 200_000


@dataclass(frozen=True, slots=True, kw_only=True)
class NameComparison:
    """Per pair of profiles: `bits` of the best two names (NO_MATCH: no word alike), `exact` the same words in any order,
    `compatible` whether they can be one name, `clash` two full names in one script that cannot, `apart` no word alike."""

    bits: NDArray[np.float64]
    exact: NDArray[np.bool_]
    compatible: NDArray[np.bool_]
    clash: NDArray[np.bool_]
    apart: NDArray[np.bool_]

    def subset(self, rows: Indices) -> "NameComparison":
        """The same for some of the pairs."""
        return NameComparison(
            bits=self.bits[rows],
            exact=self.exact[rows],
            compatible=self.compatible[rows],
            clash=self.clash[rows],
            apart=self.apart[rows],
        )


def compare_names(table: NameTable, word_bits: NDArray[np.float32], left: Indices, right: Indices) -> NameComparison:
    bits = np.full(len(left), NO_MATCH)
    hits = np.zeros(len(left), dtype=np.int64)
    exact = np.zeros(len(left), dtype=bool)
    pair, one, two = _name_pairs(table, left, right)
    if len(pair):
        codes, inverse = np.unique(np.minimum(one, two) * len(table.names) + np.maximum(one, two), return_inverse=True)
        score, hit = _compare(table, word_bits, codes // len(table.names), codes % len(table.names))
        same = table.unordered[one] == table.unordered[two]
        np.maximum.at(bits, pair, score[inverse])
        np.maximum.at(hits, pair, hit[inverse])
        exact[pair[same]] = True
    compatible = exact | (hits >= 2) | (bits > _COMPATIBLE_BITS)
    comparable = (table.full[left] & table.full[right]) & (table.latin_first[left] == table.latin_first[right])
    clash = comparable & ~compatible
    return NameComparison(bits=bits, exact=exact, compatible=compatible, clash=clash, apart=clash & (hits == 0))


def _name_pairs(table: NameTable, left: Indices, right: Indices) -> tuple[Indices, Indices, Indices]:
    owner, entry = table.entries.unfold(left)
    again, other = table.entries.unfold(right[owner])
    return owner[again], table.entries.values[entry[again]], table.entries.values[other]


def _compare(
    table: NameTable, word_bits: NDArray[np.float32], one: Indices, two: Indices
) -> tuple[NDArray[np.float64], Indices]:
    scores, hits = np.empty(len(one)), np.empty(len(one), dtype=np.int64)
    words = _Words(list(table.words), table.made_word)
    for begin in range(0, len(one), _STEP):
        rows = slice(begin, begin + _STEP)
        scores[rows], hits[rows] = _compare_step(table.names[one[rows]], table.names[two[rows]], words, word_bits)
    return scores, hits


def _compare_step(
    x: NDArray[np.int32], y: NDArray[np.int32], words: "_Words", word_bits: NDArray[np.float32]
) -> tuple[NDArray[np.float64], Indices]:
    likeness = _likeness(x, y, words)
    bits_x = np.where(x >= 0, word_bits[np.maximum(x, 0)], 0.0)
    bits_y = np.where(y >= 0, word_bits[np.maximum(y, 0)], 0.0)
    free = y >= 0
    shared = np.zeros(len(x))
    unshared = bits_x.sum(axis=1) + bits_y.sum(axis=1)
    hits = np.zeros(len(x), dtype=np.int64)
    row = np.arange(len(x))
    # each word of the one takes the word of the other that is most like it and still free
    for i in range(MAX_WORDS):
        choice = np.where(free, likeness[:, i, :], 0)
        j = choice.argmax(axis=1)
        like = choice[row, j]
        taken = like > 0
        common = np.minimum(bits_x[:, i], bits_y[row, j])
        # an initial says its letter and no more, but as surely as a whole word says itself
        said = np.where(like == _INITIAL, common, like * common - np.where(like < 1, _PART_FEE, 0))
        shared += np.where(taken, said, 0)
        unshared -= np.where(taken, bits_x[:, i] + bits_y[row, j], 0)
        hits += taken & (like >= _HIT)
        free[row[taken], j[taken]] = False
    return np.where(hits > 0, shared - 0.5 * unshared, NO_MATCH), hits


@dataclass(frozen=True, slots=True)
class _Words:
    texts: list[str]
    made: NDArray[np.bool_]


def _likeness(x: NDArray[np.int32], y: NDArray[np.int32], words: _Words) -> NDArray[np.float32]:
    """(pairs, MAX_WORDS, MAX_WORDS): how far each two words count as one."""
    a = np.broadcast_to(x[:, :, None], (len(x), MAX_WORDS, MAX_WORDS))
    b = np.broadcast_to(y[:, None, :], (len(y), MAX_WORDS, MAX_WORDS))
    both = (a >= 0) & (b >= 0)
    size = len(words.texts)
    codes = np.minimum(a[both], b[both]).astype(np.int64) * size + np.maximum(a[both], b[both])
    distinct, inverse = np.unique(codes, return_inverse=True)
    result = np.zeros(a.shape, dtype=np.float32)
    result[both] = _word_likeness(words, distinct // size, distinct % size)[inverse]
    return result


def _word_likeness(words: _Words, one: Indices, two: Indices) -> NDArray[np.float32]:
    left, right = [words.texts[i] for i in one], [words.texts[i] for i in two]
    similarity = cpdist(left, right, scorer=JaroWinkler.similarity, dtype=np.float32)
    likeness = np.fromiter(map(_like, left, right, similarity), dtype=np.float32, count=len(one))
    for index in np.flatnonzero((words.made[one] != words.made[two]) & (likeness < _TYPO)):
        made = bool(words.made[one[index]])
        bare = skeleton(left[index], made=made)
        if bare and bare == skeleton(right[index], made=not made):
            likeness[index] = _TYPO
    return likeness


def _like(a: str, b: str, similarity: float) -> float:
    if a == b:
        return 1.0
    shorter = min(len(a), len(b))
    if shorter == 1:
        return _INITIAL if a[0] == b[0] else 0.0
    if are_forms(a, b):
        return _NICKNAME
    if shorter >= _MIN_PREFIX and (a.startswith(b) or b.startswith(a)):
        return _PREFIX
    return _TYPO if shorter >= _MIN_TYPO and similarity >= _TYPO_SIMILARITY else 0.0
