"""Postings: the keys under which a profile is found, each a number that is a function of that profile and the model alone.

The rules of a run over everything number values as they meet them, and split or leave out what many share. An index that
outlives runs needs keys that no other profile can change: 64 bits of the text, mixed with the rule that reads it. Two different
values fall on one key once in 2^64; the two profiles are compared in vain then, and nothing else happens.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from creatorgraph.resolution.blocking.name import MIN_WORD
from creatorgraph.resolution.feature.address import AddressEntries, address_entries
from creatorgraph.resolution.feature.column import (
    Entries,
    as_flags,
    distinct,
    entries_by,
    entries_of,
    folded,
    texts_by,
    words_of,
)
from creatorgraph.resolution.feature.incidence import Indices
from creatorgraph.resolution.feature.key import FIRST_DERIVED, KeySource, key_sources
from creatorgraph.resolution.feature.name_in_bio import MAX_BIO_WORDS, NAME_WORDS
from creatorgraph.resolution.feature.name_table import NameTable, name_table
from creatorgraph.resolution.feature.population import accounts_of, handles_of, telling_bios
from creatorgraph.resolution.feature.reference import Hashes, Reference, text_hashes
from creatorgraph.resolution.text.name import transliterated
from creatorgraph.resolution.text.skeleton import skeletons

_ODD = 0x9E3779B97F4A7C15
_MIX = np.uint64(0xD6E8FEB86659FD93)
_WORD, _BAG, _INITIAL, _WITH_INITIAL, _FIRST_RULE = 1, 2, 3, 4, 100
"""Salts of what names are taken apart into, and of rules."""


class Rule(IntEnum):
    """Which rule reads a key. The numbers are part of stored keys and never change their meaning."""

    KEY = 1
    NAME = 2
    SCRIPT = 3
    ADDRESS = 4
    EMAIL = 5
    PHONE = 6
    ACCOUNT = 7
    MENTION = 8
    AVATAR = 9
    NAME_IN_BIO = 10
    MAILBOX = 11


class Side(IntEnum):
    """Two profiles of one key make a pair, unless both stand on one side other than BOTH."""

    BOTH = 0
    ASKS = 1
    """Derives the value, names the account, holds the name in its bio."""
    SHOWS = 2
    """Has the account, bears the name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Postings:
    """One entry per (key, row), ascending: `row` is the profile's in the table, `rule` a Rule, `side` a Side."""

    key: NDArray[np.int64]
    row: Indices
    rule: NDArray[np.int8]
    side: NDArray[np.int8]

    def __len__(self) -> int:
        return len(self.key)

    def where(self, kept: NDArray[np.bool_]) -> "Postings":
        """Some of the entries."""
        return Postings(key=self.key[kept], row=self.row[kept], rule=self.rule[kept], side=self.side[kept])


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What the rows of a PROFILE_SCHEMA table show of who they are, by the counts of a model, before anything is numbered."""

    table: pa.Table
    names: NameTable
    addresses: AddressEntries
    sources: tuple[KeySource, ...]
    known: Reference


_Part = tuple[Rule, Indices, Hashes, Side]


def shown_of(table: pa.Table, known: Reference) -> Shown:
    """What postings and n-grams are made of."""
    names = name_table(table.column("display_name"), known)
    addresses = address_entries(table, known.hubs)
    sources = key_sources(handles_of(table), names, addresses.owner_words)
    return Shown(table=table, names=names, addresses=addresses, sources=sources, known=known)


def postings_of(shown: Shown) -> Postings:
    """The postings of every row; a row's do not depend on the other rows.

    Of mailboxes, only those called like each other are found: no database may hold the hash of a username beside it.
    """
    table, names, known = shown.table, shown.names, shown.known
    parts = [*_keys(shown.sources, names), *_names(names), *_scripts(names)]
    parts.append(_texts(Rule.ADDRESS, shown.addresses.shared))
    parts.append(_texts(Rule.EMAIL, entries_of(table.column("emails"))))
    parts.append(_texts(Rule.PHONE, entries_of(table.column("phones"))))
    parts.append(_texts(Rule.MAILBOX, entries_of(table.column("email_locals"))))
    parts += _accounts(table)
    parts.append(
        _texts(Rule.AVATAR, entries_by(table.column("avatar_hash"), lambda text: (text.lower(),) if text else ()))
    )
    parts += _names_in_bios(table, names, known)
    return _sorted(parts)


def mailbox_keys(hashed: pa.StringArray) -> NDArray[np.int64]:
    """The keys under which mailboxes that are called so are found; `hashed` are names as identifiers hold them."""
    return _mixed(text_hashes(hashed), _FIRST_RULE + Rule.MAILBOX).view(np.int64)


def _texts(rule: Rule, entries: Entries, side: Side = Side.BOTH) -> _Part:
    return rule, entries.rows, text_hashes(entries.texts), side


def _of_names(names: NameTable, name: Indices, hashes: Hashes) -> tuple[Indices, Hashes]:
    """Hashes that belong to distinct names, as those of the profiles that bear them; `name` ascends."""
    starts = np.searchsorted(name, np.arange(len(names.texts) + 1))
    shown = names.entries.values
    count = np.diff(starts)[shown]
    entry = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count - starts[shown], count)
    return np.repeat(names.entries.row_of_entry, count), hashes[entry]


def _keys(sources: Sequence[KeySource], names: NameTable) -> list[_Part]:
    parts: list[_Part] = []
    for source in sources:
        rows, hashes = source.keys.rows, text_hashes(source.keys.texts)
        if source.of_names:
            rows, hashes = _of_names(names, rows, hashes)
        parts.append((Rule.KEY, rows, hashes, Side.ASKS if source.kind >= FIRST_DERIVED else Side.BOTH))
    return parts


def _names(names: NameTable) -> list[_Part]:
    """Words, all words in any order, and one whole word with the initial of the other."""
    words = list(names.words)
    hashes = text_hashes(pa.array(words, pa.string()))
    initials = text_hashes(pa.array([word[0] for word in words], pa.string()))
    usable = np.array([len(word) >= MIN_WORD for word in words], dtype=bool)
    full = np.flatnonzero(names.lengths > 1)
    if not len(full):
        return []
    spelled = names.names[full]
    name, place = np.nonzero((spelled >= 0) & np.append(usable, False)[spelled])
    first, last = spelled[:, 0], spelled[np.arange(len(full)), names.lengths[full] - 1]
    bag = np.where(spelled >= 0, _mixed(hashes, _BAG)[spelled], np.uint64(0)).sum(axis=1, dtype=np.uint64)
    found = [
        (full[name], _mixed(hashes[spelled[name, place]], _WORD)),
        (full, _mixed(bag, _BAG)),
        (full, _mixed(hashes[last] + _mixed(initials[first], _INITIAL), _WITH_INITIAL)),
        (full, _mixed(hashes[first] + _mixed(initials[last], _INITIAL), _WITH_INITIAL)),
    ]
    return [(Rule.NAME, *_of_names(names, of_name, values), Side.BOTH) for of_name, values in found]


def _scripts(names: NameTable) -> list[_Part]:
    """Skeletons of names in Latin letters: those that a table made meet all, those that somebody wrote meet only these.

    What one profile writes may be what a table makes of another's name, so each (profile, name) is looked at for itself.
    """
    rows, shown, hashes = names.entries.row_of_entry, names.entries.values, text_hashes(names.texts)
    other = np.flatnonzero(~names.latin)
    latin = [transliterated(tuple(text.split(" "))) for text in names.texts.take(pa.array(other)).to_pylist()]
    made_of = np.zeros(len(names.texts), dtype=np.uint64)
    made_of[other] = text_hashes(pa.array([" ".join(words or ()) for words in latin], pa.string()))
    salt = rows.astype(np.uint64) * np.uint64(_ODD)
    made = np.isin(hashes[shown] + salt, (made_of[shown] + salt)[~names.latin[shown]])
    parts: list[_Part] = []
    for is_made, side in ((True, Side.BOTH), (False, Side.ASKS)):
        entry = np.flatnonzero(names.latin[shown] & (made == is_made))
        name, place = np.unique(shown[entry], return_inverse=True)
        written = names.texts.take(pa.array(name)).to_pylist()
        bare = pa.array([" ".join(skeletons(text, made=is_made)) for text in written], pa.string())
        kept = as_flags(pc.not_equal(bare, ""))[place]
        parts.append((Rule.SCRIPT, rows[entry[kept]], text_hashes(bare)[place[kept]], side))
    return parts


def _accounts(table: pa.Table) -> list[_Part]:
    """Who names an account or an @handle, and whose it is. What a profile says of its own account is left out."""
    own = entries_by(accounts_of(table), lambda text: (text.lower(),) if text else ())
    named = _lower(entries_of(table.column("accounts")))
    handle = entries_by(table.column("username"), lambda text: (_mention(text),) if text else ())
    mentioned = entries_of(table.column("mentions"))
    mentions = Entries(rows=mentioned.rows, texts=texts_by(mentioned.texts, _mention))
    parts: list[_Part] = []
    for rule, asking, showing in ((Rule.ACCOUNT, named, own), (Rule.MENTION, mentions, handle)):
        whose = np.zeros(table.num_rows, dtype=np.uint64)
        whose[showing.rows] = shown = text_hashes(showing.texts)
        asked = text_hashes(asking.texts)
        foreign = asked != whose[asking.rows]
        parts += [(rule, asking.rows[foreign], asked[foreign], Side.ASKS), (rule, showing.rows, shown, Side.SHOWS)]
    return parts


def _lower(entries: Entries) -> Entries:
    return Entries(rows=entries.rows, texts=texts_by(entries.texts, str.lower))


def _mention(handle: str) -> str:
    return handle.lower().lstrip("@")


def _names_in_bios(table: pa.Table, names: NameTable, known: Reference) -> list[_Part]:
    """Full names, and what in the bios of nameless profiles could be one: words of names that the model has seen."""
    spoken = np.flatnonzero(np.isin(names.lengths, NAME_WORDS))
    full = _of_names(names, spoken, text_hashes(names.texts.take(pa.array(spoken))))
    bios = telling_bios(table, folded(table.column("bio")))
    rows = np.flatnonzero(~names.has_name & as_flags(pc.not_equal(bios, "")))
    words = words_of(bios.take(pa.array(rows)))
    place = np.arange(len(words.rows)) - np.searchsorted(words.rows, words.rows, side="left")
    different = distinct(words.texts)
    usual = (known.spelling.words.of_texts(different.texts) > 0)[different.number]
    usual &= place < MAX_BIO_WORDS
    asking: list[_Part] = []
    for length in NAME_WORDS:
        begin = np.arange(max(len(usual) - length + 1, 0))
        fits = np.logical_and.reduce([usual[begin + step] for step in range(length)])
        begin = begin[fits & (words.rows[begin] == words.rows[begin + length - 1])]
        spelled = pc.binary_join_element_wise(
            *(words.texts.take(pa.array(begin + step)) for step in range(length)), " "
        )
        asking.append((Rule.NAME_IN_BIO, rows[words.rows[begin]], text_hashes(spelled), Side.ASKS))
    return [(Rule.NAME_IN_BIO, *full, Side.SHOWS), *asking]


def _mixed(hashes: Hashes, salt: int) -> Hashes:
    """Hashes that meet those of no other salt but by chance."""
    mixed = (hashes ^ np.uint64(salt * _ODD % 2**64)) * _MIX
    return mixed ^ (mixed >> np.uint64(32))


def _sorted(parts: list[_Part]) -> Postings:
    """All entries, each (key, row) once: who stands on both sides of a value, or shows what it derives too, shows it."""
    rule = np.concatenate([np.full(len(rows), rule, dtype=np.int8) for rule, rows, _, _ in parts])
    row = np.concatenate([rows for _, rows, _, _ in parts])
    side = np.concatenate([np.full(len(rows), side, dtype=np.int8) for _, rows, _, side in parts])
    key = np.concatenate([_mixed(hashes, _FIRST_RULE + rule) for rule, _, hashes, _ in parts]).view(np.int64)
    order = np.lexsort((side, row, key))
    key, row, rule, side = key[order], row[order], rule[order], side[order]
    first = np.ones(len(key), dtype=bool)
    first[1:] = (key[1:] != key[:-1]) | (row[1:] != row[:-1])
    return Postings(key=key[first], row=row[first], rule=rule[first], side=side[first])
