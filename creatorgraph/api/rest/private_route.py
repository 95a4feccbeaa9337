"""What a tenant keeps of its own about creators, and who has read the contacts among it."""

import asyncio
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Path, Query, Response
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from creatorgraph.api.rest.access import Access, Keeper
from creatorgraph.api.rest.creator_route import PROBLEMS
from creatorgraph.api.rest.private_model import (
    ContactReadModel,
    ContactReadPage,
    PrivateBody,
    PrivateItem,
    PrivateModel,
    PrivatePage,
    PrivateResult,
    PrivateResults,
)
from creatorgraph.api.rest.problem import MEDIA_TYPE, ProblemRoute, problem_of
from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.error import CreatorgraphError, InvalidInputError, NotFoundError
from creatorgraph.domain.private import PrivateId, PrivateProfile, PrivateState, ShownContact
from creatorgraph.domain.role import Scope
from creatorgraph.domain.tenant import TenantId
from creatorgraph.graphql.limit import MAX_FIRST, usable
from creatorgraph.graphql.private import PRIVATE_CURSOR, READ_CURSOR
from creatorgraph.services.private.contact import contact_reads, contacts_in_full
from creatorgraph.services.private.profile import MOST_AT_ONCE, Kept, forget_private, keep_private
from creatorgraph.services.private.record import MOST_REF, PrivateRecord
from creatorgraph.store.read.private import PrivateFilter, page_of_private, private_by_refs

