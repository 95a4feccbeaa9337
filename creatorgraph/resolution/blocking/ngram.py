"""Profiles whose usernames and names are spelled alike: nearest by rare character n-grams."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from scipy import sparse

from creatorgraph.resolution.blocking.block import RulePairs, pair_codes, pairs_of_codes, union
from creatorgraph.resolution.feature.code import MAX_LENGTH, encode, power
from creatorgraph.resolution.feature.column import distinct, joined
from creatorgraph.resolution.feature.incidence import Indices, counted
from creatorgraph.resolution.feature.key import FIRST_DERIVED
from creatorgraph.resolution.feature.population import Population
from creatorgraph.resolution.feature.reference import Counts, Hashes, counts_of

NEAREST = 15
_LENGTHS = (3, 4)
_LEAST_COSINE = 0.2
_COMMON_SHARE = 0.03
_MIN_COMMON = 20
_ROWS = 2_000

Documents = tuple[Sequence[str] | pa.StringArray, Indices, Indices]
"""Distinct words, then the document and the word of each entry."""


def similar_spelling(population: Population, cap: int, threads: int = 1, known: Counts | None = None) -> RulePairs:
    """For each profile the NEAREST others by cosine of n-gram weights; an n-gram that more than `cap` share is left out."""
    characters = population.rarity.spelling.characters
    return nearest_spelling("ngram", _documents(population), population.size, cap, threads, characters, known)


def nearest_spelling(
    rule: str,
    documents: Documents,
    size: int,
    cap: int,
    threads: int = 1,
    characters: Indices | None = None,
    known: Counts | None = None,
) -> RulePairs:
    """The same for any documents; the number of threads changes nothing but the time.

    `known` counts of n-grams over the numbered `characters` weigh the n-grams in place of these documents' own.
    """
    grams = _gram_table(documents, size, characters)
    counts = known or _several(grams, size)
    seen = grams.frequency
    before = counts.of(grams.hashes)
    # an n-gram that was new, or one document's, is as common as it is now, and never more than blocks bear
    frequency = np.where((before >= 2) & (seen <= max(cap, _MIN_COMMON)), before, seen)
    common = int(np.clip(_COMMON_SHARE * counts.total, _MIN_COMMON, max(cap, _MIN_COMMON)))
    matrix = _weights(grams, frequency, counts.total, common)
    other = matrix.T.tocsr()
    with ThreadPoolExecutor(threads) as pool:
        found = list(pool.map(partial(_nearest, matrix, other), range(0, size, _ROWS)))
    return replace(pairs_of_codes(rule, union(found)), counts=counts)


def _nearest(matrix: sparse.csr_matrix, other: sparse.csr_matrix, begin: int) -> Indices:
    """Codes of the pairs of some rows with the NEAREST of all."""
    near = matrix[begin : begin + _ROWS] @ other
    close = np.flatnonzero(near.data >= _LEAST_COSINE)
    row = np.searchsorted(near.indptr, close, side="right") - 1 + begin
    column = near.indices[close].astype(np.int64)
    value = np.round(near.data[close], 6)
    # within a row the nearest first, of equals the smaller number
    order = np.lexsort((column, -value, row))
    row, column = row[order], column[order]
    foreign = row != column
    row, column = row[foreign], column[foreign]
    best = np.arange(len(row)) - np.searchsorted(row, row, side="left") < NEAREST
    return pair_codes(row[best], column[best], matrix.shape[0])


def _documents(population: Population) -> Documents:
    """Shown keys without digits, and name words."""
    keys = population.keys
    spelled = pc.replace_substring_regex(keys.texts, r"\p{Nd}+", "")
    bare = pc.if_else(pc.equal(spelled, ""), keys.texts, spelled)
    texts = distinct(joined([bare, pa.array(population.names.words, pa.string())]))
    of_key, of_word = texts.number[: len(bare)], texts.number[len(bare) :]
    shown = keys.kinds < FIRST_DERIVED
    profiles, words = [keys.entries.row_of_entry[shown]], [of_key[keys.entries.values[shown]]]
    names = population.names
    row = names.entries.row_of_entry
    for column in range(names.names.shape[1]):
        word = names.names[names.entries.values, column]
        profiles.append(row[word >= 0])
        words.append(of_word[word[word >= 0]])
    return texts.texts, np.concatenate(profiles), np.concatenate(words)


def gram_weights(documents: Documents, size: int, common: int) -> sparse.csr_matrix:
    """(size, n-grams), rows of length 1: the more often in a document and the rarer, the heavier.

    N-grams of one document alone, and of more than `common`, are left out.
    """
    grams = _gram_table(documents, size)
    return _weights(grams, grams.frequency, size, common)


@dataclass(frozen=True, slots=True, kw_only=True)
class _GramTable:
    """How often each document has each n-gram, and the hashes of the n-grams, which ascend."""

    counts: sparse.csr_matrix
    hashes: Hashes

    @property
    def frequency(self) -> Indices:
        """How many documents have each n-gram."""
        return np.bincount(self.counts.indices, minlength=len(self.hashes)).astype(np.int64)


def _several(grams: _GramTable, size: int) -> Counts:
    """The counts of the n-grams that more than one document has."""
    seen = grams.frequency
    return counts_of(grams.hashes[seen >= 2], seen[seen >= 2], size)


def _gram_table(documents: Documents, size: int, characters: Indices | None = None) -> _GramTable:
    texts, profiles, words = documents
    word, gram, hashes = _grams(texts, characters)
    pairs, _ = counted(profiles * max(len(texts), 1) + words)
    has = sparse.csr_matrix(
        (np.ones(len(pairs), dtype=np.float32), (pairs // max(len(texts), 1), pairs % max(len(texts), 1))),
        shape=(size, len(texts)),
    )
    spelled = sparse.csr_matrix((np.ones(len(word), dtype=np.float32), (word, gram)), shape=(len(texts), len(hashes)))
    return _GramTable(counts=(has @ spelled).tocsr(), hashes=hashes)


def _weights(grams: _GramTable, frequency: Indices, size: int, common: int) -> sparse.csr_matrix:
    useful = np.flatnonzero((frequency >= 2) & (frequency <= common))
    counts = grams.counts[:, useful].tocsr()
    counts.data = (1 + np.log(counts.data)).astype(np.float32)
    rarity: NDArray[np.float32] = (np.log((1 + size) / (1 + frequency[useful])) + 1).astype(np.float32)
    weighted = (counts @ sparse.diags(rarity)).tocsr()
    norm = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel())
    scaled: sparse.csr_matrix = (sparse.diags((1 / np.maximum(norm, 1e-9)).astype(np.float32)) @ weighted).tocsr()
    return scaled


def _grams(texts: Sequence[str] | pa.StringArray, characters: Indices | None) -> tuple[Indices, Indices, Hashes]:
    """(word, n-gram number) for every n-gram of each word with its two edges, and the n-grams' hashes by their numbers."""
    written = texts if isinstance(texts, pa.StringArray) else pa.array(texts, pa.string())
    cut = pc.binary_join_element_wise("", pc.utf8_slice_codeunits(written, 0, MAX_LENGTH - 2), "", " ")
    matrix, _ = encode(cut, characters)
    word: list[Indices] = []
    hashed: list[NDArray[np.uint64]] = []
    hashes = matrix.prefix_hashes(slice(0, len(texts)))
    for length in _LENGTHS:
        for begin in range(MAX_LENGTH - length + 1):
            rows = np.flatnonzero(matrix.lengths >= begin + length)
            if not len(rows):
                break
            word.append(rows)
            hashed.append(hashes[rows, begin + length] - hashes[rows, begin] * power(length))
    if not word:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.uint64)
    every = np.concatenate(hashed)
    ordered = np.sort(every)
    grams = ordered[np.flatnonzero(np.diff(ordered, prepend=ordered[0] + np.uint64(1)))]
    return np.concatenate(word), np.searchsorted(grams, every).astype(np.int64), grams
