"""Exports and their parts. What is read is what the transaction's role may see: one tenant's, or all tenants'."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import UUID

from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.export import Export, ExportData, ExportFormat, ExportId, ExportPart, ExportState
from creatorgraph.domain.tenant import TenantId
from creatorgraph.store.read.keyset import AnyRow, AnySelect, Key, Page, to_page
from creatorgraph.store.table import creator, export, export_part

FIRST_ID: Final = "00000000-0000-0000-0000-000000000000"
LAST_ID: Final = "ffffffff-ffff-ffff-ffff-ffffffffffff"
"""Below and above every id of a creator."""

_COUNTED = (ExportData.CREATORS.value, ExportData.RETIRED.value)
_OPEN = (ExportState.WAITING.value, ExportState.RUNNING.value)
_TRY_LOCK = sa.text("SELECT pg_try_advisory_xact_lock(hashtext('creatorgraph.export'), hashtext(:id))")
# what is not pruned from the outbox yet is not in the log yet: both together are every change that the snapshot sees
_CHANGES = """
    SELECT transaction, at, unnest(creators) AS creator_id FROM change_log {log}
    UNION ALL
    SELECT transaction, 'infinity', CAST(id.text AS uuid)
    FROM outbox, jsonb_array_elements_text(payload -> 'creators') AS id (text)
    UNION ALL
    SELECT transaction, 'infinity', membership.creator_id
    FROM outbox, jsonb_array_elements_text(payload -> 'profiles') AS id (text)
    JOIN membership ON membership.profile_id = id.text
"""
_SINCE_TIME = sa.text(
    f"""
    SELECT DISTINCT creator_id FROM ({_CHANGES.format(log="WHERE at >= :since")}) AS change
    WHERE creator_id > :after AND creator_id <= :upto ORDER BY creator_id LIMIT :limit
    """  # noqa: S608  constants alone
).columns(creator_id=UUID(as_uuid=False))
_SINCE_EXPORT = sa.text(
    f"""
    WITH base AS MATERIALIZED (
        SELECT after, upto, CAST(snapshot AS pg_snapshot) AS seen
        FROM (SELECT DISTINCT after, upto, snapshot FROM export_part WHERE export_id = :base) AS slice
    ),
    oldest AS (SELECT CAST(CAST(min(pg_snapshot_xmin(seen)) AS text) AS bigint) AS transaction FROM base)
    SELECT DISTINCT change.creator_id
    FROM ({_CHANGES.format(log="WHERE transaction >= (SELECT transaction FROM oldest)")}) AS change
    JOIN base ON change.creator_id > base.after AND change.creator_id <= base.upto
    WHERE change.creator_id > :after AND change.creator_id <= :upto
    AND NOT pg_visible_in_snapshot(CAST(CAST(change.transaction AS text) AS xid8), base.seen)
    ORDER BY change.creator_id LIMIT :limit
    """  # noqa: S608
).columns(creator_id=UUID(as_uuid=False))


def exports(connection: sa.Connection, ids: Sequence[ExportId]) -> list[Export]:
    return [_export(row) for row in connection.execute(_listed().where(export.c.export_id.in_(ids)))]


def page_of_exports(connection: sa.Connection, *, first: int, after: Key | None = None) -> Page[Export]:
    """The latest first. The key of a row is (asked_at, export_id)."""
    columns = (export.c.asked_at, export.c.export_id)
    statement = _listed().order_by(*(each.desc() for each in columns)).limit(first + 1)
    if after is not None:
        asked_at, export_id = after
        key = sa.tuple_(sa.literal(asked_at, columns[0].type), sa.literal(export_id, columns[1].type))
        statement = statement.where(sa.tuple_(*columns) < key)
    return to_page(connection.execute(statement).all(), first, ("asked_at", "export_id"), _export)


def parts_of(connection: sa.Connection, export_id: ExportId) -> list[ExportPart]:
    """In the order of their numbers."""
    rows = connection.execute(
        sa.select(export_part).where(export_part.c.export_id == export_id).order_by(export_part.c.number)
    )
    return [_part(row) for row in rows]


def count_open(connection: sa.Connection) -> int:
    """How many wait or run for the first time; what is written anew was not ordered again."""
    unfinished = export.c.state.in_(_OPEN) & export.c.finished_at.is_(None)
    return int(connection.scalar(sa.select(sa.func.count()).where(unfinished)) or 0)


def any_open(connection: sa.Connection) -> bool:
    """Of any tenant; for the operator's role."""
    return bool(connection.scalar(sa.select(sa.exists().where(export.c.state.in_(_OPEN)))))


