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
from creatorgraph.resolution.feature.code import MAX_LENGTH, CodeMatrix, encode, power
from creatorgraph.resolution.feature.column import distinct, joined
from creatorgraph.resolution.feature.incidence import Indices, counted
from creatorgraph.resolution.feature.key import FIRST_DERIVED, KeyTable
from creatorgraph.resolution.feature.name_table import NameTable
from creatorgraph.resolution.feature.population import Population
from creatorgraph.resolution.feature.reference import Counts, Hashes, Reference, counts_of

NEAREST = 15
_SHORTEST, _ALWAYS, _LONGEST = 3, 4, 8
"""Characters of an n-gram: from the shortest on, those up to _ALWAYS in any case, longer ones where they have to be."""
LEAST_COSINE = 0.2
_COMMON_SHARE = 0.03
_MIN_COMMON = 20
_ROWS = 2_000

Documents = tuple[Sequence[str] | pa.StringArray, Indices, Indices]
"""Distinct words, then the document and the word of each entry."""


def similar_spelling(population: Population, cap: int, threads: int = 1, known: Counts | None = None) -> RulePairs:
    """For each profile the NEAREST others by cosine of n-gram weights; an n-gram that more than `cap` share is left out."""
    characters = population.rarity.spelling.characters
    return nearest_spelling(
        "ngram", documents_of(population.keys, population.names), population.size, cap, threads, characters, known
    )


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
    weighed = _weighed(documents, size, cap, characters, known)
    matrix, counts = weighed.matrix, weighed.counts
    other = matrix.T.tocsr()
    with ThreadPoolExecutor(threads) as pool:
        found = list(pool.map(partial(_nearest, matrix, other), range(0, size, _ROWS)))
    return replace(pairs_of_codes(rule, union(found)), counts=counts)


def _nearest(matrix: sparse.csr_matrix, other: sparse.csr_matrix, begin: int) -> Indices:
    """Codes of the pairs of some rows with the NEAREST of all."""
    near = matrix[begin : begin + _ROWS] @ other
    close = np.flatnonzero(near.data >= LEAST_COSINE)
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


def documents_of(keys: KeyTable, names: NameTable) -> Documents:
    """Shown keys without digits, and name words."""
    spelled = pc.replace_substring_regex(keys.texts, r"\p{Nd}+", "")
    bare = pc.if_else(pc.equal(spelled, ""), keys.texts, spelled)
    texts = distinct(joined([bare, pa.array(names.words, pa.string())]))
    of_key, of_word = texts.number[: len(bare)], texts.number[len(bare) :]
    shown = keys.kinds < FIRST_DERIVED
    profiles, words = [keys.entries.row_of_entry[shown]], [of_key[keys.entries.values[shown]]]
    row = names.entries.row_of_entry
    for column in range(names.names.shape[1]):
        word = names.names[names.entries.values, column]
        profiles.append(row[word >= 0])
        words.append(of_word[word[word >= 0]])
    return texts.texts, np.concatenate(profiles), np.concatenate(words)


def gram_weights(documents: Documents, size: int) -> sparse.csr_matrix:
    """(size, n-grams), rows of length 1: the more often in a document and the rarer, the heavier.

    N-grams of one document alone are left out.
    """
    return _weighed(documents, size, None, None, None).matrix


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """`matrix` (documents, n-grams), rows of length 1; `counts` how common the n-grams are by which they were weighed."""

    matrix: sparse.csr_matrix
    counts: Counts


@dataclass(frozen=True, slots=True, kw_only=True)
class WordGrams:
    """The useful n-grams of distinct words, one entry per place where one begins: `gram[i]` of `hashes` in the word `word[i]`,
    words ascend. `rarity` is per n-gram."""

    word: Indices
    gram: Indices
    hashes: NDArray[np.int64]
    """Ascending."""
    rarity: NDArray[np.float32]


def known_grams(texts: pa.StringArray, cap: int, known: Reference) -> WordGrams:
    """Of words by the counts of a model alone; n-grams that it does not know count for nothing."""
    matrix = _spelled(texts, known.spelling.characters)
    total = known.grams.total
    common = _common(total, cap)
    word, begin = np.nonzero(matrix.codes)
    words, hashes, of_place, rarity = [], [], [], []
    for length in range(_SHORTEST, _LONGEST + 1):
        word, begin, distinct_grams, gram = _grams(matrix, word, begin, length)
        frequency = known.grams.of(distinct_grams)
        useful = (frequency >= 2) & (frequency <= common)
        words.append(word[useful[gram]])
        of_place.append(distinct_grams[gram[useful[gram]]])
        hashes.append(distinct_grams[useful])
        rarity.append(_rarity(frequency[useful], total))
        if length >= _ALWAYS:
            crowded = frequency[gram] > common
            word, begin = word[crowded], begin[crowded]
    every = np.concatenate(hashes).view(np.int64)
    order = np.argsort(every)
    by_word = np.argsort(np.concatenate(words), kind="stable")
    return WordGrams(
        word=np.concatenate(words)[by_word],
        gram=np.searchsorted(every[order], np.concatenate(of_place).view(np.int64)[by_word]),
        hashes=every[order],
        rarity=np.concatenate(rarity)[order],
    )


