"""Identity keys: every short string by which a profile may show who it is, whatever column it stands in."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from creatorgraph.resolution.feature.column import Entries, as_flags, distinct, entries_by, joined, looked_up
from creatorgraph.resolution.feature.incidence import Incidence, Indices, incidence_of
from creatorgraph.resolution.feature.name_table import NameTable
from creatorgraph.resolution.feature.reference import Counts, text_counts
from creatorgraph.resolution.text.fold import squash
from creatorgraph.resolution.text.handle import MIN_HANDLE, handles_of_name, stem_of
from creatorgraph.resolution.text.nickname import formal_and_short


class KeyKind(IntEnum):
    """Where a key comes from; a smaller number is the plainer source and wins where one key has two."""

    USERNAME = 0
    NAME = 1
    WEB = 2
    USERNAME_STEM = 3
    """A username without the digits at its end."""
    PATTERN = 4
    """A handle that people make of such a name: jsmith, smithj."""
    PART = 5
    """The first or the last word of a name alone."""


PENALTY_BITS = np.array([0.0, 0.0, 0.0, 2.0, 3.0, 5.0])
"""What a match through such a key is worth less: the profile could have shown several others just as well."""
FIRST_DERIVED = KeyKind.PATTERN
"""Kinds from here on are our guesses: two guesses that meet prove nothing."""
_MIN_PART = 5
_MIN_SINGLE_NAME = 4
_IDEOGRAPH = 0x2E80
_PATTERNS_OF_NICKNAME = 3
_STEPS = 1024
"""Of a bit: counts are whole numbers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyTable:
    """`texts` are the distinct keys that profiles show; `entries` which profile has which, `kinds` (aligned with
    entries.values) whence. A derived key that nobody shows can meet nothing but guesses, so it is not here."""

    texts: pa.StringArray
    entries: Incidence
    kinds: NDArray[np.int8]
    wide: NDArray[np.bool_]
    """Per key: whether it has ideographs, of which two say as much as several letters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeySource:
    """Keys of one kind before they are numbered: their rows are profiles, or distinct names where `of_names` is set."""

    kind: KeyKind
    keys: Entries
    of_names: bool = False


def key_sources(handles: pa.StringArray, names: NameTable, web: Entries) -> tuple[KeySource, ...]:
    """What the profiles' keys are: `handles` are squashed usernames (null: none), `web` words of web addresses by profile."""
    found = (
        KeySource(kind=KeyKind.USERNAME, keys=entries_by(handles, lambda handle: (handle,))),
        KeySource(kind=KeyKind.USERNAME_STEM, keys=entries_by(handles, _stem)),
        KeySource(kind=KeyKind.WEB, keys=web),
        KeySource(kind=KeyKind.NAME, keys=entries_by(names.texts, _whole), of_names=True),
        KeySource(kind=KeyKind.PATTERN, keys=entries_by(names.texts, _patterns), of_names=True),
        KeySource(kind=KeyKind.PART, keys=entries_by(names.texts, _parts), of_names=True),
    )
    return tuple(replace(source, keys=source.keys.longer_than(MIN_HANDLE - 1)) for source in found)


def wholes_of(sources: Sequence[KeySource], of_names: NDArray[np.float32]) -> Counts:
    """How many _STEPS of a bit, and one, the figure of the name has that a key is the whole of; the largest where there are
    several."""
    source = next(source for source in sources if source.kind is KeyKind.NAME)
    keys = distinct(source.keys.texts)
    steps = np.zeros(len(keys.texts), dtype=np.int64)
    np.maximum.at(steps, keys.number, 1 + np.rint(of_names[source.keys.rows] * _STEPS).astype(np.int64))
    return text_counts(keys.texts, steps, len(of_names))


def bits_of_wholes(texts: pa.StringArray, wholes: Counts, known: Counts | None) -> NDArray[np.float32]:
    """Per key the bits that `known` wholes give it, else those at hand; 0 where it is the whole of no name."""
    steps = wholes.of_texts(texts)
    if known is not None:
        before = known.of_texts(texts)
        steps = np.where(before > 0, before, steps)
    bits: NDArray[np.float32] = (np.maximum(steps - 1, 0) / _STEPS).astype(np.float32)
    return bits


def _stem(handle: str) -> tuple[str, ...]:
    stem = stem_of(handle)
    return (stem,) if stem else ()


def _whole(name: str) -> tuple[str, ...]:
    joined_words = name.replace(" ", "")
    whole = joined_words if joined_words.isascii() else squash(joined_words)
    return (whole,) if " " in name or len(whole) >= _MIN_SINGLE_NAME or not whole.isascii() else ()


def _patterns(name: str) -> list[str]:
    words = tuple(name.split(" "))
    found = list(handles_of_name(words))
    if len(words) > 1:
        for other in formal_and_short(words[0]):
            found += handles_of_name((other, *words[1:]))[:_PATTERNS_OF_NICKNAME]
    return found


def _parts(name: str) -> list[str]:
    words = name.split(" ")
    return [word for word in (words[0], words[-1]) if len(word) >= _MIN_PART] if len(words) > 1 else []


def key_table(sources: Sequence[KeySource], names: NameTable) -> KeyTable:
    """All profiles' keys in one table."""
    shown = distinct(joined([source.keys.texts for source in sources if source.kind < FIRST_DERIVED])).texts
    # a number must not depend on who else is there: of two keys that are nearly equal the comparison looks at the smaller first
    texts = shown.take(pc.sort_indices(shown))
    found = [_numbered(source, texts, names) for source in sources]
    rows, values, kinds = (np.concatenate(column) for column in zip(*found, strict=True))
    # of two kinds of one key the smaller stays
    width = max(len(texts), 1)
    codes = np.sort((rows * width + values) * len(KeyKind) + kinds)
    entry = codes // len(KeyKind)
    first = np.ones(len(codes), dtype=bool)
    first[1:] = entry[1:] != entry[:-1]
    entry = entry[first]
    return KeyTable(
        texts=texts,
        entries=incidence_of(entry // width, entry % width, height=names.entries.rows, width=len(texts)),
        kinds=(codes[first] % len(KeyKind)).astype(np.int8),
        wide=_wide(texts),
    )


def _numbered(source: KeySource, texts: pa.StringArray, names: NameTable) -> tuple[Indices, Indices, Indices]:
    """(profile, key, kind) of every key of one source; derived keys that nobody shows are left out."""
    values = looked_up(source.keys.texts, texts)
    kept = values >= 0
    rows, values = source.keys.rows[kept], values[kept]
    if source.of_names:
        of_name = incidence_of(rows, values, height=len(names.texts), width=len(texts))
        of_profile = names.entries.through(of_name)
        rows, values = of_profile.row_of_entry, of_profile.values
    return rows, values, np.full(len(rows), source.kind, dtype=np.int64)


def _wide(texts: pa.StringArray) -> NDArray[np.bool_]:
    wide = ~as_flags(pc.string_is_ascii(texts))
    others = texts.filter(pa.array(wide)).to_pylist()
    wide[wide] = [max(map(ord, text)) >= _IDEOGRAPH for text in others]
    return wide
