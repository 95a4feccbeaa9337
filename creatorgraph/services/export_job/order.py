"""What a tenant does about its exports: order, look, cancel, fetch. The writing is another's (work.py)."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import uuid_utils

from creatorgraph.config import Settings
from creatorgraph.domain.error import BusyError, CreatorgraphError, InvalidInputError, NotFoundError
from creatorgraph.domain.export import Export, ExportFormat, ExportId, ExportPart, ExportState
from creatorgraph.domain.tenant import TenantId
from creatorgraph.services.engines import Engines
from creatorgraph.services.export_job.folder import path_of, remove_folder
from creatorgraph.store.read.export_job import count_open, exports, log_begins, page_of_exports, parts_of
from creatorgraph.store.read.keyset import Key, Page
from creatorgraph.store.write.export_job import add_export, end, lock_orders

_ORDER_ANEW = "Order an export of everything."


class QuotaExceededError(CreatorgraphError):
    """The tenant has as many open exports as it may."""

    code = "quota_exceeded"


class NotReadyError(CreatorgraphError):
    """The export is not written yet."""

    code = "not_ready"


class ExportGoneError(CreatorgraphError):
    """The files of the export are deleted, or were never finished."""

    code = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class FilePart:
    """A part that can be fetched."""

    export: Export
    part: ExportPart
    path: Path


def order_export(
    engines: Engines,
    tenant_id: TenantId,
    file_format: ExportFormat,
    *,
    asked_by: str,
    since: datetime | None = None,
    since_export: ExportId | None = None,
) -> Export:
    """Orders an export of everything, or of what changed since a time or since another export of this tenant.

    Raises:
        InvalidInputError: the time has no zone, lies ahead or too far back, or both beginnings are given; or the other export was
            never finished.
        NotFoundError: the tenant has no such other export.
        QuotaExceededError: too many of its exports are open.
    """
    if since is not None and since_export is not None:
        raise InvalidInputError("an export begins at one place", where="since", mend="Give a time or an export.")
    made = Export(
        export_id=ExportId(str(uuid_utils.uuid7())),
        tenant_id=tenant_id,
        format=file_format,
        since=since,
        since_export=since_export,
        state=ExportState.WAITING,
        asked_by=asked_by,
        asked_at=datetime.now(UTC),
        finished_at=None,
        expires_at=None,
        failure=None,
        total=None,
        done=0,
        parts=0,
        bytes=0,
    )
    with engines.database.for_tenant(tenant_id) as connection:
        lock_orders(connection, tenant_id)
        reach = max(log_begins(connection), made.asked_at - timedelta(days=engines.settings.export_change_days))
        if since is not None:
            _check_time(since, now=made.asked_at, reach=reach)
        if since_export is not None:
            found = exports(connection, [since_export])
            if not found:
                raise _missing()
            _check_base(found[0], reach=reach)
        if count_open(connection) >= engines.settings.export_open_most:
            raise QuotaExceededError(
                f"{engines.settings.export_open_most} exports are open, which is as many as may be",
                mend="Wait until one is ready, or cancel one.",
            )
        add_export(connection, made)
        return exports(connection, [made.export_id])[0]


def one_export(engines: Engines, tenant_id: TenantId, export_id: ExportId) -> Export:
    """Raises NotFoundError where the tenant has none of this id."""
    with engines.database.for_tenant(tenant_id) as connection:
        for found in exports(connection, [export_id]):
            return found
    raise _missing()


async def exports_page(engines: Engines, tenant_id: TenantId, *, first: int, after: Key | None) -> Page[Export]:
    """The latest first; the key of each is (asked_at, export_id)."""
    return await engines.database.ask_for_tenant(tenant_id, page_of_exports, first=first, after=after)


def cancel_export(engines: Engines, tenant_id: TenantId, export_id: ExportId) -> Export:
    """Stops one that is open, deletes the files of one that is ready; what has ended stays as it is.

    Raises:
        NotFoundError: the tenant has none of this id.
    """
    with engines.database.for_tenant(tenant_id) as connection:
        found = exports(connection, [export_id])
        if not found:
            raise _missing()
        # what is written anew was ready, and can be gone on from
        ended = ExportState.CANCELLED if found[0].finished_at is None else ExportState.DELETED
        stopped = end(connection, export_id, ended)
    if stopped:
        remove_folder(engines.settings, export_id)
    return one_export(engines, tenant_id, export_id)


def manifest_of(engines: Engines, tenant_id: TenantId, export_id: ExportId) -> tuple[Export, list[ExportPart]]:
    """The export and its parts, once all of them are written.

    Raises:
        NotFoundError, NotReadyError, ExportGoneError, BusyError: as `part_of`.
    """
    with engines.database.for_tenant(tenant_id) as connection:
        for found in exports(connection, [export_id]):
            _check_standing(found)
            if found.state is not ExportState.READY:
                raise _again(found)
            return found, parts_of(connection, export_id)
    raise _missing()


def part_of(engines: Engines, tenant_id: TenantId, export_id: ExportId, number: int) -> FilePart:
    """A part, which may be fetched before the others are written.

    Raises:
        NotFoundError: the tenant has no such export, or the export no such part.
        NotReadyError: it is not written yet.
        ExportGoneError: the export has failed, was cancelled or deleted, or its days are over.
        BusyError: it is being written anew, because somebody was erased.
    """
    with engines.database.for_tenant(tenant_id) as connection:
        for found in exports(connection, [export_id]):
            _check_standing(found)
            for part in parts_of(connection, export_id):
                if part.number == number:
                    return _file(engines.settings, found, part)
            if found.state is ExportState.READY:
                raise NotFoundError("the export has no such part", mend="Take the numbers of the manifest.")
            raise _again(found)
    raise _missing()


def _file(settings: Settings, found: Export, part: ExportPart) -> FilePart:
    path = path_of(settings, found, part)
    if part.sha256 is None or not path.is_file():
        raise _again(replace(found, state=ExportState.RUNNING))
    return FilePart(export=found, part=part, path=path)


def _check_standing(found: Export) -> None:
    """Raises ExportGoneError where there is nothing to fetch any more."""
    if not found.state.open and found.state is not ExportState.READY:
        what = {
            ExportState.FAILED: "the export has failed",
            ExportState.CANCELLED: "the export was cancelled",
            ExportState.DELETED: "the files of the export were deleted",
            ExportState.EXPIRED: "the days for fetching the export are over",
        }[found.state]
        raise ExportGoneError(what, mend="Order another one.")


def _again(found: Export) -> CreatorgraphError:
    """Why an export that is under way does not answer yet."""
    if found.finished_at is None:
        return NotReadyError("the export is not written yet", mend="Ask for its state now and then.")
    return BusyError(
        "somebody was erased, and the parts that may hold them are written anew",
        mend="Ask again, and fetch anew each part whose checksum differs.",
    )


def _check_time(since: datetime, *, now: datetime, reach: datetime) -> None:
    if since.tzinfo is None:
        raise InvalidInputError("the time has no zone", where="since", mend="Write it as 2026-01-31T00:00:00Z.")
    if since > now:
        raise InvalidInputError("the time lies ahead", where="since", mend="Give one that is past.")
    if since < reach:
        raise InvalidInputError(f"changes are known since {reach.isoformat()}", where="since", mend=_ORDER_ANEW)


def _check_base(base: Export, *, reach: datetime) -> None:
    if base.finished_at is None:
        raise InvalidInputError(
            "this export was never finished",
            where="since_export",
            mend="Give one that was ready, or " + _ORDER_ANEW.lower(),
        )
    if base.asked_at < reach:
        raise InvalidInputError("this export is too old to go on from", where="since_export", mend=_ORDER_ANEW)


def _missing() -> NotFoundError:
    return NotFoundError("there is no such export", mend="Pass an id as the API gave it.")