def _weighed(
    documents: Documents,
    size: int,
    cap: int | None,
    characters: Indices | None,
    known: Counts | None,
) -> Weighed:
    """The weights; n-grams that are not `known` count as these documents have them.

    An n-gram of too many documents says too little and is replaced by those that go on by one character, up to _LONGEST:
    in a crowd it takes more letters to be rare.
    """
    texts, profiles, words = documents
    pairs, _ = counted(profiles * max(len(texts), 1) + words)
    has = sparse.csr_matrix(
        (np.ones(len(pairs), dtype=np.float32), (pairs // max(len(texts), 1), pairs % max(len(texts), 1))),
        shape=(size, len(texts)),
    )
    matrix = _spelled(texts, characters)
    total = size if known is None else known.total
    common = total if cap is None else _common(total, cap)
    # every place where an n-gram may begin
    word, begin = np.nonzero(matrix.codes)
    parts, hashes, times = [], [], []
    for length in range(_SHORTEST, _LONGEST + 1):
        word, begin, distinct_grams, gram = _grams(matrix, word, begin, length)
        shape = (matrix.codes.shape[0], len(distinct_grams))
        counts = (has @ sparse.csr_matrix((np.ones(len(word), dtype=np.float32), (word, gram)), shape=shape)).tocsr()
        frequency = seen = np.bincount(counts.indices, minlength=len(distinct_grams)).astype(np.int64)
        if known is not None:
            before = known.of(distinct_grams)
            # an n-gram that was new, or one document's, is as common as it is now, and never more than blocks bear
            frequency = np.where((before >= 2) & (seen <= max(cap or size, _MIN_COMMON)), before, seen)
        useful = np.flatnonzero((frequency >= 2) & (frequency <= common))
        parts.append(_weights(counts, frequency, total, useful))
        hashes.append(distinct_grams[seen >= 2])
        times.append(seen[seen >= 2])
        if length >= _ALWAYS:
            crowded = frequency[gram] > common
            word, begin = word[crowded], begin[crowded]
    weighted = sparse.hstack(parts, format="csr")
    norm = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel())
    scaled: sparse.csr_matrix = (sparse.diags((1 / np.maximum(norm, 1e-9)).astype(np.float32)) @ weighted).tocsr()
    return Weighed(
        matrix=scaled,
        counts=known or counts_of(np.concatenate(hashes), np.concatenate(times), size),
    )


def _spelled(texts: Sequence[str] | pa.StringArray, characters: Indices | None) -> CodeMatrix:
    """The words, each with its two edges."""
    written = texts if isinstance(texts, pa.StringArray) else pa.array(texts, pa.string())
    cut = pc.binary_join_element_wise("", pc.utf8_slice_codeunits(written, 0, MAX_LENGTH - 2), "", " ")
    return encode(cut, characters)[0]


def _common(total: int, cap: int) -> int:
    """The most documents of `total` that may have an n-gram which is to say something."""
    return int(np.clip(_COMMON_SHARE * total, _MIN_COMMON, max(cap, _MIN_COMMON)))


def _grams(matrix: CodeMatrix, word: Indices, begin: Indices, length: int) -> tuple[Indices, Indices, Hashes, Indices]:
    """Those of the places where an n-gram of this length may begin, the hashes of the n-grams, ascending, and which of them
    begins at each place."""
    inside = begin + length <= matrix.lengths[word]
    word, begin = word[inside], begin[inside]
    hashed = np.zeros(len(word), dtype=np.uint64)
    for step in range(length):
        hashed = hashed * power(1) + matrix.codes[word, begin + step]
    ordered = np.sort(hashed)
    first = np.ones(len(ordered), dtype=bool)
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    return word, begin, ordered[first], np.searchsorted(ordered[first], hashed).astype(np.int64)


def _weights(counts: sparse.csr_matrix, frequency: Indices, total: int, useful: Indices) -> sparse.csr_matrix:
    kept = counts[:, useful].tocsr()
    kept.data = (1 + np.log(kept.data)).astype(np.float32)
    weighted: sparse.csr_matrix = (kept @ sparse.diags(_rarity(frequency[useful], total))).tocsr()
    return weighted


def _rarity(frequency: Indices, total: int) -> NDArray[np.float32]:
    rarity: NDArray[np.float32] = (np.log((1 + total) / (1 + frequency)) + 1).astype(np.float32)
    return rarity
