"""Reference counts: how common things were among the profiles that a model was trained on.

What a level means depends on how many others share a word or a spelling. A model that is used again weighs later profiles by
the counts it was trained with, so that what it says of two profiles does not depend on who else is there. Texts are
kept as hashes: a model tells nobody's words.
"""

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from creatorgraph.resolution.feature.column import ends_of
from creatorgraph.resolution.feature.incidence import Indices
from creatorgraph.resolution.feature.part import Parts
from creatorgraph.resolution.feature.trigram import Trigrams

Hashes = NDArray[np.uint64]

_ROWS = 200_000
_BASE = np.uint64(0x9E3779B97F4A7C15)  # odd: powers stay invertible modulo 2^64
_MIX = np.uint64(0xBF58476D1CE4E5B9)


def _no_hashes() -> Hashes:
    return np.zeros(0, dtype=np.uint64)


def _no_times() -> Indices:
    return np.zeros(0, dtype=np.int64)


_UNSEEN_PROFILES = 50
"""As though so many more profiles said other things: in a short list two who say the same are rare all the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """`times[i]` of `total` had the text of `hashes[i]`; hashes ascend."""

    hashes: Hashes = field(default_factory=_no_hashes)
    times: Indices = field(default_factory=_no_times)
    total: int = 0

    def of(self, hashes: Hashes) -> Indices:
        """How many had each; 0 where it was not counted."""
        if not len(self.hashes):
            return np.zeros(len(hashes), dtype=np.int64)
        at = np.minimum(np.searchsorted(self.hashes, hashes), len(self.hashes) - 1)
        return np.where(self.hashes[at] == hashes, self.times[at], 0)

    def of_texts(self, texts: pa.StringArray) -> Indices:
        return self.of(text_hashes(texts))


def counts_of(hashes: Hashes, times: Indices, total: int) -> Counts:
    """Counts from hashes in any order, each once."""
    order = np.argsort(hashes, kind="stable")
    return Counts(hashes=hashes[order], times=times[order].astype(np.int64), total=total)


def rarity_bits(frequency: NDArray[np.int64], total: int) -> NDArray[np.float64]:
    """-log2 of the share of `total` profiles that say a thing, of which `frequency` do; 0 at least."""
    bits: NDArray[np.float64] = np.maximum(-np.log2((frequency + 1) / (total + _UNSEEN_PROFILES)), 0.0)
    return bits


def text_counts(texts: pa.StringArray, times: Indices, total: int) -> Counts:
    """Counts of distinct texts."""
    return counts_of(text_hashes(texts), times, total)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelling:
    """What is habitual in keys and names: `characters` (code points, numbered from 1), trigrams and parts over these
    numbers, and in how many of the distinct names each name word stands."""

    characters: Indices
    trigrams: Trigrams
    parts: dict[int, Parts]
    words: Counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """The latent classes of names: `lift[i, k]` is log2 of how much likelier the word of `hashes[i]` is in class k than at
    large; hashes ascend. `shares` are of the names in each class."""

    hashes: Hashes
    lift: NDArray[np.float16]
    shares: NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """All the counts of one population. `followers` are medians by platform; `hubs` the hosts of many people's pages;
    `written` are of names with each word, transliterations of ours left out; `asides` of names that
    each stands behind; `wholes` are steps of bits, see key.py; `grams` are of documents with each n-gram, numbered by
    `spelling.characters`."""

    spelling: Spelling
    naming: Naming
    bio_words: Counts
    places: Counts
    occupations: Counts
    occupation_words: Counts
    languages: Counts
    audience: Counts
    followers: Counts
    hubs: Counts
    written: Counts
    asides: Counts
    wholes: Counts
    handle_forms: Counts
    grams: Counts = field(default_factory=Counts)


def text_hashes(texts: pa.StringArray) -> Hashes:
    """64 bits of each text, the same on every machine: a polynomial of its UTF-8 bytes, mixed."""
    parts = [_hashes_of(texts.slice(begin, _ROWS)) for begin in range(0, len(texts), _ROWS)]
    return np.concatenate(parts) if parts else _no_hashes()


def _hashes_of(texts: pa.StringArray) -> Hashes:
    ends = ends_of(texts).astype(np.int64)
    hashes = np.zeros(len(texts), dtype=np.uint64)
    if ends[-1] == ends[0]:
        return hashes
    written = np.frombuffer(texts.buffers()[2], dtype=np.uint8)[ends[0] : ends[-1]].astype(np.uint64)
    lengths = np.diff(ends)
    place = np.arange(len(written)) - np.repeat(ends[:-1] - ends[0], lengths)
    powers = np.cumprod(np.full(int(lengths.max()), _BASE))
    full = np.flatnonzero(lengths)
    hashes[full] = np.add.reduceat((written + np.uint64(1)) * powers[place], (ends[:-1] - ends[0])[full])
    hashes ^= hashes >> np.uint64(29)
    hashes *= _MIX
    return hashes ^ (hashes >> np.uint64(32))
