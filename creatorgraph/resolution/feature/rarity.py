"""Rarity: how many bits it takes to spell a key, learned from the keys and names of the data itself.

A key that common name words or affixes spell is cheap (`johnsmith`), one that nobody's habits explain is dear
(`qvxlentz42`). The cost is the cheapest way to write the key from three kinds of parts: name words by how many distinct
names have them, affixes that many keys share, and single characters by a trigram model with back-off.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from creatorgraph.resolution.feature.code import MAX_LENGTH, CodeMatrix, encode
from creatorgraph.resolution.feature.part import Parts, parts_of
from creatorgraph.resolution.feature.reference import Spelling, text_counts
from creatorgraph.resolution.feature.trigram import Trigrams, trigrams_of

_ROWS = 20_000
WORDS_OF_A_NAME = 2.2
"""Words that a name has, on average."""
_LETTER_BITS = 3.5  # an initial: one of the dozen letters that most names begin with

Bits = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rarity:
    """`character_bits` (keys, MAX_LENGTH): what each character of a key costs; `word_bits`: one cost per name word."""

    matrix: CodeMatrix
    character_bits: Bits
    key_bits: Bits
    word_bits: Bits
    spelling: Spelling
    """By which habits they were measured."""

    def less(self, bits: Bits) -> "Rarity":
        """With so many bits less per key, taken from its characters alike; a bit is left to each."""
        kept = np.maximum(self.key_bits - bits, np.minimum(self.key_bits, 1.0))
        share = np.divide(kept, self.key_bits, out=np.ones_like(kept), where=self.key_bits > 0)
        return replace(self, key_bits=kept, character_bits=self.character_bits * share[:, None])


def measure(
    keys: Sequence[str] | pa.StringArray, words: Mapping[str, int], names: int, known: Spelling | None = None
) -> Rarity:
    """Bits of every key and name word, by `known` habits if they are given.

    Else habits are learned from the keys; `words` counts for each name word the distinct names that have it, out of
    `names` distinct names.
    """
    spelled = pa.array(words, pa.string())
    texts = pa.concat_arrays([_array(keys), spelled])
    matrix, characters = encode(texts, None if known is None else known.characters)
    if known is None:
        count = np.fromiter(words.values(), dtype=np.float64, count=len(words))
        known = Spelling(
            characters=characters,
            trigrams=trigrams_of(matrix, len(keys)),
            parts=parts_of(matrix, len(keys), count, names),
            words=text_counts(spelled, count.astype(np.int64), names),
        )
    else:
        # a word that no name had is as rare as one that one name had
        count = np.maximum(known.words.of_texts(spelled), 1).astype(np.float64)
        names = known.words.total
    spread = np.zeros((len(texts), MAX_LENGTH), dtype=np.float32)
    for begin in range(0, len(texts), _ROWS):
        rows = slice(begin, begin + _ROWS)
        spread[rows] = _cheapest(matrix, rows, known.trigrams, known.parts)
    total = spread.sum(axis=1)
    direct = -np.log2(count / (WORDS_OF_A_NAME * names + 50)) if len(words) else count
    word_bits = np.where(matrix.lengths[len(keys) :] > 1, np.minimum(total[len(keys) :], direct), _LETTER_BITS)
    keep = slice(0, len(keys))
    kept = CodeMatrix(codes=matrix.codes[keep], lengths=matrix.lengths[keep], alphabet=matrix.alphabet)
    return Rarity(
        matrix=kept,
        character_bits=spread[keep],
        key_bits=total[keep],
        word_bits=word_bits.astype(np.float32),
        spelling=known,
    )


def _array(keys: Sequence[str] | pa.StringArray) -> pa.StringArray:
    return keys if isinstance(keys, pa.StringArray) else pa.array(keys, pa.string())


def _cheapest(matrix: CodeMatrix, rows: slice, trigrams: Trigrams, parts: Mapping[int, Parts]) -> Bits:
    """The cheapest spelling of each string, its cost spread evenly over the characters of each part."""
    # the longest first: the strings that reach a column are the first so many, and columns lie in one piece of memory
    order = np.argsort(-matrix.lengths[rows], kind="stable")
    lengths = matrix.lengths[rows][order]
    surprise = trigrams.bits(matrix.codes[rows][order]).T
    hashes = np.ascontiguousarray(matrix.prefix_hashes(rows)[order].T)
    best = np.full((MAX_LENGTH + 1, len(lengths)), np.inf)
    best[0] = 0
    back = np.zeros((MAX_LENGTH + 1, len(lengths)), dtype=np.int8)
    width = int(lengths.max(initial=0))
    reaches = np.searchsorted(-lengths, -np.arange(width + 1), side="right").tolist()
    found = {length: _ending(known, hashes, reaches) for length, known in parts.items()}
    for end in range(1, width + 1):
        reach = reaches[end]
        best[end, :reach] = best[end - 1, :reach] + surprise[end - 1, :reach]
        back[end, :reach] = end - 1
        for length, ending in found.items():
            if end not in ending:
                continue
            begin = end - length
            row, bits = ending[end]
            cost = best[begin, row] + bits
            better = cost < best[end, row]
            best[end, row[better]] = cost[better]
            back[end, row[better]] = begin
    spread = np.empty((len(lengths), MAX_LENGTH), dtype=np.float32)
    spread[order] = _spread(best, back, lengths, width).T
    return spread


def _ending(
    known: Parts, hashes: NDArray[np.uint64], reaches: Sequence[int]
) -> dict[int, tuple[NDArray[np.int64], NDArray[np.float64]]]:
    """By each character at which one of the parts ends in some string: those strings, and the bits of the part.

    All ends at once, as there are few strings where profiles arrive. `reaches[i]` strings have i characters or more.
    """
    ends = range(known.length, len(reaches))
    if not ends:
        return {}
    begin, end = (np.concatenate([hashes[each - back, : reaches[each]] for each in ends]) for back in (known.length, 0))
    place, bits = known.found(begin, end)
    starts = np.cumsum([0, *reaches[known.length :]])
    cuts = np.searchsorted(place, starts).tolist()
    return {
        each: (place[first:last] - start, bits[first:last])
        for each, start, first, last in zip(ends, starts.tolist(), cuts, cuts[1:], strict=False)
        if first < last
    }


def _spread(best: NDArray[np.float64], back: NDArray[np.int8], lengths: NDArray[np.int64], width: int) -> Bits:
    """(MAX_LENGTH, strings), like `best` and `back`."""
    row = np.arange(len(lengths))
    rate = np.zeros((MAX_LENGTH, len(lengths)), dtype=np.float32)
    at = lengths.copy()
    for _ in range(width):
        open_ = at > 0
        if not open_.any():
            break
        begin = np.where(open_, back[at, row], 0)
        share = (best[at, row] - best[begin, row]) / np.maximum(at - begin, 1)
        rate[at[open_] - 1, row[open_]] = share[open_]
        at = begin
    current = np.zeros(len(lengths), dtype=np.float32)
    for column in range(width - 1, -1, -1):
        inside = column < lengths
        current = np.where(inside & (rate[column] > 0), rate[column], current)
        rate[column] = np.where(inside, current, 0)
    return rate
