"""The population: every profile of a run as arrays, in the order of profile ids."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from creatorgraph.domain.platform import Platform
from creatorgraph.resolution.feature.account import AccountTable, account_table
from creatorgraph.resolution.feature.address import address_table
from creatorgraph.resolution.feature.audience import AudienceTable, audience_table
from creatorgraph.resolution.feature.avatar import AvatarTable, avatar_table
from creatorgraph.resolution.feature.column import (
    Entries,
    as_flags,
    batches,
    distinct,
    entries_of,
    flat,
    folded,
    joined,
    numbered_entries,
    without_nulls,
    words_of,
)
from creatorgraph.resolution.feature.followers import FollowersTable, followers_table
from creatorgraph.resolution.feature.handle import HandleTable, handle_table
from creatorgraph.resolution.feature.incidence import Incidence, Indices
from creatorgraph.resolution.feature.key import KeyTable, bits_of_wholes, key_sources, key_table, wholes_of
from creatorgraph.resolution.feature.language import LanguageTable, language_table
from creatorgraph.resolution.feature.mailbox import MailboxTable, mailbox_table
from creatorgraph.resolution.feature.name_in_bio import names_in_bios
from creatorgraph.resolution.feature.name_table import NameTable, name_table
from creatorgraph.resolution.feature.naming import accord_bits, naming_of
from creatorgraph.resolution.feature.occupation import OccupationTable, occupation_table
from creatorgraph.resolution.feature.place import PlaceTable, place_table
from creatorgraph.resolution.feature.rarity import Rarity, measure
from creatorgraph.resolution.feature.reference import Counts, Naming, Reference
from creatorgraph.resolution.feature.word_table import LabelTable, WordTable, label_table, word_table
from creatorgraph.resolution.text.fandom import NAMED, SAYS
from creatorgraph.resolution.text.handle import handle_of

_ROWS = 50_000
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
    handles: HandleTable
    keys: KeyTable
    names: NameTable
    naming: Naming
    accord: NDArray[np.float32]
    """Per name the bits by which its words come together more often than by chance."""
    wholes: Counts
    """The same by the key that a name is the whole of."""
    rarity: Rarity
    own_hosts: Incidence
    addresses: Incidence
    hubs: Counts
    """The hosts of many people's pages."""
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
    followers: FollowersTable
    about_somebody: NDArray[np.int8]
    """1 where a profile says that it is a page about somebody by others, such as a fan page; -1 where it has no words."""
    vectors: NDArray[np.float32] | None
    has_vector: NDArray[np.bool_]

    @property
    def size(self) -> int:
        return len(self.platform)

    @property
    def counts(self) -> Reference:
        """The counts by which it is weighed, less those of n-grams."""
        occupations, occupation_words = self.occupation.counts
        return Reference(
            spelling=self.rarity.spelling,
            naming=self.naming,
            bio_words=self.words.counts,
            places=self.places.counts,
            occupations=occupations,
            occupation_words=occupation_words,
            languages=self.languages.counts,
            audience=self.audience.counts,
            followers=self.followers.medians,
            hubs=self.hubs,
            written=self.names.written,
            asides=self.names.asides,
            wholes=self.wholes,
            handle_forms=self.handles.counts,
        )

    @property
    def pairs(self) -> float:
        """How many pairs of profiles there are."""
        return self.size * (self.size - 1) / 2


def population_of(table: pa.Table, vectors: NDArray[np.float32] | None, known: Reference | None = None) -> Population:
    """The population of a table of PROFILE_SCHEMA whose rows ascend by profile_id; `vectors` are aligned with it.

    `known` says how common words and spellings are, in place of these profiles themselves.
    """
    platform = distinct(table.column("platform"))
    username = distinct(accounts_of(table)).number
    handles = handles_of(table)
    names = name_table(table.column("display_name"), known)
    addresses = address_table(table, None if known is None else known.hubs)
    sources = key_sources(handles, names, addresses.owner_words)
    keys = key_table(sources, names)
    naming = naming_of(names) if known is None else known.naming
    accord = accord_bits(names, naming)
    rarity = measure(keys.texts, names.words, len(names.names), None if known is None else known.spelling)
    # who is called as the key is spelled has a name whose words go together
    wholes = wholes_of(sources, accord)
    rarity = rarity.less(bits_of_wholes(keys.texts, wholes, None if known is None else known.wholes))
    folded_bios = folded(table.column("bio"))
    bios = telling_bios(table, folded_bios)
    has_bio = as_flags(pc.not_equal(bios, ""))
    single_platform = np.array(
        [Platform(p).one_account_each for p in platform.texts.to_pylist()] or [False], dtype=bool
    )
    return Population(
        table=table,
        platform=platform.number.astype(np.int32),
        platforms=tuple(platform.texts.to_pylist()),
        username=username,
        single=single_platform[platform.number] & (username >= 0),
        handle=distinct(handles).number,
        spelled=distinct(_spelled(table, handles)).number,
        handles=handle_table(
            table.column("platform"),
            table.column("username"),
            names,
            None if known is None else known.handle_forms,
        ),
        keys=keys,
        names=names,
        naming=naming,
        accord=accord,
        wholes=wholes if known is None else known.wholes,
        rarity=rarity,
        own_hosts=addresses.own,
        addresses=addresses.shared,
        hubs=addresses.hubs,
        emails=_values(table, "emails"),
        phones=_values(table, "phones"),
        accounts=account_table(table, username),
        words=word_table(
            _written(table, bios, has_bio),
            [source.keys for source in sources if not source.of_names],
            [words_of(names.texts), *(source.keys for source in sources if source.of_names)],
            names.entries,
            None if known is None else known.bio_words,
        ),
        has_bio=has_bio,
        bio_names=names_in_bios(bios, names),
        company=label_table(table.column("company")),
        occupation=occupation_table(
            table.column("category"),
            table.column("job_title"),
            None if known is None else (known.occupations, known.occupation_words),
        ),
        places=place_table(table.column("location"), None if known is None else known.places),
        languages=language_table(table.column("language"), None if known is None else known.languages),
        mailboxes=mailbox_table(table.column("email_locals"), table.column("username_local"), keys, rarity),
        avatars=avatar_table(table.column("avatar_hash")),
        audience=audience_table(table.column("audience"), None if known is None else known.audience),
        followers=followers_table(
            table.column("followers"),
            platform.number,
            platform.texts.to_pylist(),
            None if known is None else known.followers,
        ),
        about_somebody=_about_somebody(table, folded_bios),
        vectors=vectors,
        has_vector=np.zeros(table.num_rows, dtype=bool) if vectors is None else _filled(vectors),
    )


