"""Exports in bulk: ordered, followed, cancelled, and fetched part by part."""

import asyncio
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Header, Path, Query
from starlette.requests import Request
from starlette.responses import Response

from creatorgraph.api.rest.access import Access, Exporter
from creatorgraph.api.rest.creator_route import PROBLEMS
from creatorgraph.api.rest.export_model import PLACE, ExportModel, ExportPage, ExportRequest, ManifestModel, part_name
from creatorgraph.api.rest.part_response import PartResponse, unchanged
from creatorgraph.api.rest.problem import MEDIA_TYPE, ProblemRoute
from creatorgraph.domain.export import ExportFormat, ExportId
from creatorgraph.domain.role import Scope
from creatorgraph.domain.tenant import TenantId
from creatorgraph.graphql.export import EXPORT_CURSOR
from creatorgraph.services.export_job.order import (
    cancel_export,
    exports_page,
    manifest_of,
    one_export,
    order_export,
    part_of,
)

MAX_PAGE = 100
MAX_NUMBER = 2**31 - 1
MEDIA_TYPES = {
    ExportFormat.CSV: "text/csv; charset=utf-8",
    ExportFormat.JSONL: "application/x-ndjson",
    ExportFormat.PARQUET: "application/vnd.apache.parquet",
}
_PROBLEM: dict[str, Any] = {"content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
_BYTES: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}
_NOT_FOUND: dict[int | str, dict[str, Any]] = {
    404: {**_PROBLEM, "description": "The tenant has no such export or part."}
}
_FETCHED: dict[int | str, dict[str, Any]] = {
    **_NOT_FOUND,
    409: {**_PROBLEM, "description": "It is not written yet."},
    410: {
        **_PROBLEM,
        "description": "It has failed, was cancelled or deleted, or its days are over: order another one.",
    },
}
_FILE: dict[int | str, dict[str, Any]] = {
    **_FETCHED,
    200: {
        "description": "The file. Its `ETag` is its SHA-256.",
        "content": {kind.partition(";")[0]: _BYTES for kind in MEDIA_TYPES.values()},
        "headers": {"ETag": {"schema": {"type": "string"}}, "Accept-Ranges": {"schema": {"type": "string"}}},
    },
    206: {
        "description": "The range that was asked for.",
        "content": {kind.partition(";")[0]: _BYTES for kind in MEDIA_TYPES.values()},
        "headers": {"Content-Range": {"schema": {"type": "string"}}},
    },
    304: {"description": "The client has it already: the tag of `If-None-Match` is the current one."},
    416: {**_PROBLEM, "description": "The range lies beyond the end."},
}
_ORDERED: dict[int | str, dict[str, Any]] = {
    **_NOT_FOUND,
    202: {
        "description": "It is ordered. `Location` says how far it is.",
        "headers": {"Location": {"schema": {"type": "string"}, "description": "The address of the export."}},
    },
    409: {**_PROBLEM, "description": "As many exports of the tenant are open as may be (`quota_exceeded`)."},
}
Id = Annotated[UUID, Path(description="The id of the export.")]

router = APIRouter(route_class=ProblemRoute, tags=["exports"], responses=PROBLEMS)


@router.post(PLACE, operation_id="startExport", status_code=202, responses=_ORDERED)
async def start(access: Exporter, asked: ExportRequest, response: Response) -> ExportModel:
    """Orders an export of every creator with profiles and links, or of those that changed. It is written in the background."""
    made = await asyncio.to_thread(
        order_export,
        access.engines,
        _owner(access),
        asked.format,
        asked_by=access.caller.subject,
        since=asked.since,
        since_export=None if asked.since_export is None else ExportId(asked.since_export.lower()),
    )
    response.headers["location"] = f"{PLACE}/{made.export_id}"
    return ExportModel.of(made)


@router.get(PLACE, operation_id="listExports")
async def listed(
    access: Exporter,
    page_size: Annotated[int, Query(ge=1, le=MAX_PAGE, description="How many at most.")] = 20,
    after: Annotated[str | None, Query(description="`next` of the answer before.")] = None,
) -> ExportPage:
    """The tenant's exports, the latest first."""
    page = await exports_page(access.engines, _owner(access), first=page_size, after=EXPORT_CURSOR.decode(after))
    following = EXPORT_CURSOR.encode(page.keys[-1]) if page.more else None
    return ExportPage(items=[ExportModel.of(each) for each in page.items], next=following)


@router.get(PLACE + "/{export_id}", operation_id="getExport", responses=_NOT_FOUND)
async def export(access: Exporter, export_id: Id) -> ExportModel:
    """How far an export is."""
    return ExportModel.of(await asyncio.to_thread(one_export, access.engines, _owner(access), ExportId(str(export_id))))


@router.delete(PLACE + "/{export_id}", operation_id="cancelExport", responses=_NOT_FOUND)
async def cancel(access: Exporter, export_id: Id) -> ExportModel:
    """Cancels an export that is open, or deletes the files of one that is ready; what has ended stays as it is."""
    found = await asyncio.to_thread(cancel_export, access.engines, _owner(access), ExportId(str(export_id)))
    return ExportModel.of(found)


@router.get(PLACE + "/{export_id}/manifest", operation_id="getExportManifest", responses=_FETCHED)
async def manifest(access: Exporter, export_id: Id) -> ManifestModel:
    """The parts of an export that is ready, with their checksums."""
    found, parts = await asyncio.to_thread(manifest_of, access.engines, _owner(access), ExportId(str(export_id)))
    return ManifestModel.of(found, parts)


@router.get(
    PLACE + "/{export_id}/parts/{number}", operation_id="getExportPart", response_class=Response, responses=_FILE
)
async def part(
    request: Request,
    access: Exporter,
    export_id: Id,
    number: Annotated[int, Path(ge=1, le=MAX_NUMBER, description="The number of the part.")],
    _range: Annotated[str | None, Header(alias="range", description="Such as `bytes=1000-`.")] = None,
    _if_range: Annotated[
        str | None,
        Header(alias="if-range", description="The `ETag` of what is there: with another one comes all of it."),
    ] = None,
) -> Response:
    """A file, whole or from where a download was cut off."""
    found = await asyncio.to_thread(part_of, access.engines, _owner(access), ExportId(str(export_id)), number)
    digest = found.part.sha256 or ""
    return unchanged(request, digest) or PartResponse.of(
        found.path,
        sha256=digest,
        media_type=MEDIA_TYPES[found.export.format],
        name=part_name(found.export, found.part),
    )


def _owner(access: Access) -> TenantId:
    return access.caller.require_tenant(Scope.EXPORT)
