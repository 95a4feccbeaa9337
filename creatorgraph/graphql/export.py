"""The tenant's exports: to order, to follow and to cancel. The files themselves are fetched over REST."""

import asyncio
from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

import strawberry

from creatorgraph.domain import export as domain
from creatorgraph.domain.caller import Caller
from creatorgraph.domain.error import CreatorgraphError, InvalidInputError, NotFoundError
from creatorgraph.domain.export import ExportFormat, ExportId, ExportState
from creatorgraph.domain.role import Scope
from creatorgraph.domain.tenant import TenantId
from creatorgraph.graphql.context import Info
from creatorgraph.graphql.field import resolved
from creatorgraph.graphql.limit import page_size
from creatorgraph.graphql.node import EXPORT, global_id, uuid_of
from creatorgraph.graphql.outcome import NotFound, Problem
from creatorgraph.graphql.relay import After, Connection, Cursor, First
from creatorgraph.graphql.scalar import BigInt
from creatorgraph.services.export_job.order import (
    QuotaExceededError,
    cancel_export,
    exports_page,
    one_export,
    order_export,
)

EXPORT_CURSOR = Cursor("export", (datetime, UUID))
PLACE = "/v1/exports"
_argument = strawberry.argument
_field = strawberry.field
ExportIdArgument = Annotated[strawberry.ID, _argument(description="The global id or UUID of an export.")]


@strawberry.type(description="An export in bulk that the tenant has ordered.")
class Export:
    id: strawberry.ID = _field(description="The global id.")
    format: ExportFormat = _field(description="Of the files.")
    state: ExportState = _field(description="How far it is.")
    since: datetime | None = _field(description="It has what changed from here on; null: see `sinceExport`.")
    since_export: strawberry.ID | None = _field(
        description="It has what changed after this export; null, as `since`: it has everything."
    )
    asked_by: str = _field(description="Who ordered it.")
    asked_at: datetime = _field(description="When it was ordered.")
    finished_at: datetime | None = _field(description="When the last part was written; null: it is not.")
    expires_at: datetime | None = _field(description="Until when it can be fetched.")
    failure: str | None = _field(description="Why it has failed.")
    total: BigInt | None = _field(description="Creators that it is about, as counted when it began; null: it has not.")
    done: BigInt = _field(description="Those of them that are written.")
    parts: int = _field(description="Files that are written.")
    bytes: BigInt = _field(description="Of these files.")
    address: str = _field(
        description="Where REST has it: with `/manifest` its parts with checksums, with `/parts/1` one."
    )

    @classmethod
    def of(cls, found: domain.Export) -> Self:
        base = found.since_export
        return cls(
            id=global_id(EXPORT, found.export_id),
            format=found.format,
            state=found.state,
            since=found.since,
            since_export=None if base is None else global_id(EXPORT, base),
            asked_by=found.asked_by,
            asked_at=found.asked_at,
            finished_at=found.finished_at,
            expires_at=found.expires_at,
            failure=found.failure,
            total=None if found.total is None else BigInt(found.total),
            done=BigInt(found.done),
            parts=found.parts,
            bytes=BigInt(found.bytes),
            address=f"{PLACE}/{found.export_id}",
        )


@strawberry.type(description="It is ordered; follow its `state`.")
class ExportStarted:
    export: Export = _field(description="The new export.")


@strawberry.type(description="It is cancelled, or its files are deleted; what had ended before is as it was.")
class ExportCancelled:
    export: Export = _field(description="The export as it is now.")


@strawberry.type(description="As many exports of the tenant are open as may be.")
class ExportQuotaExceeded(Problem):
    @classmethod
    def of(cls, error: CreatorgraphError) -> Self:
        return cls(message=error.what, mend=error.mend or "")


@strawberry.type(
    description="This cannot be exported: a time that lies ahead or too far back, an export never finished."
)
class InvalidExport(Problem):
    @classmethod
    def of(cls, error: CreatorgraphError) -> Self:
        return cls(message=error.what, mend=error.mend or "")


StartExportResult = Annotated[
    ExportStarted | ExportQuotaExceeded | InvalidExport | NotFound,
    strawberry.union("StartExportResult", description="What became of an order."),
]
CancelExportResult = Annotated[
    ExportCancelled | NotFound,
    strawberry.union("CancelExportResult", description="What became of a cancellation."),
]


@strawberry.type
class ExportQuery:
    @resolved("The tenant's exports, the latest first. Needs the scope `export`.")
    async def exports(self, info: Info, first: First, after: After = None) -> Connection[Export]:
        own, key = _owner(info), EXPORT_CURSOR.decode(after)
        page = await exports_page(info.context.engines, own, first=page_size(first), after=key)
        return EXPORT_CURSOR.connection(page, [Export.of(each) for each in page.items], key)

    @resolved("One of the tenant's exports; null where it has none of this id. Needs the scope `export`.")
    async def export(self, info: Info, id: ExportIdArgument) -> Export | None:  # noqa: A002
        own, export_id = _owner(info), ExportId(uuid_of(EXPORT, id))
        try:
            return Export.of(await asyncio.to_thread(one_export, info.context.engines, own, export_id))
        except NotFoundError:
            return None


@strawberry.type
class ExportMutation:
    @resolved(
        "Orders an export of every creator with profiles and links, or of those that changed. Needs the scope `export`."
    )
    async def start_export(
        self,
        info: Info,
        format: Annotated[ExportFormat, _argument(description="Of the files.")],  # noqa: A002
        since: Annotated[datetime | None, _argument(description="What changed from here on; null: see below.")] = None,
        since_export: Annotated[
            strawberry.ID | None,
            _argument(description="What changed after this export: its id. Null, as `since`: everything."),
        ] = None,
    ) -> StartExportResult:
        own, caller = _owner(info), info.context.caller
        base = None if since_export is None else ExportId(uuid_of(EXPORT, since_export))
        try:
            made = await asyncio.to_thread(
                order_export,
                info.context.engines,
                own,
                format,
                asked_by=caller.subject,
                since=since,
                since_export=base,
            )
        except QuotaExceededError as error:
            return ExportQuotaExceeded.of(error)
        except InvalidInputError as error:
            return InvalidExport.of(error)
        except NotFoundError as error:
            return NotFound.of(error)
        return ExportStarted(export=Export.of(made))

    @resolved("Cancels an export that is open, or deletes the files of one that is ready. Needs the scope `export`.")
    async def cancel_export(self, info: Info, id: ExportIdArgument) -> CancelExportResult:  # noqa: A002
        own, export_id = _owner(info), ExportId(uuid_of(EXPORT, id))
        try:
            found = await asyncio.to_thread(cancel_export, info.context.engines, own, export_id)
        except NotFoundError as error:
            return NotFound.of(error)
        return ExportCancelled(export=Export.of(found))


def _owner(info: Info) -> TenantId:
    caller: Caller = info.context.caller
    return caller.require_tenant(Scope.EXPORT)
