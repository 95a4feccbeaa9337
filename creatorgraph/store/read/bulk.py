"""Reads of everything, for resolution: streamed from server-side cursors, in the order of ids."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

import sqlalchemy as sa

from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.decision import Decision
from creatorgraph.domain.identifier import Identifier, IdentifierKind
from creatorgraph.domain.platform import Platform
from creatorgraph.domain.profile import Profile, ProfileId, ProfileStatus
from creatorgraph.store.read.decision import to_decision
from creatorgraph.store.read.keyset import CreatorUuid, Id, any_bound, any_of
from creatorgraph.store.table import decision, identifier, membership, profile, profile_identifier

PROFILE_FIELDS = (
    "profile_id", "platform", "username", "account_id", "url", "display_name", "bio", "website", "links", "location",
    "language", "category", "company", "job_title", "followers", "engagement_rate", "verified", "status",
    "avatar_hash", "observed_at",
)  # fmt: skip


_PROFILES = (
    sa.select(*(profile.c[name] for name in PROFILE_FIELDS))
    .where(profile.c.profile_id == any_bound(Id))
    .order_by(profile.c.profile_id)
)
_IDENTIFIERS = (
    sa.select(
        profile_identifier.c.profile_id,
        profile_identifier.c.field,
        identifier.c.kind,
        identifier.c.value,
        identifier.c.shown,
    )
    .join(identifier, identifier.c.identifier_id == profile_identifier.c.identifier_id)
    .where(profile_identifier.c.profile_id == any_bound(Id))
    .order_by(profile_identifier.c.profile_id, identifier.c.kind, identifier.c.value, profile_identifier.c.field)
)


def stream_profiles(connection: sa.Connection, *, batch_size: int = 10_000) -> Iterator[list[Profile]]:
    """All profiles with their identifiers, sorted by id, in batches of at most `batch_size`."""
    last = ""
    columns = [profile.c[name] for name in PROFILE_FIELDS]
    while True:
        rows = connection.execute(
            sa.select(*columns).where(profile.c.profile_id > last).order_by(profile.c.profile_id).limit(batch_size)
        ).all()
        if not rows:
            return
        last = rows[-1].profile_id
        held = identifiers_of(connection, [row.profile_id for row in rows])
        yield [to_profile(row, held[row.profile_id]) for row in rows]


def read_profiles(connection: sa.Connection, ids: Sequence[ProfileId]) -> list[Profile]:
    """The profiles of `ids` that exist, with their identifiers, sorted by id."""
    rows = connection.execute(_PROFILES, {"ids": list(ids)}).all()
    held = identifiers_of(connection, [row.profile_id for row in rows])
    return [to_profile(row, held[row.profile_id]) for row in rows]


def identifiers_of(connection: sa.Connection, ids: Sequence[str]) -> dict[str, list[Identifier]]:
    """The identifiers of each of `ids`, in a fixed order; an empty list where there are none."""
    rows = connection.execute(_IDENTIFIERS, {"ids": list(ids)})
    held: dict[str, list[Identifier]] = defaultdict(list)
    for row in rows:
        held[row.profile_id].append(
            Identifier(kind=IdentifierKind(row.kind), value=row.value, shown=row.shown, field=row.field)
        )
    return held


def to_profile(row: sa.Row[*tuple[Any, ...]], identifiers: Sequence[Identifier] = ()) -> Profile:
    """A row with the profile's columns as a domain object."""
    values = {name: getattr(row, name) for name in PROFILE_FIELDS}
    values["platform"] = Platform(values["platform"])
    values["status"] = ProfileStatus(values["status"])
    values["links"] = tuple(values["links"])
    return Profile(**values, identifiers=tuple(identifiers))


def read_memberships(connection: sa.Connection) -> dict[ProfileId, CreatorId]:
    rows = connection.execute(sa.select(membership.c.profile_id, membership.c.creator_id))
    return {ProfileId(row.profile_id): CreatorId(row.creator_id) for row in rows}


def read_members(connection: sa.Connection, creators: Sequence[str]) -> list[ProfileId]:
    """The profiles of these creators."""
    wanted = any_of(list(creators), CreatorUuid)
    return [
        ProfileId(profile_id)
        for profile_id in connection.scalars(
            sa.select(membership.c.profile_id).where(membership.c.creator_id == wanted)
        )
    ]


def read_first_seen(connection: sa.Connection) -> dict[ProfileId, datetime]:
    rows = connection.execute(sa.select(profile.c.profile_id, profile.c.first_seen_at))
    return {ProfileId(row.profile_id): row.first_seen_at for row in rows}


def read_decisions(connection: sa.Connection) -> list[Decision]:
    """Every decision, oldest first."""
    rows = connection.execute(sa.select(decision).order_by(decision.c.at, decision.c.decision_id))
    return [to_decision(row) for row in rows]


def content_digest(connection: sa.Connection) -> bytes:
    """A digest of all profiles and decisions; equal digests mean that a resolution would find the same."""
    decided = connection.scalar(
        sa.text("SELECT coalesce(string_agg(decision_id::text, ',' ORDER BY at, decision_id), '') FROM decision")
    )
    return sha256(b";".join((profile_digest(connection), str(decided).encode()))).digest()


def profile_digest(connection: sa.Connection, *, known: int | None = None) -> bytes:
    """A digest of the profiles: all, or those whose row number is at most `known` and those that belong to a creator.

    With `known` the highest row number that was read it is what it was then, unless one that was read has changed or gone, or
    another has found its creator since.
    """
    text = sa.text(
        """
        SELECT sha256(convert_to(
            coalesce(string_agg(profile_id || encode(digest, 'hex'), ',' ORDER BY profile_id), ''), 'UTF8'))
        FROM profile
        WHERE CAST(:known AS bigint) IS NULL OR row_id <= :known
            OR EXISTS (SELECT 1 FROM membership WHERE membership.profile_id = profile.profile_id)
        """
    )
    return bytes(connection.scalar(text, {"known": known}))


def last_row(connection: sa.Connection) -> int:
    """The highest row number of a profile; 0 where there is none."""
    return int(connection.scalar(sa.select(sa.func.coalesce(sa.func.max(profile.c.row_id), 0))) or 0)
