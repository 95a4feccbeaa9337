"""Spellings alike under a model that is used again: weights that no other profile can change, in whole numbers.

Whole numbers add up to the same whatever the order, in numpy as in a database, so a likeness is the same wherever it is
computed. Who is near to whom is a list for each profile, of the NEAREST others; two make a pair where the one stands on the
list of the other. Of equals the one whose id has the larger hash stands first, whoever came first: a rank is one number.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy import sparse

from creatorgraph.resolution.blocking.block import pair_codes
from creatorgraph.resolution.blocking.ngram import LEAST_COSINE, NEAREST, WordGrams, documents_of, known_grams
from creatorgraph.resolution.blocking.posting import Shown
from creatorgraph.resolution.feature.incidence import Incidence, Indices, counted, steps
from creatorgraph.resolution.feature.key import key_table
from creatorgraph.resolution.feature.reference import text_hashes

UNIT = 1 << 14
"""A weight of 1. Products of two rows stay below 2^31."""
LEAST = int(LEAST_COSINE * UNIT * UNIT)
"""Likeness from which two spellings are near."""
_ROWS = 2_000
_STEP = 4_000_000
"""N-grams of words that are looked at a time; bounds the memory of many profiles."""
_TIE_BITS = 32
"""Of a rank; the likeness stands above them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GramPostings:
    """One entry per (n-gram, row), by row: `key` is the n-gram's hash, `weight` its share of the row in UNITs."""

    key: NDArray[np.int64]
    row: Indices
    weight: NDArray[np.int32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """The list of each row: `other` rows, the nearest first; `rank` is what `ranks` makes of the likeness."""

    row: Indices
    other: Indices
    rank: Indices

    def codes(self, size: int) -> Indices:
        """The pairs as codes `left * size + right`."""
        return pair_codes(self.row, self.other, size)


def gram_postings(shown: Shown, cap: int) -> GramPostings:
    """Of every row, by the model's counts of n-grams; an n-gram that more than `cap` of its profiles had is left out."""
    texts, profiles, words = documents_of(key_table(shown.sources, shown.names), shown.names)
    grams = known_grams(texts, cap, shown.known)
    starts = np.searchsorted(grams.word, np.arange(len(texts) + 1))
    # an n-gram that begins twice in a word stands there twice
    of_word = Incidence(starts=starts, values=grams.gram, width=max(len(grams.hashes), 1))
    profile, word = np.divmod(counted(profiles * max(len(texts), 1) + words)[0], max(len(texts), 1))
    first = np.searchsorted(profile, np.arange(shown.table.num_rows + 1))
    ends = np.concatenate([[0], np.cumsum(of_word.degree[word])])
    found = [
        _weighed(grams, of_word, profile[first[begin] : first[end]], word[first[begin] : first[end]])
        for begin, end in steps(np.diff(ends[first]), _STEP)
    ]
    none = np.zeros(0, dtype=np.int64)
    row, gram, weight = (
        (np.concatenate([none, *column]) for column in zip(*found, strict=True)) if found else [none] * 3
    )
    return GramPostings(key=grams.hashes[gram], row=row, weight=weight.astype(np.int32))


def _weighed(grams: WordGrams, of_word: Incidence, profile: Indices, word: Indices) -> tuple[Indices, Indices, Indices]:
    """(row, n-gram, weight) of whole profiles, ascending, from their words."""
    owner, entry = of_word.unfold(word)
    codes, times = counted(profile[owner] * of_word.width + of_word.values[entry])
    row, gram = np.divmod(codes, of_word.width)
    weight = (1 + np.log(times.astype(np.float32))) * grams.rarity[gram]
    # added up in the order of the n-grams, so that nobody else's change what comes out
    _, size = counted(row)
    length = np.sqrt(np.add.reduceat(weight.astype(np.float64) ** 2, np.cumsum(size) - size)).astype(np.float32)
    share = weight * np.repeat(1 / length, size)
    whole = np.rint(share.astype(np.float64) * UNIT).astype(np.int64)
    kept = whole > 0
    return row[kept], gram[kept], whole[kept]


def ties_of(profile_ids: pa.StringArray) -> Indices:
    """What orders equals, of each profile."""
    return (text_hashes(profile_ids) >> np.uint64(64 - _TIE_BITS)).astype(np.int64)


def ranks(likeness: Indices, tie: Indices) -> Indices:
    """Numbers that order others by likeness (UNITs squared, at most 2^28), then by their `tie`."""
    return (likeness << _TIE_BITS) | tie


def nearest_spellings(postings: GramPostings, profile_ids: pa.StringArray) -> Likeness:
    """The lists of all rows, from all postings."""
    size, tie = len(profile_ids), ties_of(profile_ids)
    grams, number = np.unique(postings.key, return_inverse=True)
    matrix = sparse.csr_matrix(
        (postings.weight, (postings.row, number.reshape(-1))), shape=(size, max(len(grams), 1)), dtype=np.int32
    )
    turned = matrix.T.tocsr()
    parts = [_nearest(matrix[begin : begin + _ROWS] @ turned, begin, tie) for begin in range(0, size, _ROWS)]
    none = np.zeros(0, dtype=np.int64)
    row, other, rank = (np.concatenate([none, *column]) for column in zip(*parts, strict=True)) if parts else [none] * 3
    return Likeness(row=row, other=other, rank=rank)


def _nearest(near: sparse.csr_matrix, begin: int, tie: Indices) -> tuple[Indices, Indices, Indices]:
    close = np.flatnonzero(near.data >= LEAST)
    row = np.searchsorted(near.indptr, close, side="right") - 1 + begin
    other = near.indices[close].astype(np.int64)
    return listed(row.astype(np.int64), other, ranks(near.data[close].astype(np.int64), tie[other]))


def listed(row: Indices, other: Indices, rank: Indices) -> tuple[Indices, Indices, Indices]:
    """Of (row, other, rank) in any order those that stand on the rows' lists, in the order of the lists."""
    foreign = row != other
    row, other, rank = row[foreign], other[foreign], rank[foreign]
    order = np.lexsort((other, -rank, row))
    row, other, rank = row[order], other[order], rank[order]
    best = np.arange(len(row)) - np.searchsorted(row, row, side="left") < NEAREST
    return row[best], other[best], rank[best]