PLACE = "/v1/private-profiles"
_PROBLEM = {"content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
_NOT_FOUND: dict[int | str, dict[str, Any]] = {404: {**_PROBLEM, "description": "There is none of the ref."}}
_PUT: dict[int | str, dict[str, Any]] = {
    201: {"description": "It is new.", "model": PrivateModel},
    409: {**_PROBLEM, "description": "Somebody who asked to be erased has the account."},
}
Ref = Annotated[str, Path(max_length=MOST_REF, description="Your own key.", examples=["crm-17"])]
Shown = Annotated[
    Literal["masked", "full"], Query(description="`full` shows what is kept of them, and writes it into the log.")
]
PageSize = Annotated[int, Query(ge=1, le=MAX_FIRST, description="How many at most.")]
AfterText = Annotated[str | None, Query(description="`next` of the answer before.")]

router = APIRouter(route_class=ProblemRoute, tags=["private"], responses=PROBLEMS)


class PrivateBatch(BaseModel):
    """Several records."""

    model_config = ConfigDict(extra="forbid")
    profiles: list[dict[str, Any]] = Field(
        max_length=MOST_AT_ONCE,
        description="Each as the body of a PUT, with its `ref` beside; one that cannot be used is refused alone.",
        json_schema_extra={"examples": [[{"ref": "crm-17", "platform": "youtube", "username": "maker"}]]},
    )


@router.put(PLACE + "/{ref}", operation_id="keepPrivateProfile", responses=_PUT)
async def keep(access: Keeper, response: Response, ref: Ref, body: PrivateBody) -> PrivateModel:
    """Keeps a record of your own about somebody, or replaces the one of the ref; twice is the same as once. No other tenant
    can tell that it exists."""
    [found] = await _kept(access, [body.record(ref)])
    if isinstance(found, CreatorgraphError):
        raise found
    response.status_code = 201 if found.created else 200
    return PrivateModel.of(found.profile)


@router.get(PLACE + "/{ref}", operation_id="getPrivateProfile", responses=_NOT_FOUND)
async def one(access: Keeper, ref: Ref, contacts: Shown = "masked") -> PrivateModel:
    """One of your records."""
    if not usable(ref):
        raise _nothing()
    [found] = await access.engines.database.ask_for_tenant(_own(access), private_by_refs, [ref])
    if found is None:
        raise _nothing()
    [told] = await _told(access, [found], contacts, place=f"GET {PLACE}/{{ref}}")
    return told


@router.get(PLACE, operation_id="listPrivateProfiles")
async def listed(
    access: Keeper,
    state: Annotated[PrivateState | None, Query(description="How far the matching has come.")] = None,
    creator: Annotated[UUID | None, Query(description="Matched to this creator.")] = None,
    contacts: Shown = "masked",
    page_size: PageSize = 50,
    after: AfterText = None,
) -> PrivatePage:
    """Your records by `ref`, page by page."""
    wanted = PrivateFilter(state=state, creator=CreatorId(str(creator)) if creator else None)
    page = await access.engines.database.ask_for_tenant(
        _own(access), page_of_private, wanted, first=page_size, after=PRIVATE_CURSOR.decode(after)
    )
    items = await _told(access, list(page.items), contacts, place=f"GET {PLACE}")
    return PrivatePage(items=items, next=PRIVATE_CURSOR.encode(page.keys[-1]) if page.more else None)


@router.delete(PLACE + "/{ref}", operation_id="forgetPrivateProfile", status_code=204, response_class=Response)
async def forget(access: Keeper, ref: Ref) -> Response:
    """Deletes a record with its contacts; where there is none, nothing happens."""
    if usable(ref):
        await asyncio.to_thread(forget_private, access.engines, _own(access), ref)
    return Response(status_code=204)


@router.post(PLACE + ":batchPut", operation_id="keepPrivateProfiles")
async def batch(access: Keeper, body: PrivateBatch) -> PrivateResults:
    """Keeps or replaces up to 500 records; each has a result of its own, and bad ones do not take good ones with them."""
    records: dict[int, PrivateRecord] = {}
    results: dict[int, PrivateResult] = {}
    for place, given in enumerate(body.profiles):
        try:
            item = PrivateItem.model_validate(given)
            records[place] = item.record(item.ref)
        except ValidationError as error:
            results[place] = _refused(given.get("ref"), _unusable(error))
    for place, found in zip(records, await _kept(access, list(records.values())), strict=True):
        if isinstance(found, CreatorgraphError):
            results[place] = _refused(records[place].ref, found)
        else:
            status = 201 if found.created else 200
            results[place] = PrivateResult(
                ref=found.profile.ref, status=status, profile=PrivateModel.of(found.profile), problem=None
            )
    return PrivateResults(results=[results[place] for place in range(len(body.profiles))])


@router.get("/v1/contact-reads", operation_id="listContactReads")
async def reads(access: Keeper, page_size: PageSize = 50, after: AfterText = None) -> ContactReadPage:
    """Who has read contacts of your records, the newest first; of all tenants for those who administer."""
    page = await contact_reads(access.engines, access.caller, first=page_size, after=READ_CURSOR.decode(after))
    items = [ContactReadModel.of(each) for each in page.items]
    return ContactReadPage(items=items, next=READ_CURSOR.encode(page.keys[-1]) if page.more else None)


async def _kept(access: Access, records: list[PrivateRecord]) -> list[Kept | CreatorgraphError]:
    return await asyncio.to_thread(keep_private, access.engines, _own(access), records, access.matching)


async def _told(access: Access, found: list[PrivateProfile], contacts: str, *, place: str) -> list[PrivateModel]:
    if contacts != "full":
        return [PrivateModel.of(each) for each in found]
    ids = [each.private_id for each in found]
    shown: dict[PrivateId, tuple[ShownContact, ...]] = await asyncio.to_thread(
        contacts_in_full, access.engines, access.caller, ids, place=place, request_id=access.request_id
    )
    return [PrivateModel.of(each, shown[each.private_id]) for each in found]


def _own(access: Access) -> TenantId:
    return access.caller.require_tenant(Scope.PRIVATE)


def _nothing() -> NotFoundError:
    return NotFoundError("there is no private profile of this ref", where="path.ref", mend="Check its spelling.")


def _unusable(error: ValidationError) -> InvalidInputError:
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"])
    return InvalidInputError(str(first["msg"]), where=where or None, mend="See /v1/openapi.json.")


def _refused(ref: object, error: CreatorgraphError) -> PrivateResult:
    problem = problem_of(error)
    shown = ref if isinstance(ref, str) and usable(ref) else None
    return PrivateResult(ref=shown, status=problem.status, profile=None, problem=problem)
