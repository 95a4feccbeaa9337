"""Names as rows of word numbers, and which profile shows which names."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from creatorgraph.resolution.feature.aside import common_asides, known_asides
from creatorgraph.resolution.feature.column import Column, as_flags, distinct, entries_by, numbered_entries, words_of
from creatorgraph.resolution.feature.incidence import Incidence, Indices, counted
from creatorgraph.resolution.feature.lexicon import Lexicon, lexicon_of, skeleton_numbers
from creatorgraph.resolution.feature.reference import Counts, Reference, text_counts
from creatorgraph.resolution.text.name import MAX_WORDS, name_variants, transliterated
from creatorgraph.resolution.text.skeleton import skeletons


@dataclass(frozen=True, kw_only=True)
class NameTable:
    """`names` (distinct names, MAX_WORDS) numbers into `words`, -1 behind the end; `words` map to how many names have them.

    No slots, for the cached property.
    """

    entries: Incidence
    texts: pa.StringArray
    """Per name its words, parted by spaces."""
    names: NDArray[np.int32]
    lengths: Indices
    latin: NDArray[np.bool_]
    made: NDArray[np.bool_]
    """Per name: whether a table made it of a name in another script."""
    made_word: NDArray[np.bool_]
    """Per word: whether only made names have it."""
    written: Counts
    """In how many names that somebody wrote each word stands."""
    asides: Counts
    """What is set behind names of many, and is left out of them."""
    skeleton: Indices
    """Per name in Latin letters a number that names of one skeleton share, in any order of words; -1 where there is none."""
    words: dict[str, int]
    unordered: Indices
    """Per name a number that names of the same words in any order share."""
    full: NDArray[np.bool_]
    """Per profile: whether it shows a name of two words or more."""
    latin_first: NDArray[np.bool_]
    """Per profile: whether one of its names is in Latin letters."""

    @property
    def has_name(self) -> NDArray[np.bool_]:
        return self.entries.degree > 0

    @cached_property
    def lexicon(self) -> Lexicon:
        """The words by their numbers."""
        return lexicon_of(tuple(self.words), self.made_word)


def name_table(display_names: Column, known: Reference | None = None) -> NameTable:
    """From the display name of each profile, null or empty where it has none.

    `known` says which words were written by somebody, whether or not one of these names has them, and which asides are common.
    """
    shown = distinct(display_names)
    asides = common_asides(shown.texts) if known is None else known.asides
    common = known_asides(shown.texts, asides)
    variants = entries_by(shown.texts, lambda text: [" ".join(name) for name in name_variants(text, common)])
    by_display, texts = numbered_entries(variants, len(shown.texts))
    entries, _ = by_display.take(shown.number)
    spelled = words_of(texts)
    words = distinct(spelled.texts)
    names = np.full((len(texts), MAX_WORDS), -1, dtype=np.int32)
    place = np.arange(len(spelled.rows)) - np.searchsorted(spelled.rows, spelled.rows, side="left")
    names[spelled.rows, place] = words.number
    lengths = (names >= 0).sum(axis=1).astype(np.int64)
    latin = as_flags(pc.string_is_ascii(texts))
    rows = entries.row_of_entry
    full = np.zeros(entries.rows, dtype=bool)
    latin_first = np.zeros(entries.rows, dtype=bool)
    full[rows[lengths[entries.values] > 1]] = True
    latin_first[rows[latin[entries.values]]] = True
    made = _made(texts)
    times = np.bincount(words.number[~made[spelled.rows]], minlength=len(words.texts))
    written = (
        known.written if known else text_counts(words.texts.filter(pa.array(times > 0)), times[times > 0], len(texts))
    )
    made_word = (times == 0) & (written.of_texts(words.texts) == 0)
    # a name that has a word twice has it once
    having = counted(spelled.rows * max(len(words.texts), 1) + words.number)[0] % max(len(words.texts), 1)
    count = np.bincount(having, minlength=len(words.texts))
    return NameTable(
        entries=entries,
        texts=texts,
        names=names,
        lengths=lengths,
        latin=latin,
        made=made,
        made_word=made_word,
        written=written,
        asides=asides,
        skeleton=skeleton_numbers(texts.to_pylist(), made, lambda name, made: skeletons(name, made=made)),
        words=dict(zip(words.texts.to_pylist(), count.tolist(), strict=True)),
        unordered=_unordered(names),
        full=full,
        latin_first=latin_first,
    )


def _made(texts: pa.StringArray) -> NDArray[np.bool_]:
    """Which of the names are transliterations of another of them."""
    other = texts.filter(pc.invert(pc.string_is_ascii(texts))).to_pylist()
    made = {" ".join(latin) for name in other if (latin := transliterated(tuple(name.split())))}
    return as_flags(pc.is_in(texts, pa.array(sorted(made), pa.string())))


def _unordered(names: NDArray[np.int32]) -> Indices:
    bags = np.sort(names, axis=1)
    order = np.lexsort(bags.T)
    new = np.ones(len(bags), dtype=bool)
    new[1:] = np.any(bags[order[1:]] != bags[order[:-1]], axis=1)
    number = np.empty(len(bags), dtype=np.int64)
    number[order] = np.cumsum(new) - 1
    return number