def _values(table: pa.Table, column: str) -> Incidence:
    return numbered_entries(entries_of(table.column(column)), table.num_rows)[0]


def handles_of(table: pa.Table) -> pa.StringArray:
    """The squashed username that each profile chose, null where it has none."""
    parts = [
        pa.array(map(handle_of, platforms, usernames), pa.string())
        for platforms, usernames in batches(table.column("platform"), table.column("username"))
    ]
    return joined(parts)


def _spelled(table: pa.Table, handles: pa.StringArray) -> pa.StringArray:
    """The usernames as they are spelled, in lower case, null where the platform made the name up."""
    usernames = joined(table.column("username").chunks)
    return pc.if_else(pc.is_valid(handles), pc.utf8_ltrim(pc.utf8_lower(usernames), "@"), None)


def _about_somebody(table: pa.Table, bios: pa.StringArray) -> NDArray[np.int8]:
    """`is_about_somebody` of every profile with a name or a bio, -1 of the others; `bios` are folded."""
    shown = [without_nulls(flat(table.column(name))) for name in ("display_name", "bio")]
    given = np.logical_or(*(as_flags(pc.not_equal(texts, "")) for texts in shown))
    names = folded(shown[0])
    # both at once, because the pattern takes longer to read than a few texts do
    says = as_flags(flat(pc.match_substring_regex(pa.chunked_array([bios, names]), SAYS)))
    said = says[: len(bios)] | says[len(bios) :] | as_flags(pc.match_substring_regex(names, NAMED))
    return np.where(given, said, -1).astype(np.int8)


def accounts_of(table: pa.Table) -> pa.StringArray:
    """The account of each profile, null where it has none: the canonical `platform:username` where ingest found it, else
    platform and folded name."""
    columns = (table.column(name) for name in ("usernames", "platform", "username"))
    parts = [pa.array(map(_account, *rows), pa.string()) for rows in batches(*columns)]
    return joined(parts)


def _account(canonical: Sequence[str] | None, platform: str, username: str | None) -> str | None:
    if canonical and canonical[0]:
        return canonical[0].lower()
    return f"{platform}:{username.lower().lstrip('@')}" if username else None


def telling_bios(table: pa.Table, bios: pa.StringArray) -> pa.StringArray:
    """The folded bios, empty where a bio is too short to say something."""
    long_enough = pc.greater_equal(pc.utf8_length(flat(table.column("bio"))), MIN_BIO)
    return pc.if_else(long_enough, bios, pa.scalar("", pa.string())).fill_null("")


def _written(table: pa.Table, bios: pa.StringArray, has_bio: NDArray[np.bool_]) -> Entries:
    """The words of the bios, and of what else the profiles that have one say of themselves."""
    in_bio = words_of(bios)
    rest = [words_of(folded(table.column(name))) for name in ("job_title", "company", "category")]
    told = [(entries.rows, has_bio[entries.rows], entries.texts) for entries in rest]
    return Entries(
        rows=np.concatenate([in_bio.rows, *(rows[kept] for rows, kept, _ in told)]),
        texts=joined([in_bio.texts, *(texts.filter(pa.array(kept)) for _, kept, texts in told)]),
    )


def _filled(vectors: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Which rows are not all zeros, some rows at a time: a table of truth values would be a quarter of the vectors."""
    parts = [np.any(vectors[begin : begin + _ROWS], axis=1) for begin in range(0, len(vectors), _ROWS)]
    return np.concatenate(parts) if parts else np.zeros(0, dtype=bool)
