"""Rare words of what profiles write about themselves, and labels such as place and company."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from creatorgraph.resolution.feature.incidence import Incidence, Indices, incidence_of, numbered

_MIN_WORD = 3
_RAREST_SHARE = 1 / 32
"""Words in more of the bios than this are no evidence; a word's bits count from here."""
MAX_PROFILES = 1_000
"""A word in more bios than this is left out, so that the table stays small at any number of profiles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WordTable:
    """`entries` profiles by rare words, `bits` per word, `of_identity` the same words where they are the profile's name."""

    entries: Incidence
    bits: NDArray[np.float64]
    of_identity: Incidence


def word_table(texts: Sequence[str], identity_words: Sequence[frozenset[str]]) -> WordTable:
    """From folded texts (empty: none) and the words of each profile's names and handles."""
    words = [{w for w in text.split() if len(w) >= _MIN_WORD} for text in texts]
    frequency = Counter(w for row in words for w in row)
    written = max(1, sum(1 for row in words if row))
    limit = min(written * _RAREST_SHARE, MAX_PROFILES)
    rare = {w for w, n in frequency.items() if 2 <= n <= max(limit, 2)}
    entries, found = numbered([sorted(row & rare) for row in words])
    offset = math.log2(1 / _RAREST_SHARE)
    texts_of = [str(w) for w in found]
    bits = np.array([max(0.0, -math.log2(frequency[w] / written) - offset) for w in texts_of], dtype=np.float64)
    number = {w: i for i, w in enumerate(texts_of)}
    known = [[number[w] for w in sorted(row) if w in number] for row in identity_words]
    rows: Indices = np.repeat(np.arange(len(known), dtype=np.int64), [len(k) for k in known])
    values: Indices = np.array([v for row in known for v in row], dtype=np.int64)
    return WordTable(
        entries=entries,
        bits=bits,
        of_identity=incidence_of(rows, values, height=len(texts), width=len(number)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelTable:
    """A short text per profile: `whole` its number (-1: none), `words` the words in it."""

    whole: Indices
    words: Incidence

    @property
    def present(self) -> NDArray[np.bool_]:
        return self.whole >= 0


def label_table(texts: Sequence[str]) -> LabelTable:
    """From folded texts, empty where there is none."""
    number: dict[str, int] = {}
    whole = np.array([number.setdefault(t, len(number)) if t else -1 for t in texts], dtype=np.int64)
    words, _ = numbered([sorted(set(t.split())) for t in texts])
    return LabelTable(whole=whole, words=words)
