"""Profiles whose usernames and names are spelled alike: nearest by rare character n-grams."""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from creatorgraph.resolution.blocking.block import RulePairs, pair_codes, pairs_of_codes
from creatorgraph.resolution.feature.code import MAX_LENGTH, encode, power
from creatorgraph.resolution.feature.incidence import Indices
from creatorgraph.resolution.feature.key import FIRST_DERIVED
from creatorgraph.resolution.feature.population import Population

NEAREST = 15
_LENGTHS = (3, 4)
_LEAST_COSINE = 0.2
_COMMON_SHARE = 0.03
_MIN_COMMON = 20
_ROWS = 2_000
_DIGITS = re.compile(r"\d+")

Documents = tuple[Sequence[str], Indices, Indices]
"""Distinct words, then the document and the word of each entry."""


def similar_spelling(population: Population, cap: int) -> RulePairs:
    """For each profile the NEAREST others by cosine of n-gram weights; an n-gram that more than `cap` share is left out."""
    return nearest_spelling("ngram", _documents(population), population.size, cap)


def nearest_spelling(rule: str, documents: Documents, size: int, cap: int) -> RulePairs:
    """The same for any documents."""
    common = int(np.clip(_COMMON_SHARE * size, _MIN_COMMON, max(cap, _MIN_COMMON)))
    matrix = gram_weights(documents, size, common)
    found: list[Indices] = []
    other = matrix.T.tocsr()
    for begin in range(0, size, _ROWS):
        near = (matrix[begin : begin + _ROWS] @ other).tocoo()
        row, column, value = near.row.astype(np.int64) + begin, near.col.astype(np.int64), near.data
        keep = (value >= _LEAST_COSINE) & (row != column)
        row, column, value = row[keep], column[keep], np.round(value[keep], 6)
        order = np.lexsort((column, -value, row))
        row, column = row[order], column[order]
        rank = np.arange(len(row)) - np.searchsorted(row, row, side="left")
        best = rank < NEAREST
        found.append(pair_codes(row[best], column[best], size))
    return pairs_of_codes(rule, np.unique(np.concatenate(found)) if found else np.zeros(0, dtype=np.int64))


def _documents(population: Population) -> Documents:
    """Shown keys without digits, and name words."""
    keys = population.keys
    number: dict[str, int] = {}
    of_key = np.array([number.setdefault(_DIGITS.sub("", t) or t, len(number)) for t in keys.texts], dtype=np.int64)
    of_word = np.array([number.setdefault(word, len(number)) for word in population.names.words], dtype=np.int64)
    shown = keys.kinds < FIRST_DERIVED
    profiles, words = [keys.entries.row_of_entry[shown]], [of_key[keys.entries.values[shown]]]
    names = population.names
    row = names.entries.row_of_entry
    for column in range(names.names.shape[1]):
        word = names.names[names.entries.values, column]
        profiles.append(row[word >= 0])
        words.append(of_word[word[word >= 0]])
    return list(number), np.concatenate(profiles), np.concatenate(words)


def gram_weights(documents: Documents, size: int, common: int) -> sparse.csr_matrix:
    """(size, n-grams), rows of length 1: the more often in a document and the rarer, the heavier.

    N-grams of one document alone, and of more than `common`, are left out.
    """
    texts, profiles, words = documents
    word, gram, grams = _grams(texts)
    pairs = np.unique(profiles * max(len(texts), 1) + words)
    has = sparse.csr_matrix(
        (np.ones(len(pairs), dtype=np.float32), (pairs // max(len(texts), 1), pairs % max(len(texts), 1))),
        shape=(size, len(texts)),
    )
    spelled = sparse.csr_matrix((np.ones(len(word), dtype=np.float32), (word, gram)), shape=(len(texts), grams))
    counts = (has @ spelled).tocsr()
    frequency = np.bincount(counts.indices, minlength=grams)
    useful = np.flatnonzero((frequency >= 2) & (frequency <= common))
    counts = counts[:, useful].tocsr()
    counts.data = (1 + np.log(counts.data)).astype(np.float32)
    rarity: NDArray[np.float32] = (np.log((1 + size) / (1 + frequency[useful])) + 1).astype(np.float32)
    weighted = (counts @ sparse.diags(rarity)).tocsr()
    norm = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel())
    scaled: sparse.csr_matrix = (sparse.diags((1 / np.maximum(norm, 1e-9)).astype(np.float32)) @ weighted).tocsr()
    return scaled


def _grams(texts: Sequence[str]) -> tuple[Indices, Indices, int]:
    """(word, n-gram number) for every n-gram of each word with its two edges, and how many n-grams there are."""
    matrix, _ = encode([f" {text[: MAX_LENGTH - 2]} " for text in texts])
    hashes = matrix.prefix_hashes(slice(0, len(texts)))
    word: list[Indices] = []
    hashed: list[NDArray[np.uint64]] = []
    for length in _LENGTHS:
        for begin in range(MAX_LENGTH - length + 1):
            rows = np.flatnonzero(matrix.lengths >= begin + length)
            if not len(rows):
                break
            word.append(rows)
            hashed.append(hashes[rows, begin + length] - hashes[rows, begin] * power(length))
    if not word:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), 0
    distinct, gram = np.unique(np.concatenate(hashed), return_inverse=True)
    return np.concatenate(word), gram.astype(np.int64), len(distinct)
