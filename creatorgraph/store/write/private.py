"""Private profiles and contacts: kept, forgotten, matched anew. Every statement is of one tenant, or of the operator's steps."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB, insert

from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.private import PrivateId
from creatorgraph.domain.profile import ProfileId
from creatorgraph.domain.tenant import TenantId
from creatorgraph.store.read.keyset import CreatorUuid, Id, any_of
from creatorgraph.store.table import private_contact, private_profile

_GIVEN = (
    "platform", "account", "username", "account_id", "url", "display_name", "bio", "location", "website", "note",
    "identifiers", "digest",
)  # fmt: skip
_MATCH = ("creator_id", "matched_profile_id", "probability", "reasons", "model_version", "matched_at")
_STALE = sa.text(
    """
    UPDATE private_profile SET matched_at = NULL
    WHERE matched_at IS NOT NULL AND (
        matched_profile_id = ANY(CAST(:profiles AS text[]))
        OR creator_id = ANY(CAST(:creators AS uuid[]))
        OR account IN (
            SELECT i.value FROM identifier i JOIN profile_identifier h USING (identifier_id)
            WHERE i.kind = 'username' AND h.profile_id = ANY(CAST(:profiles AS text[]))
        )
    )
    """
)
_SETTLE = sa.text(
    """
    UPDATE private_profile SET
        creator_id = found.creator_id, matched_profile_id = found.matched_profile_id, probability = found.probability,
        reasons = found.reasons, model_version = found.model_version, matched_at = clock_timestamp()
    FROM jsonb_to_recordset(:found) AS found (
        private_id uuid, digest text, creator_id uuid, matched_profile_id text, probability float8, reasons jsonb,
        model_version text
    )
    WHERE private_profile.private_id = found.private_id AND encode(private_profile.digest, 'hex') = found.digest
    AND (found.creator_id IS NULL OR EXISTS (
        SELECT FROM creator WHERE creator.creator_id = found.creator_id AND creator.retired_at IS NULL
    ))
    """
).bindparams(sa.bindparam("found", type_=JSONB))


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRow:
    """What became of one record: its id, whether it is new, and whether anything was written."""

    private_id: PrivateId
    ref: str
    created: bool
    changed: bool


def upsert_private(
    connection: sa.Connection, tenant_id: TenantId, rows: Sequence[Mapping[str, Any]]
) -> dict[str, KeptRow]:
    """Creates or replaces by `ref`; what is equal to the last letter stays as it is, its match too. One statement each way.

    `rows` have `private_id` (for a new one), `ref` and all that was given. By ref.
    """
    known = {
        row.ref: row
        for row in connection.execute(
            sa.select(private_profile.c.ref, private_profile.c.private_id, private_profile.c.digest)
            .where(private_profile.c.ref == any_of([row["ref"] for row in rows], Id))
            .with_for_update()
        )
    }
    changed = [row for row in rows if row["ref"] not in known or bytes(known[row["ref"]].digest) != row["digest"]]
    written: dict[str, str] = {row.ref: row.private_id for row in known.values()}
    if changed:
        statement = insert(private_profile).values([{"tenant_id": tenant_id, **row} for row in changed])
        anew = {name: statement.excluded[name] for name in _GIVEN} | dict.fromkeys(_MATCH, sa.null())
        returned = connection.execute(
            statement.on_conflict_do_update(
                index_elements=["tenant_id", "ref"], set_={**anew, "updated_at": sa.func.clock_timestamp()}
            ).returning(private_profile.c.ref, private_profile.c.private_id)
        )
        written |= {row.ref: row.private_id for row in returned}
    touched = {row["ref"] for row in changed}
    return {
        row["ref"]: KeptRow(
            private_id=PrivateId(written[row["ref"]]),
            ref=row["ref"],
            created=row["ref"] not in known,
            changed=row["ref"] in touched,
        )
        for row in rows
    }


def replace_contacts(
    connection: sa.Connection, tenant_id: TenantId, owners: Collection[PrivateId], rows: Sequence[Mapping[str, Any]]
) -> None:
    """The contacts of these private profiles are these, and no others."""
    connection.execute(
        private_contact.delete().where(private_contact.c.private_id == any_of(list(owners), CreatorUuid))
    )
    if rows:
        connection.execute(private_contact.insert(), [{"tenant_id": tenant_id, **row} for row in rows])


def delete_private(connection: sa.Connection, refs: Collection[str]) -> int:
    """Forgets those of the refs that there are; how many."""
    return connection.execute(private_profile.delete().where(private_profile.c.ref == any_of(list(refs), Id))).rowcount


def settle(connection: sa.Connection, found: Sequence[Mapping[str, Any]]) -> None:
    """Writes what matching found, unless the record has changed or the creator has gone meanwhile: then it waits again."""
    if found:
        connection.execute(_SETTLE, {"found": list(found)})


def mark_stale(connection: sa.Connection, *, profiles: Sequence[ProfileId], creators: Sequence[CreatorId]) -> int:
    """Whatever was matched to one of these, or is an account of theirs, is to be matched anew; how many."""
    return connection.execute(_STALE, {"profiles": list(profiles), "creators": list(creators)}).rowcount


def erase_private(
    connection: sa.Connection, *, profiles: Sequence[ProfileId], creators: Sequence[CreatorId], accounts: Sequence[str]
) -> list[PrivateId]:
    """Deletes every tenant's record of these accounts, and what was matched to them; the ids of what went."""
    c = private_profile.c
    gone = connection.scalars(
        private_profile.delete()
        .where(
            sa.or_(
                c.matched_profile_id == any_of(profiles, Id),
                c.creator_id == any_of(creators, CreatorUuid),
                c.account == any_of(accounts, Id),
            )
        )
        .returning(c.private_id)
    )
    return [PrivateId(each) for each in gone]
