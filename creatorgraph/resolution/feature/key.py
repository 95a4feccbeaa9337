"""Identity keys: every short string by which a profile may show who it is, whatever column it stands in."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from creatorgraph.resolution.feature.incidence import Incidence, Indices, incidence_of
from creatorgraph.resolution.text.fold import squash
from creatorgraph.resolution.text.handle import MIN_HANDLE, handles_of_name, stem_of
from creatorgraph.resolution.text.name import Name
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


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyTable:
    """`texts` are the distinct keys; `entries` which profile has which, `kinds` (aligned with entries.values) whence."""

    texts: tuple[str, ...]
    entries: Incidence
    kinds: NDArray[np.int8]
    shown: NDArray[np.bool_]
    """Per key: whether some profile shows it itself (not only derived)."""
    wide: NDArray[np.bool_]
    """Per key: whether it has ideographs, of which two say as much as several letters."""


def keys_of(handle: str | None, names: Sequence[Name], web: Sequence[str]) -> dict[str, KeyKind]:
    """The keys of one profile: its handle, the names it shows, who its web addresses say they belong to."""
    keys: dict[str, KeyKind] = {}

    def add(key: str, kind: KeyKind) -> None:
        if len(key) >= MIN_HANDLE and keys.get(key, KeyKind.PART) >= kind:
            keys[key] = kind

    if handle:
        add(handle, KeyKind.USERNAME)
        if stem := stem_of(handle):
            add(stem, KeyKind.USERNAME_STEM)
    for name in names:
        joined = squash("".join(name))
        if len(name) > 1 or len(joined) >= _MIN_SINGLE_NAME or not joined.isascii():
            add(joined, KeyKind.NAME)
    for word in web:
        add(word, KeyKind.WEB)
    for name in names:
        for pattern in handles_of_name(name):
            add(pattern, KeyKind.PATTERN)
        if len(name) > 1:
            for other in formal_and_short(name[0]):
                for pattern in handles_of_name((other, *name[1:]))[:3]:
                    add(pattern, KeyKind.PATTERN)
            for part in (name[0], name[-1]):
                if len(part) >= _MIN_PART:
                    add(part, KeyKind.PART)
    return keys


def key_table(profiles: Sequence[dict[str, KeyKind]]) -> KeyTable:
    """All profiles' keys in one table."""
    number: dict[str, int] = {}
    row: list[int] = []
    value: list[int] = []
    kind: list[int] = []
    for index, keys in enumerate(profiles):
        for key, source in keys.items():
            row.append(index)
            value.append(number.setdefault(key, len(number)))
            kind.append(source)
    rows: Indices = np.asarray(row, dtype=np.int64)
    values: Indices = np.asarray(value, dtype=np.int64)
    kinds = np.asarray(kind, dtype=np.int8)
    order = np.lexsort((values, rows))
    shown = np.zeros(len(number), dtype=bool)
    shown[values[kinds < FIRST_DERIVED]] = True
    entries = incidence_of(rows, values, height=len(profiles), width=len(number))
    wide = np.array([not key.isascii() and max(map(ord, key)) >= _IDEOGRAPH for key in number] or [False], dtype=bool)
    return KeyTable(texts=tuple(number), entries=entries, kinds=kinds[order], shown=shown, wide=wide)
