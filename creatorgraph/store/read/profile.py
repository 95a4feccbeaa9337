"""Profiles, as the store saw them: by id, by account, and the members of creators page by page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

import sqlalchemy as sa

from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.identifier import Identifier, IdentifierKind
from creatorgraph.domain.platform import Platform
from creatorgraph.domain.profile import Profile, ProfileId
from creatorgraph.store.read.bulk import PROFILE_FIELDS, identifiers_of, to_profile
from creatorgraph.store.read.keyset import (
    AnyRow,
    AnySelect,
    CreatorUuid,
    Id,
    Page,
    Part,
    any_bound,
    any_of,
    part_statement,
    read_parts,
    wanted,
)
from creatorgraph.store.table import identifier, membership, profile, profile_identifier


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileSeen:
    """A profile (without its identifiers) and what the store knows of its coming."""

    profile: Profile
    source: str
    first_seen_at: datetime
    last_seen_at: datetime
    changed_at: datetime


_SEEN = ("source", "first_seen_at", "last_seen_at", "changed_at")
_COLUMNS = [profile.c[name] for name in (*PROFILE_FIELDS, *_SEEN)]
# unknown follower counts sort below zero; a null could not be compared with the key of a page
_RANK = sa.func.coalesce(profile.c.followers, sa.literal_column("-1")).label("rank")

# made once: putting a statement together takes longer than running it
_BY_ID = sa.select(*_COLUMNS).where(profile.c.profile_id == any_bound(Id))
_OWNERS = sa.select(membership.c.profile_id, membership.c.creator_id).where(membership.c.profile_id == any_bound(Id))


def profiles_by_ids(connection: sa.Connection, ids: Sequence[ProfileId]) -> list[ProfileSeen | None]:
    """One entry per id, in the order of `ids`; None where there is no such profile."""
    rows = connection.execute(_BY_ID, {"ids": list(ids)})
    found = {row.profile_id: _seen(row) for row in rows}
    return [found.get(each) for each in ids]


def profiles_by_accounts(
    connection: sa.Connection, accounts: Sequence[tuple[Platform, str]]
) -> list[ProfileSeen | None]:
    """One entry per (platform, username in the platform's canonical spelling).

    Where sources gave one account several profile ids, the one that was seen last answers.
    """
    asked = (
        sa.func.unnest(
            sa.cast([platform.value for platform, _ in accounts], sa.ARRAY(sa.Text)),
            sa.cast([key for _, key in accounts], sa.ARRAY(Id)),
        )
        .table_valued(sa.column("platform", sa.Text), sa.column("key", Id))
        .render_derived(name="asked")
    )
    statement = (
        sa.select(*_COLUMNS, profile.c.username_key)
        .join(asked, sa.and_(profile.c.platform == asked.c.platform, profile.c.username_key == asked.c.key))
        .order_by(profile.c.last_seen_at, profile.c.profile_id.desc())
    )
    found = {(Platform(row.platform), row.username_key): _seen(row) for row in connection.execute(statement)}
    return [found.get(account) for account in accounts]


def profiles_by_account_ids(
    connection: sa.Connection, accounts: Sequence[tuple[Platform, str]]
) -> list[ProfileSeen | None]:
    """One entry per (platform, the platform's own id of the account); the one that was seen last, as above."""
    values = [f"{platform}:{account_id}" for platform, account_id in accounts]
    statement = (
        sa.select(*_COLUMNS, identifier.c.value)
        .join(profile_identifier, profile_identifier.c.profile_id == profile.c.profile_id)
        .join(identifier, identifier.c.identifier_id == profile_identifier.c.identifier_id)
        .where(identifier.c.kind == IdentifierKind.ACCOUNT_ID.value, identifier.c.value == any_of(values, Id))
        .order_by(profile.c.last_seen_at, profile.c.profile_id.desc())
    )
    found = {row.value: _seen(row) for row in connection.execute(statement)}
    return [found.get(value) for value in values]


@cache
def _page_of_members() -> AnySelect:
    asked = wanted(CreatorUuid, sa.BigInteger(), Id)
    after = sa.or_(
        asked.c.after_0.is_(None),
        asked.c.after_0 > _RANK,
        sa.and_(asked.c.after_0 == _RANK, profile.c.profile_id > asked.c.after_1),
    )
    child = (
        sa.select(*_COLUMNS, _RANK)
        .join(membership, membership.c.profile_id == profile.c.profile_id)
        .where(membership.c.creator_id == asked.c.parent, after)
        .order_by(_RANK.desc(), profile.c.profile_id)
    )
    return part_statement(asked, child)


def profiles_of_creators(connection: sa.Connection, parts: Sequence[Part]) -> list[Page[ProfileSeen]]:
    """A page of the members of each creator, most followers first, equals by id. The key is (rank, profile_id)."""
    return read_parts(connection, parts, _page_of_members(), ("rank", "profile_id"), _seen)


def creators_of_profiles(connection: sa.Connection, ids: Sequence[ProfileId]) -> list[CreatorId | None]:
    """The creator that each profile belongs to; None where it was not resolved yet or does not exist."""
    rows = connection.execute(_OWNERS, {"ids": list(ids)})
    found = {row.profile_id: CreatorId(row.creator_id) for row in rows}
    return [found.get(each) for each in ids]


def members_of_creators(connection: sa.Connection, ids: Sequence[CreatorId]) -> list[tuple[ProfileId, ...]]:
    """The profile ids of each creator, sorted; empty where there are none."""
    rows = connection.execute(
        sa.select(membership.c.creator_id, sa.func.array_agg(membership.c.profile_id).label("members"))
        .where(membership.c.creator_id == any_of(ids, CreatorUuid))
        .group_by(membership.c.creator_id)
    )
    found = {row.creator_id: tuple(sorted(row.members)) for row in rows}
    return [found.get(each, ()) for each in ids]


def identifiers_of_profiles(connection: sa.Connection, ids: Sequence[ProfileId]) -> list[tuple[Identifier, ...]]:
    """The identifiers of each profile, sorted by kind and value; emails and phones are hashes with a masked form."""
    held = identifiers_of(connection, ids)
    return [tuple(held.get(each, ())) for each in ids]


def _seen(row: AnyRow) -> ProfileSeen:
    return ProfileSeen(profile=to_profile(row), **{name: getattr(row, name) for name in _SEEN})