def standing(connection: sa.Connection, export_id: ExportId) -> bool:
    """Whether it is still to be written: neither cancelled nor gone."""
    found = sa.select(export.c.export_id).where(export.c.export_id == export_id, export.c.state.in_(_OPEN))
    return connection.scalar(found) is not None


def take_export(connection: sa.Connection) -> Export | None:
    """The next one to go on with, which is nobody else's until the transaction ends: the tenants take turns."""
    other = export.alias("other")
    last_turn = (
        sa.select(sa.func.max(other.c.worked_at)).where(other.c.tenant_id == export.c.tenant_id).scalar_subquery()
    )
    waiting = (
        sa.select(export.c.export_id)
        .where(export.c.state.in_(_OPEN))
        .order_by(last_turn.asc().nulls_first(), export.c.asked_at, export.c.export_id)
    )
    for export_id in connection.scalars(waiting).all():
        if connection.scalar(_TRY_LOCK, {"id": export_id}):
            # read under the lock: another process may just have finished it
            for found in exports(connection, [ExportId(export_id)]):
                if found.state.open:
                    return found
    return None


def slice_ids(
    connection: sa.Connection, wanted: Export, *, after: str, upto: str, limit: int | None
) -> list[CreatorId]:
    """Ids in (`after`, `upto`] that the export is about, in their order: the living, or those that changed, living or not.

    None as `limit`: all of them.
    """
    span = {"after": after, "upto": upto, "limit": limit}
    if wanted.since is not None:
        rows = connection.scalars(_SINCE_TIME, {**span, "since": wanted.since})
    elif wanted.since_export is not None:
        rows = connection.scalars(_SINCE_EXPORT, {**span, "base": wanted.since_export})
    else:
        living = sa.select(creator.c.creator_id).where(creator.c.retired_at.is_(None))
        living = living.where(creator.c.creator_id > after, creator.c.creator_id <= upto)
        rows = connection.scalars(living.order_by(creator.c.creator_id).limit(limit))
    return [CreatorId(each) for each in rows]


def count_wanted(connection: sa.Connection, wanted: Export) -> int:
    """How many creators an export is about now."""
    if wanted.of_changes:
        return len(slice_ids(connection, wanted, after=FIRST_ID, upto=LAST_ID, limit=None))
    return int(connection.scalar(sa.select(sa.func.count()).where(creator.c.retired_at.is_(None))) or 0)


def snapshot_here(connection: sa.Connection) -> str:
    """What this transaction sees, in PostgreSQL's own words; the same to its end where it is REPEATABLE READ."""
    return str(connection.scalar(sa.text("SELECT CAST(pg_current_snapshot() AS text)")))


def log_begins(connection: sa.Connection) -> datetime:
    """Since when changes are logged at all."""
    found: datetime = connection.execute(sa.text("SELECT at FROM change_log WHERE sequence = 0")).scalar_one()
    return found


def _listed() -> AnySelect:
    part = export_part.c
    written = sa.select(
        sa.func.count(part.sha256).label("parts"),
        sa.func.coalesce(sa.func.sum(part.bytes), 0).label("bytes"),
        sa.func.coalesce(sa.func.sum(part.rows).filter(part.data.in_(_COUNTED)), 0).label("done"),
    ).where(part.export_id == export.c.export_id)
    over = (export.c.state == ExportState.READY.value) & (export.c.expires_at <= sa.func.now())
    state = sa.case((over, ExportState.EXPIRED.value), else_=export.c.state).label("state_now")
    lateral = written.lateral("written")
    return sa.select(export, state, lateral.c.parts, lateral.c.bytes, lateral.c.done).join(lateral, sa.true())


def _export(row: AnyRow) -> Export:
    return Export(
        export_id=ExportId(row.export_id),
        tenant_id=TenantId(row.tenant_id),
        format=ExportFormat(row.format),
        since=row.since,
        since_export=None if row.since_export is None else ExportId(row.since_export),
        state=ExportState(row.state_now),
        asked_by=row.asked_by,
        asked_at=row.asked_at,
        finished_at=row.finished_at,
        expires_at=row.expires_at,
        failure=row.failure,
        total=row.total,
        done=int(row.done),
        parts=row.parts,
        bytes=int(row.bytes),
    )


def _part(row: AnyRow) -> ExportPart:
    return ExportPart(
        number=row.number,
        slice=row.slice,
        data=ExportData(row.data),
        after=row.after,
        upto=row.upto,
        snapshot=row.snapshot,
        rows=row.rows,
        bytes=row.bytes,
        sha256=row.sha256,
    )
