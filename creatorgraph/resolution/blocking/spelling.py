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
from creatorgraph.resolution.blocking.ngram import LEAST_COSINE, NEAREST, known_weights
from creatorgraph.resolution.blocking.posting import Shown
from creatorgraph.resolution.feature.incidence import Indices
from creatorgraph.resolution.feature.key import key_table
from creatorgraph.resolution.feature.reference import text_hashes

UNIT = 1 << 14
"""A weight of 1. Products of two rows stay below 2^31."""
LEAST = int(LEAST_COSINE * UNIT * UNIT)
"""Likeness from which two spellings are near."""
_ROWS = 2_000
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
    weighed = known_weights(key_table(shown.sources, shown.names), shown.names, cap, shown.known)
    matrix = weighed.matrix.tocoo()
    weight = np.rint(matrix.data.astype(np.float64) * UNIT).astype(np.int32)
    kept = weight > 0
    row, column, weight = matrix.row[kept].astype(np.int64), matrix.col[kept], weight[kept]
    key = weighed.grams[column].view(np.int64)
    order = np.lexsort((key, row))
    return GramPostings(key=key[order], row=row[order], weight=weight[order])


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
