"""Rarity: how many bits it takes to spell a key, learned from the keys and names of the data itself.

A key that common name words or affixes spell is cheap (`johnsmith`), one that nobody's habits explain is dear
(`qvxlentz42`). The cost is the cheapest way to write the key from three kinds of parts: name words by how many distinct
names have them, affixes that many keys share, and single characters by a trigram model with back-off.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from creatorgraph.resolution.feature.code import MAX_LENGTH, CodeMatrix, encode, power

_MAX_PART = 14
_AFFIX_LENGTHS = range(2, 11)
_MIN_AFFIX_COUNT = 4
_MIN_AFFIX_SHARE = 0.0015
_PART_FEE = 0.5  # bits for choosing a part at all, so that spelling by single letters is not undercut by noise
_ROWS = 20_000
_LETTER_BITS = 3.5  # an initial: one of the dozen letters that most names begin with

Bits = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rarity:
    """`character_bits` (keys, MAX_LENGTH): what each character of a key costs; `word_bits`: one cost per name word."""

    matrix: CodeMatrix
    character_bits: Bits
    key_bits: Bits
    word_bits: Bits


def measure(keys: Sequence[str], observed: NDArray[np.bool_], words: Mapping[str, int], names: int) -> Rarity:
    """Bits of every key and name word.

    `observed` marks the keys that profiles show (the model learns from these; derived keys are only measured),
    `words` counts for each name word the distinct names that have it, out of `names` distinct names.
    """
    texts = [*keys, *words]
    matrix, _ = encode(texts)
    learn = np.zeros(len(texts), dtype=bool)
    learn[: len(keys)] = observed
    parts = _parts(matrix, learn, np.fromiter(words.values(), dtype=np.float64, count=len(words)), names, len(keys))
    surprise = _trigram_bits(matrix, learn)
    spread = np.zeros((len(texts), MAX_LENGTH), dtype=np.float32)
    for begin in range(0, len(texts), _ROWS):
        rows = slice(begin, begin + _ROWS)
        spread[rows] = _cheapest(matrix, rows, surprise[rows], parts)
    total = spread.sum(axis=1)
    count = np.fromiter(words.values(), dtype=np.float64, count=len(words))
    direct = -np.log2(count / (2.2 * names + 50)) if len(words) else count
    word_bits = np.where(matrix.lengths[len(keys) :] > 1, np.minimum(total[len(keys) :], direct), _LETTER_BITS)
    keep = slice(0, len(keys))
    kept = CodeMatrix(codes=matrix.codes[keep], lengths=matrix.lengths[keep], alphabet=matrix.alphabet)
    return Rarity(
        matrix=kept,
        character_bits=spread[keep],
        key_bits=total[keep],
        word_bits=word_bits.astype(np.float32),
    )


@dataclass(frozen=True, slots=True)
class _Parts:
    """Known parts of one length: sorted hashes and their bits."""

    hashes: NDArray[np.uint64]
    bits: NDArray[np.float64]


def _parts(
    matrix: CodeMatrix, learn: NDArray[np.bool_], count: NDArray[np.float64], names: int, first_word: int
) -> dict[int, _Parts]:
    hashes = np.concatenate([matrix.prefix_hashes(slice(b, b + _ROWS)) for b in range(0, len(learn), _ROWS)] or
                            [np.zeros((0, MAX_LENGTH + 1), dtype=np.uint64)])  # fmt: skip
    learned = int(learn.sum())
    least = max(_MIN_AFFIX_COUNT, _MIN_AFFIX_SHARE * learned)
    word_hash, word_length = hashes[first_word:, MAX_LENGTH], matrix.lengths[first_word:]
    found: dict[int, _Parts] = {}
    for length in range(2, _MAX_PART + 1):
        of_length = np.flatnonzero(word_length == length)
        part_hashes = [hashes[first_word + of_length, length]] if len(word_hash) else []
        part_bits = [-np.log2(count[of_length] / (2.2 * names + 50))] if len(word_hash) else []
        if length in _AFFIX_LENGTHS:
            longer = np.flatnonzero(learn & (matrix.lengths > length))
            ends = matrix.lengths[longer]
            tail = hashes[longer, ends] - hashes[longer, ends - length] * power(length)
            affix, times = np.unique(np.concatenate([hashes[longer, length], tail]), return_counts=True)
            common = times >= least
            part_hashes.append(affix[common])
            part_bits.append(-np.log2(times[common] / (2 * max(learned, 1))))
        if not part_hashes:
            continue
        hashed, bits = np.concatenate(part_hashes), np.concatenate(part_bits)
        order = np.lexsort((bits, hashed))
        first = np.ones(len(order), dtype=bool)
        first[1:] = hashed[order][1:] != hashed[order][:-1]
        found[length] = _Parts(hashed[order][first], np.maximum(bits[order][first], 1.0) + _PART_FEE)
    return found


def _trigram_bits(matrix: CodeMatrix, learn: NDArray[np.bool_]) -> Bits:
    """-log2 P(character | two before it), with back-off to one and none before it; (strings, MAX_LENGTH)."""
    base = matrix.alphabet + 1
    codes = matrix.codes.astype(np.int64)
    before1 = np.concatenate([np.full((len(codes), 1), matrix.alphabet), codes[:, :-1]], axis=1)
    before2 = np.concatenate([np.full((len(codes), 1), matrix.alphabet), before1[:, :-1]], axis=1)
    used = codes > 0
    sample = used & learn[:, None]
    c, b, a = codes, before1, before2

    def counted(table: NDArray[np.int64]) -> NDArray[np.float64]:
        seen, times = np.unique(table[sample], return_counts=True)
        if not len(seen):
            return np.zeros(table.shape)
        at = np.minimum(np.searchsorted(seen, table), len(seen) - 1)
        return np.where(seen[at] == table, times[at], 0).astype(np.float64)

    total = int(sample.sum())
    one = (counted(c) + 0.5) / (total + 0.5 * matrix.alphabet + 50)
    two = (counted(b * base + c) + 5 * one) / (counted(b) + 5)
    three = (counted((a * base + b) * base + c) + 8 * two) / (counted(a * base + b) + 8)
    return np.where(used, -np.log2(three), 0).astype(np.float32)


def _cheapest(matrix: CodeMatrix, rows: slice, surprise: Bits, parts: Mapping[int, _Parts]) -> Bits:
    """The cheapest spelling of each string, its cost spread evenly over the characters of each part."""
    hashes = matrix.prefix_hashes(rows)
    lengths = matrix.lengths[rows]
    best = np.full((len(lengths), MAX_LENGTH + 1), np.inf)
    best[:, 0] = 0
    back = np.zeros((len(lengths), MAX_LENGTH + 1), dtype=np.int64)
    width = int(lengths.max(initial=0))
    for end in range(1, width + 1):
        best[:, end] = best[:, end - 1] + surprise[:, end - 1]
        back[:, end] = end - 1
        for length, known in parts.items():
            begin = end - length
            if begin < 0 or not len(known.hashes):
                continue
            part = hashes[:, end] - hashes[:, begin] * power(length)
            at = np.minimum(np.searchsorted(known.hashes, part), len(known.hashes) - 1)
            cost = np.where(known.hashes[at] == part, best[:, begin] + known.bits[at], np.inf)
            better = cost < best[:, end]
            best[better, end] = cost[better]
            back[better, end] = begin
    return _spread(best, back, lengths, width)


def _spread(best: NDArray[np.float64], back: NDArray[np.int64], lengths: NDArray[np.int64], width: int) -> Bits:
    row = np.arange(len(lengths))
    rate = np.zeros((len(lengths), MAX_LENGTH), dtype=np.float32)
    at = lengths.copy()
    for _ in range(width):
        open_ = at > 0
        if not open_.any():
            break
        begin = np.where(open_, back[row, at], 0)
        share = (best[row, at] - best[row, begin]) / np.maximum(at - begin, 1)
        rate[row[open_], at[open_] - 1] = share[open_]
        at = begin
    current = np.zeros(len(lengths), dtype=np.float32)
    for column in range(width - 1, -1, -1):
        inside = column < lengths
        current = np.where(inside & (rate[:, column] > 0), rate[:, column], current)
        rate[:, column] = np.where(inside, current, 0)
    return rate
