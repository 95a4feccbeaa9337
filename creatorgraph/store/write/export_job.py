"""Exports and their parts, as they are ordered, written, ended and forgotten."""

from collections.abc import Collection, Sequence
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.export import Export, ExportId, ExportPart, ExportState
from creatorgraph.domain.tenant import TenantId
from creatorgraph.store.read.keyset import CreatorUuid, any_of
from creatorgraph.store.table import export, export_part

_OPEN = (ExportState.WAITING.value, ExportState.RUNNING.value)
_FORGET_CHANGES = sa.text("DELETE FROM change_log WHERE sequence > 0 AND at < now() - :kept")
_HOMES = sa.text(
    """
    SELECT DISTINCT held.id FROM identity_event AS entry
    CROSS JOIN LATERAL (VALUES (entry.creator_id), (entry.other_id)) AS held (id)
    WHERE entry.profiles && CAST(:names AS text[]) AND held.id IS NOT NULL
    """
)


def lock_orders(connection: sa.Connection, tenant_id: TenantId) -> None:
    """One order of a tenant at a time, so that two cannot both be its last one."""
    connection.execute(
        sa.text("SELECT pg_advisory_xact_lock(hashtext('creatorgraph.order'), hashtext(:tenant))"),
        {"tenant": tenant_id},
    )


def add_export(connection: sa.Connection, made: Export) -> None:
    connection.execute(
        export.insert().values(
            export_id=made.export_id,
            tenant_id=made.tenant_id,
            format=made.format.value,
            since=made.since,
            since_export=made.since_export,
            asked_by=made.asked_by,
        )
    )


def begin(connection: sa.Connection, export_id: ExportId, total: int) -> None:
    """It runs from now on, and is about so many creators."""
    _waiting = export.c.state == ExportState.WAITING.value
    connection.execute(
        export.update()
        .where(export.c.export_id == export_id, _waiting)
        .values(state=ExportState.RUNNING.value, total=total)
    )


def add_slice(
    connection: sa.Connection, wanted: Export, parts: Sequence[ExportPart], *, finished: bool, keep: timedelta
) -> bool:
    """Whether the parts count: not where the export was cancelled meanwhile. `finished`: nothing is left to write.

    The files can be fetched for `keep` from when it is finished for the first time.
    """
    values: dict[str, object] = {"worked_at": sa.func.clock_timestamp()}
    if finished:
        now = sa.func.clock_timestamp()
        values |= {
            "state": ExportState.READY.value,
            "finished_at": sa.func.coalesce(export.c.finished_at, now),
            "expires_at": sa.func.coalesce(export.c.expires_at, now + keep),
        }
    standing = export.update().where(export.c.export_id == wanted.export_id, export.c.state.in_(_OPEN)).values(values)
    if connection.execute(standing).rowcount == 0:
        return False
    names = ("number", "slice", "data", "after", "upto", "snapshot", "rows", "bytes", "sha256")
    owner = {"export_id": wanted.export_id, "tenant_id": wanted.tenant_id}
    statement = insert(export_part)
    written = {name: statement.excluded[name] for name in ("rows", "bytes", "sha256")}
    # a part that is written anew keeps its snapshot: whoever has fetched the first one misses no change after it
    connection.execute(
        statement.on_conflict_do_update(index_elements=["export_id", "number"], set_=written),
        [owner | {name: getattr(each, name) for name in names} for each in parts],
    )
    return True


def end(connection: sa.Connection, export_id: ExportId, state: ExportState, *, failure: str | None = None) -> bool:
    """Ends one that is open or ready; whether it was."""
    ended = export.update().where(
        export.c.export_id == export_id, export.c.state.in_((*_OPEN, ExportState.READY.value))
    )
    return connection.execute(ended.values(state=state.value, failure=failure)).rowcount > 0


def expire(connection: sa.Connection) -> None:
    """What could be fetched long enough is over."""
    over = (export.c.state == ExportState.READY.value) & (export.c.expires_at <= sa.func.now())
    connection.execute(export.update().where(over).values(state=ExportState.EXPIRED.value))


def forget(connection: sa.Connection, *, kept: timedelta) -> None:
    """Forgets what no export can go on from any more: orders and changes older than `kept`."""
    old = export.c.asked_at < sa.func.now() - kept
    ended = export.c.state.not_in((*_OPEN, ExportState.READY.value))
    connection.execute(export.delete().where(old, ended))
    connection.execute(_FORGET_CHANGES, {"kept": kept})


def exports_with_files(connection: sa.Connection) -> set[ExportId]:
    """Those whose files may be there."""
    kept = sa.select(export.c.export_id).where(export.c.state.in_((*_OPEN, ExportState.READY.value)))
    return {ExportId(each) for each in connection.scalars(kept)}


def homes_of(connection: sa.Connection, names: Collection[str]) -> list[CreatorId]:
    """Every creator that ever had one of the profiles, by the names that they have in the history now."""
    return [CreatorId(str(each)) for each in connection.scalars(_HOMES, {"names": list(names)})]


def mark_for_rewriting(connection: sa.Connection, creators: Collection[CreatorId]) -> int:
    """Every tenant's parts that may hold one of the creators are to be written anew; how many."""
    other = export_part.alias("other")
    ids = sa.select(sa.func.unnest(sa.cast(list(creators), sa.ARRAY(CreatorUuid))).label("id")).subquery("homes")
    within = (ids.c.id > other.c.after) & (ids.c.id <= other.c.upto)
    affected = sa.select(other.c.export_id, other.c.slice).where(sa.exists().where(within))
    with_files = sa.select(export.c.export_id).where(export.c.state.in_((*_OPEN, ExportState.READY.value)))
    marked = connection.execute(
        export_part.update()
        .where(
            sa.tuple_(export_part.c.export_id, export_part.c.slice).in_(affected),
            export_part.c.export_id.in_(with_files),
            export_part.c.sha256.is_not(None),
        )
        .values(sha256=None, rows=None, bytes=None)
        .returning(export_part.c.export_id)
    ).all()
    again = sorted({row.export_id for row in marked})
    connection.execute(
        export.update()
        .where(export.c.export_id == any_of(again, CreatorUuid), export.c.state == ExportState.READY.value)
        .values(state=ExportState.RUNNING.value)
    )
    return len(marked)
