"""Names with names: how many bits two display names share, whatever the order of the words, and whether they clash."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from creatorgraph.resolution.comparison.near import NO_MATCH
from creatorgraph.resolution.comparison.word import INITIAL, word_likeness
from creatorgraph.resolution.feature.incidence import Indices
from creatorgraph.resolution.feature.lexicon import Lexicon
from creatorgraph.resolution.feature.name_table import NameTable

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


def compare_names(
    table: NameTable, word_bits: NDArray[np.float32], accord: NDArray[np.float32], left: Indices, right: Indices
) -> NameComparison:
    """Of pairs of profiles; `word_bits` per word, `accord` per name the bits by which its words come together more often than
    by chance."""
    bits = np.full(len(left), NO_MATCH)
    hits = np.zeros(len(left), dtype=np.int64)
    exact = np.zeros(len(left), dtype=bool)
    pair, one, two = _name_pairs(table, left, right)
    if len(pair):
        codes, inverse = np.unique(np.minimum(one, two) * len(table.names) + np.maximum(one, two), return_inverse=True)
        score, hit = _compare(table, word_bits, codes // len(table.names), codes % len(table.names))
        same = table.unordered[one] == table.unordered[two]
        # who shares two words of a name shares what goes with the first as well
        score -= np.where(hit >= 2, np.minimum(accord[codes // len(table.names)], accord[codes % len(table.names)]), 0)
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
    for begin in range(0, len(one), _STEP):
        rows = slice(begin, begin + _STEP)
        scores[rows], hits[rows] = _compare_step(
            table.names[one[rows]], table.names[two[rows]], table.lexicon, word_bits
        )
    return scores, hits


def _compare_step(
    x: NDArray[np.int32], y: NDArray[np.int32], lexicon: Lexicon, word_bits: NDArray[np.float32]
) -> tuple[NDArray[np.float64], Indices]:
    x, y = _trimmed(x), _trimmed(y)
    likeness = word_likeness(x, y, lexicon)
    bits_x = np.where(x >= 0, word_bits[np.maximum(x, 0)], 0.0)
    bits_y = np.where(y >= 0, word_bits[np.maximum(y, 0)], 0.0)
    free = y >= 0
    shared = np.zeros(len(x))
    unshared = bits_x.sum(axis=1) + bits_y.sum(axis=1)
    hits = np.zeros(len(x), dtype=np.int64)
    # each word of the one takes the word of the other that is most like it and still free
    for i in range(x.shape[1]):
        row = np.flatnonzero(x[:, i] >= 0)
        choice = np.where(free[row], likeness[row, i, :], 0)
        j = choice.argmax(axis=1)
        like = choice[np.arange(len(row)), j]
        taken = like > 0
        row, j, like = row[taken], j[taken], like[taken]
        common = np.minimum(bits_x[row, i], bits_y[row, j])
        # an initial says its letter and no more, but as surely as a whole word says itself
        shared[row] += np.where(like == INITIAL, common, like * common - np.where(like < 1, _PART_FEE, 0))
        unshared[row] -= bits_x[row, i] + bits_y[row, j]
        hits[row] += like >= _HIT
        free[row, j] = False
    return np.where(hits > 0, shared - 0.5 * unshared, NO_MATCH), hits


def _trimmed(names: NDArray[np.int32]) -> NDArray[np.int32]:
    """Without the columns that no name reaches; one column at least."""
    return names[:, : max(int((names >= 0).any(axis=0).sum()), 1)]
