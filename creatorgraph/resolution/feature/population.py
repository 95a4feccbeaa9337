"""The population: every profile of a run as arrays, in the order of profile ids."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from creatorgraph.domain.platform import Platform
from creatorgraph.resolution.feature.account import AccountTable, account_table
from creatorgraph.resolution.feature.address import addresses
from creatorgraph.resolution.feature.audience import AudienceTable, audience_table
from creatorgraph.resolution.feature.avatar import AvatarTable, avatar_table
from creatorgraph.resolution.feature.incidence import Incidence, Indices, numbered
from creatorgraph.resolution.feature.key import KeyTable, key_table, keys_of
from creatorgraph.resolution.feature.language import LanguageTable, language_table
from creatorgraph.resolution.feature.mailbox import MailboxTable, mailbox_table
from creatorgraph.resolution.feature.name_in_bio import names_in_bios
from creatorgraph.resolution.feature.name_table import NameTable, name_table
from creatorgraph.resolution.feature.occupation import OccupationTable, occupation_table
from creatorgraph.resolution.feature.place import PlaceTable, place_table
from creatorgraph.resolution.feature.rarity import Rarity, measure
from creatorgraph.resolution.feature.word_table import LabelTable, WordTable, label_table, word_table
from creatorgraph.resolution.text.fold import fold
from creatorgraph.resolution.text.handle import handle_of
from creatorgraph.resolution.text.name import name_variants

MIN_BIO = 12
"""Characters from which a bio says something."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """Row i is the profile with the i-th profile id; tables are of that many rows. Signals read nothing else."""

    table: pa.Table
    platform: NDArray[np.int32]
    """Number of the platform; names in `platforms`."""
    platforms: tuple[str, ...]
    username: Indices
    """Number of (platform, folded username), -1 where there is none; equal numbers are one account."""
    single: NDArray[np.bool_]
    """Whether a second username on the platform speaks against one person, and the profile has a username."""
    handle: Indices
    """Number of the squashed username on whatever platform, -1 where there is none."""
    spelled: Indices
    """Number of the username as it is spelled, separators and all, in lower case; -1 where there is none."""
    keys: KeyTable
    names: NameTable
    rarity: Rarity
    own_hosts: Incidence
    addresses: Incidence
    emails: Incidence
    phones: Incidence
    accounts: AccountTable
    words: WordTable
    has_bio: NDArray[np.bool_]
    bio_names: NDArray[np.int64]
    """(n, 2) rows: the bio of the first, which shows no name, holds the full name of the second."""
    company: LabelTable
    occupation: OccupationTable
    places: PlaceTable
    languages: LanguageTable
    mailboxes: MailboxTable
    avatars: AvatarTable
    audience: AudienceTable
    vectors: NDArray[np.float32] | None
    has_vector: NDArray[np.bool_]

    @property
    def size(self) -> int:
        return len(self.platform)

    @property
    def pairs(self) -> float:
        """How many pairs of profiles there are."""
        return self.size * (self.size - 1) / 2


def population_of(table: pa.Table, vectors: NDArray[np.float32] | None) -> Population:
    """The population of a table of PROFILE_SCHEMA whose rows ascend by profile_id; `vectors` are aligned with it."""
    platform_names: list[str] = _texts(table, "platform")
    usernames = _texts(table, "username")
    bios = _texts(table, "bio")
    handles = [handle_of(p, u) for p, u in zip(platform_names, usernames, strict=True)]
    names = [name_variants(text) for text in _texts(table, "display_name")]
    places = addresses(_lists(table, "urls"), _lists(table, "hosts"), _lists(table, "listed_accounts"))
    key_rows = [keys_of(h, n, a.owner_words) for h, n, a in zip(handles, names, places, strict=True)]
    keys = key_table(key_rows)
    name_rows = name_table(names)
    folded = [fold(bio) if len(bio) >= MIN_BIO else "" for bio in bios]
    about = zip(folded, *(_texts(table, c) for c in ("job_title", "company", "category")), strict=True)
    written = [f"{bio} {fold(' '.join(rest))}" if bio else "" for bio, *rest in about]
    known = [frozenset(w for n in row for w in n).union(k) for row, k in zip(names, key_rows, strict=True)]
    platform, platforms = _number(platform_names)
    single_platform = np.array([Platform(p).one_account_each for p in platforms] or [False], dtype=bool)
    username = _username_numbers(table, platform_names, usernames)
    single = single_platform[platform] & (username >= 0)
    rarity = measure(keys.texts, keys.shown, name_rows.words, len(name_rows.names))
    return Population(
        table=table,
        platform=platform.astype(np.int32),
        platforms=tuple(platforms),
        username=username,
        single=single,
        spelled=_number([u.lower().lstrip("@") if h else "" for h, u in zip(handles, usernames, strict=True)], empty=True)[0],
        handle=_number([h or "" for h in handles], empty=True)[0],
        keys=keys,
        names=name_rows,
        rarity=rarity,
        own_hosts=numbered([sorted(a.own) for a in places])[0],
        addresses=numbered([sorted(a.shared) for a in places])[0],
        emails=numbered(_lists(table, "emails"))[0],
        phones=numbered(_lists(table, "phones"))[0],
        accounts=account_table(table, username),
        words=word_table(written, known),
        has_bio=np.array([bool(text) for text in folded], dtype=bool),
        bio_names=names_in_bios(folded, names),
        company=label_table([fold(text) for text in _texts(table, "company")]),
        occupation=occupation_table(
            [fold(text) for text in _texts(table, "category")], [fold(text) for text in _texts(table, "job_title")]
        ),
        places=place_table(_texts(table, "location")),
        languages=language_table(_texts(table, "language")),
        mailboxes=mailbox_table(_lists(table, "email_locals"), _texts(table, "username_local"), keys, rarity),
        avatars=avatar_table(_texts(table, "avatar_hash")),
        audience=audience_table(_lists(table, "audience")),
        vectors=vectors,
        has_vector=np.zeros(len(bios), dtype=bool) if vectors is None else np.any(vectors != 0, axis=1),
    )


def _texts(table: pa.Table, column: str) -> list[str]:
    values: list[str] = table.column(column).fill_null("").to_pylist()
    return values


def _lists(table: pa.Table, column: str) -> list[list[str]]:
    return [value or [] for value in table.column(column).to_pylist()]


def _number(texts: Sequence[str], *, empty: bool = False) -> tuple[Indices, list[str]]:
    number: dict[str, int] = {}
    found = [-1 if empty and not text else number.setdefault(text, len(number)) for text in texts]
    return np.array(found, dtype=np.int64), list(number)


def _username_numbers(table: pa.Table, platforms: Sequence[str], usernames: Sequence[str]) -> Indices:
    """One number per account: the canonical `platform:username` where ingest found it, else platform and folded name."""
    canonical = [row[0] if row else "" for row in _lists(table, "usernames")]
    spelled = [
        c.lower() if c else (f"{p}:{u.lower().lstrip('@')}" if u else "")
        for c, p, u in zip(canonical, platforms, usernames, strict=True)
    ]
    return _number(spelled, empty=True)[0]
