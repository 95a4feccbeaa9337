"""Profiles and what belongs to them: upserted in batches, deleted by id."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from typing import Any

import orjson
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from creatorgraph.domain.identifier import IdentifierKind
from creatorgraph.domain.profile import Profile, ProfileId
from creatorgraph.store.read.keyset import Id, any_bound, any_of
from creatorgraph.store.table import contact, identifier, profile, profile_identifier, raw_payload
from creatorgraph.store.write.arrival import enqueue_arrivals
from creatorgraph.store.write.copy import insert_rows
from creatorgraph.store.write.notice import tell_profiles
from creatorgraph.store.write.outbox import announce
from creatorgraph.store.write.stage import stage

_FIELDS = (
    "platform", "username", "username_key", "account_id", "url", "display_name", "bio", "website", "links", "location",
    "language", "category", "company", "job_title", "followers", "engagement_rate", "verified", "status",
    "avatar_hash", "observed_at", "source", "digest",
)  # fmt: skip
_COLUMNS = ("profile_id", *_FIELDS)
_IDENTIFIER = ("kind", "value", "shown")
_PAYLOAD = ("profile_id", "payload", "expires_at")


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingContact:
    """A contact that the source consents to keep: its kind, its hash as in the identifiers, and the encrypted text."""

    kind: IdentifierKind
    value: str
    ciphertext: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingProfile:
    """A profile on its way in, with the payload that is safe to keep."""

    profile: Profile
    payload: dict[str, object]
    contacts: tuple[IncomingContact, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Upserted:
    """How many profiles were new, different, and just as before."""

    added: int
    changed: int
    unchanged: int


def upsert_profiles(
    connection: sa.Connection, incoming: Sequence[IncomingProfile], *, source: str, payloads_expire_at: datetime
) -> Upserted:
    """Writes profiles, identifiers, contacts and payloads of one batch; profile ids must be distinct in it.

    A profile whose content equals what is stored only has its `last_seen_at` moved: no event, no new payload.
    """
    staged = stage(connection, profile, _COLUMNS, (_row(item.profile, source) for item in incoming))
    touched = connection.execute(_upsert_profiles(staged.rows), staged.values).all()
    changed_ids = {row.profile_id for row in touched}
    unchanged = [item.profile.profile_id for item in incoming if item.profile.profile_id not in changed_ids]
    seen_again = connection.scalars(_SEEN_AGAIN, {"ids": unchanged}).all() if unchanged else []
    # not announced, for nothing is to be resolved or indexed anew; but answers tell when it was seen
    tell_profiles(connection, seen_again)
    fresh = [item for item in incoming if item.profile.profile_id in changed_ids]
    if fresh:
        _replace_identifiers(connection, [item.profile for item in fresh])
        _replace_contacts(connection, fresh)
        _replace_payloads(connection, fresh, payloads_expire_at)
        announce(connection, "profile.changed", "profiles", changed_ids)
        enqueue_arrivals(connection, changed_ids)
    added = sum(row.added for row in touched)
    return Upserted(added=added, changed=len(touched) - added, unchanged=len(incoming) - len(touched))


def delete_profiles(connection: sa.Connection, ids: Iterable[ProfileId]) -> int:
    """Deletes profiles with all that hangs on them; the graph and the indexes follow through the outbox."""
    wanted = sorted(set(ids))
    gone = connection.scalars(
        profile.delete().where(profile.c.profile_id == any_of(wanted, Id)).returning(profile.c.profile_id)
    ).all()
    announce(connection, "profile.deleted", "profiles", gone)
    return len(gone)


def expire_payloads(connection: sa.Connection) -> int:
    """Deletes raw payloads past their time."""
    return connection.execute(raw_payload.delete().where(raw_payload.c.expires_at < sa.func.now())).rowcount


def _row(item: Profile, source: str) -> tuple[object, ...]:
    usernames = item.identifier_values(IdentifierKind.USERNAME)
    key = usernames[0].partition(":")[2] if usernames else None
    content = orjson.dumps({**asdict(item), "observed_at": None, "source": source})
    values = {
        **{name: getattr(item, name) for name in _COLUMNS if hasattr(item, name)},
        "username_key": key,
        "links": list(item.links),
        "source": source,
        "digest": hashlib.sha256(content).digest(),
    }
    return tuple(values[name] for name in _COLUMNS)


def _replace_identifiers(connection: sa.Connection, profiles: Sequence[Profile]) -> None:
    found = {(p.profile_id, i.kind.value, i.value, i.field): i.shown for p in profiles for i in p.identifiers}
    distinct = {(kind, value): shown for (_, kind, value, _), shown in sorted(found.items(), reverse=True)}
    staged = stage(connection, identifier, _IDENTIFIER, ((*key, shown) for key, shown in distinct.items()))
    connection.execute(_add_identifiers(staged.rows), staged.values)
    known = connection.execute(_identifiers(staged.rows), staged.values)
    ids = {(row.kind, row.value): row.identifier_id for row in known}
    _replace(
        connection,
        profile_identifier,
        [item.profile_id for item in profiles],
        ("profile_id", "identifier_id", "field"),
        [(profile_id, ids[kind, value], field) for profile_id, kind, value, field in found],
    )


def _replace_contacts(connection: sa.Connection, incoming: Sequence[IncomingProfile]) -> None:
    kept = {(item.profile.profile_id, c.kind.value, c.value): c.ciphertext for item in incoming for c in item.contacts}
    _replace(
        connection,
        contact,
        [item.profile.profile_id for item in incoming],
        ("profile_id", "kind", "value", "ciphertext"),
        [(*key, text) for key, text in kept.items()],
    )


def _replace_payloads(connection: sa.Connection, incoming: Sequence[IncomingProfile], expires_at: datetime) -> None:
    staged = stage(
        connection,
        raw_payload,
        _PAYLOAD,
        ((item.profile.profile_id, orjson.dumps(item.payload, default=str).decode(), expires_at) for item in incoming),
    )
    connection.execute(_upsert_payloads(staged.rows), staged.values)


def _replace(
    connection: sa.Connection,
    table: sa.Table,
    profiles: Sequence[ProfileId],
    columns: tuple[str, ...],
    rows: Sequence[tuple[object, ...]],
) -> None:
    """Makes `rows` what a table that hangs on profiles has of these."""
    connection.execute(_delete_of(table), {"ids": list(profiles)})
    if rows:
        insert_rows(connection, table, columns, rows)


@cache
def _delete_of(table: sa.Table) -> sa.Delete:
    return table.delete().where(table.c.profile_id == any_bound(Id))


@cache
def _upsert_profiles(staged: sa.FromClause) -> Any:
    statement = insert(profile).from_select(list(_COLUMNS), sa.select(staged).order_by(staged.c.profile_id))
    new = statement.excluded
    return statement.on_conflict_do_update(
        index_elements=["profile_id"],
        set_={**{name: new[name] for name in _FIELDS}, "changed_at": sa.func.now(), "last_seen_at": sa.func.now()},
        where=profile.c.digest != new.digest,
    ).returning(profile.c.profile_id, sa.literal_column("profile.xmax = 0").label("added"))


_SEEN_AGAIN = (
    profile.update()
    .where(profile.c.profile_id == any_bound(Id), profile.c.last_seen_at < sa.func.now())
    .values(last_seen_at=sa.func.now())
    .returning(profile.c.profile_id)
)


@cache
def _add_identifiers(staged: sa.FromClause) -> Any:
    # ordered, so that two writers take the locks of shared identifiers in one order
    in_order = sa.select(staged).order_by(staged.c.kind, staged.c.value)
    return insert(identifier).from_select(list(_IDENTIFIER), in_order).on_conflict_do_nothing()


@cache
def _identifiers(staged: sa.FromClause) -> Any:
    same = sa.and_(identifier.c.kind == staged.c.kind, identifier.c.value == staged.c.value)
    return sa.select(identifier.c.identifier_id, identifier.c.kind, identifier.c.value).join(staged, same)


@cache
def _upsert_payloads(staged: sa.FromClause) -> Any:
    statement = insert(raw_payload).from_select(list(_PAYLOAD), sa.select(staged))
    new = statement.excluded
    return statement.on_conflict_do_update(
        index_elements=["profile_id"],
        set_={"payload": new.payload, "expires_at": new.expires_at, "received_at": sa.func.now()},
    )
