"""Rare words of what profiles write about themselves, and labels such as place and company."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from creatorgraph.resolution.feature.column import Column, Entries, distinct, folded, looked_up, words_of
from creatorgraph.resolution.feature.incidence import Incidence, Indices, incidence_of
from creatorgraph.resolution.feature.reference import Counts, text_counts

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
    counts: Counts
    """How many bios have each word that more than one has."""


def word_table(
    written: Entries,
    of_profiles: Sequence[Entries],
    of_names: Sequence[Entries],
    names: Incidence,
    known: Counts | None = None,
) -> WordTable:
    """From the words that profiles write, in any order, and those that are their own: words of profiles, and words of
    distinct names beside the table of profiles by names. `known` counts weigh the words in place of these profiles' own."""
    long_enough = written.longer_than(_MIN_WORD - 1)
    words = distinct(long_enough.texts)
    every = incidence_of(long_enough.rows, words.number, height=names.rows, width=len(words.texts))
    seen = every.frequency()
    several = seen >= 2
    counts = known or text_counts(words.texts.filter(pa.array(several)), seen[several], int((every.degree > 0).sum()))
    frequency = seen if known is None else np.maximum(known.of_texts(words.texts), 1)
    total = max(1, counts.total)
    limit = min(total * _RAREST_SHARE, MAX_PROFILES)
    rare = several & (frequency <= max(limit, 2)) & (seen <= MAX_PROFILES)
    texts = words.texts.filter(pa.array(rare))
    # math, so that the bits are those of one logarithm whatever the vector instructions of the machine
    offset = math.log2(1 / _RAREST_SHARE)
    bits = [max(0.0, -math.log2(count / total) - offset) for count in frequency[rare].tolist()]
    return WordTable(
        entries=every.only(rare),
        bits=np.array(bits, dtype=np.float64),
        of_identity=_known(of_profiles, of_names, names, texts),
        counts=counts,
    )


def _known(
    of_profiles: Sequence[Entries], of_names: Sequence[Entries], names: Incidence, texts: pa.StringArray
) -> Incidence:
    """Profiles by those of the words that are their own."""
    parts = [_looked_up(entries, texts, names.rows) for entries in of_profiles]
    parts += [names.through(_looked_up(entries, texts, names.width)) for entries in of_names]
    return incidence_of(
        np.concatenate([part.row_of_entry for part in parts]),
        np.concatenate([part.values for part in parts]),
        height=names.rows,
        width=len(texts),
    )


def _looked_up(entries: Entries, texts: pa.StringArray, height: int) -> Incidence:
    values = looked_up(entries.texts, texts)
    known = values >= 0
    return incidence_of(entries.rows[known], values[known], height=height, width=len(texts))


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelTable:
    """A short text per profile: `whole` its number (-1: none), `words` the words in it."""

    whole: Indices
    words: Incidence

    @property
    def present(self) -> NDArray[np.bool_]:
        return self.whole >= 0


def label_table(column: Column) -> LabelTable:
    """From a column of texts, which are folded."""
    written = distinct(column)
    labels = distinct(folded(written.texts))
    whole = np.where(written.number >= 0, labels.number[written.number], -1) if len(written.texts) else written.number
    spelled = words_of(labels.texts)
    words = distinct(spelled.texts)
    of_label = incidence_of(spelled.rows, words.number, height=len(labels.texts), width=len(words.texts))
    return LabelTable(whole=whole, words=of_label.take(whole)[0])
