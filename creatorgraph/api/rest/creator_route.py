"""Creators by their id, by one of their accounts, and several at once."""

from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response

from creatorgraph.api.rest.access import Access, Matcher, Reader
from creatorgraph.api.rest.json_ld import json_ld
from creatorgraph.api.rest.model import CreatorModel, MovedModel
from creatorgraph.api.rest.problem import MEDIA_TYPE, GoneError, NotResolvedError, Problem, ProblemRoute, problem_of
from creatorgraph.api.rest.representation import JSON, JSON_LD, form_of, represented
from creatorgraph.api.rest.unified import MAX_ITEMS, Found, Wanted, unified
from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.error import NotFoundError
from creatorgraph.domain.platform import Platform
from creatorgraph.graphql.limit import MAX_TEXT, usable
from creatorgraph.graphql.link import LINK_CURSOR
from creatorgraph.graphql.profile import PROFILE_CURSOR
from creatorgraph.ingest.platform_url import canonical_username
from creatorgraph.store.read.history import Ending, Retirement

MAX_BATCH = 50
"""Ids of one `creators:batchGet`."""
PLACE = "/v1/creators"

_PROBLEM: dict[str, Any] = {"content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
PROBLEMS: dict[int | str, dict[str, Any]] = {
    400: {
        **_PROBLEM,
        "description": "A value has the right form and cannot be used, such as a cursor of another list.",
    },
    401: {**_PROBLEM, "description": "The token is nobody's."},
    403: {**_PROBLEM, "description": "The caller may not do this, or another site may have made the request."},
    422: {**_PROBLEM, "description": "A value does not have the right form; `faults` names each."},
    429: {**_PROBLEM, "description": "Too many requests or failed attempts."},
    500: {**_PROBLEM, "description": "Our fault; the log has an entry of the id."},
    503: {**_PROBLEM, "description": "The store does not answer."},
}
_ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The creator. Its `ETag` changes with every byte of the answer.",
        "model": CreatorModel,
        "content": {JSON_LD: {"schema": {"type": "object", "description": "A `ProfilePage` of schema.org."}}},
        "headers": {"ETag": {"schema": {"type": "string"}, "description": "Send it back as `If-None-Match`."}},
    },
    304: {"description": "The client has it already: the tag of `If-None-Match` is the current one."},
    404: {**_PROBLEM, "description": "There is no such creator or profile, or it waits to be resolved."},
    406: {**_PROBLEM, "description": "Neither JSON nor JSON-LD is accepted."},
    410: {**_PROBLEM, "description": "The creator was erased or removed, and nothing took over."},
}
_MOVED: dict[int | str, dict[str, Any]] = {
    308: {
        "description": "The id is retired; `Location` has its successor.",
        "model": MovedModel,
        "headers": {"Location": {"schema": {"type": "string"}, "description": "The address of the successor."}},
    }
}
_EXAMPLE = "01910000-0000-7000-8000-000000000001"

First = Annotated[int, Query(ge=1, le=MAX_ITEMS, description="Profiles, and links, of one answer.")]
ProfilesAfter = Annotated[str | None, Query(description="`profiles.next` of the answer before.")]
LinksAfter = Annotated[str | None, Query(description="`links.next` of the answer before.")]

router = APIRouter(route_class=ProblemRoute, tags=["creators"], responses=PROBLEMS)


@router.get(
    "/v1/creators/{creator_id}", operation_id="getCreator", response_class=Response, responses={**_ANSWERS, **_MOVED}
)
async def creator(
    request: Request,
    access: Reader,
    creator_id: Annotated[UUID, Path(description="The id of the creator.", examples=[_EXAMPLE])],
    page_size: First = MAX_ITEMS,
    profiles_after: ProfilesAfter = None,
    links_after: LinksAfter = None,
) -> Response:
    """The unified profile of a creator: the merged view, its profiles, and every link between them with its evidence."""
    wanted = Wanted(
        first=page_size,
        profiles_after=PROFILE_CURSOR.decode(profiles_after),
        links_after=LINK_CURSOR.decode(links_after),
    )
    form = form_of(request.headers.get("accept"))
    [found] = await unified(access.loaders, [CreatorId(str(creator_id))], wanted)
    if isinstance(found, Retirement) and found.successor is not None:
        return _moved(found, request)
    return _told(request, living(found), form)


@router.get(
    "/v1/profiles/{platform}/{username}/creator",
    operation_id="getCreatorOfProfile",
    response_class=Response,
    responses=_ANSWERS,
)
async def creator_of_profile(
    request: Request,
    access: Reader,
    platform: Annotated[Platform, Path(description="The platform.", examples=["youtube"])],
    username: Annotated[
        str,
        Path(max_length=MAX_TEXT, description="The username, with or without @, in any spelling.", examples=["maker"]),
    ],
) -> Response:
    """The creator that an account belongs to, as `getCreator` gives it; `Content-Location` is its own address."""
    form = form_of(request.headers.get("accept"))
    creator_id = await _owner(access, platform, username)
    [found] = await unified(access.loaders, [creator_id], Wanted())
    return _told(request, living(found), form, headers={"content-location": f"{PLACE}/{creator_id}"})


class BatchRequest(BaseModel):
    """Which creators."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"ids": [_EXAMPLE]}]})
    ids: list[UUID] = Field(min_length=1, max_length=MAX_BATCH, description="Ids of creators.")


class BatchResult(BaseModel):
    """What became of one id: the creator, where it leads, or why there is none."""

    id: str = Field(description="The id that was asked for.")
    status: Literal[200, 308, 404, 410] = Field(description="What `getCreator` would answer.")
    creator: CreatorModel | None = Field(None, description="The creator; null unless the status is 200.")
    moved: MovedModel | None = Field(None, description="Where a retired id leads.")
    problem: Problem | None = Field(None, description="Why there is none.")


class BatchAnswer(BaseModel):
    results: list[BatchResult] = Field(description="One per id, in the order that was asked in.")


@router.post("/v1/creators:batchGet", operation_id="batchGetCreators")
async def batch_get(access: Matcher, asked: BatchRequest) -> BatchAnswer:
    """Several creators at once; an id that has none does not spoil the others."""
    ids = [CreatorId(str(each)) for each in asked.ids]
    found = await unified(access.loaders, ids, Wanted())
    return BatchAnswer(results=[_result(one, each) for one, each in zip(ids, found, strict=True)])


def living(found: Found) -> CreatorModel:
    """Raises GoneError or NotFoundError where there is no such creator."""
    if isinstance(found, CreatorModel):
        return found
    if isinstance(found, NotFoundError):
        raise found
    if found is not None:
        raise GoneError("the creator is no more, and nothing took over", mend="Forget the id.")
    raise NotFoundError("there is no such creator", mend="Pass an id as the API gave it.")


async def _owner(access: Access, platform: Platform, username: str) -> CreatorId:
    """Raises NotFoundError and NotResolvedError."""
    key = canonical_username(platform, username) if usable(username) else None
    seen = await access.loaders.account.load((platform, key)) if key else None
    if seen is None:
        raise NotFoundError("there is no such profile", mend="See /v1/creators:match for those that are like it.")
    creator_id = await access.loaders.creator_of.load(seen.profile.profile_id)
    if creator_id is None:
        raise NotResolvedError("the profile was not resolved yet", mend="Ask later.")
    return creator_id


def _told(request: Request, found: CreatorModel, form: str, headers: dict[str, str] | None = None) -> Response:
    body = found.model_dump_json().encode() if form == JSON else json_ld(found, address=f"{PLACE}/{found.id}")
    return represented(request, body, form, version=str(found.version), headers=headers)


def _moved(gone: Retirement, request: Request) -> Response:
    moved = _moved_model(gone)
    query = f"?{request.url.query}" if request.url.query else ""
    # undoing a merge brings the id back to life, so nobody may keep this answer
    headers = {"location": f"{PLACE}/{moved.successor}{query}", "cache-control": "private, no-cache"}
    return Response(moved.model_dump_json(), status_code=308, media_type=JSON, headers=headers)


def _moved_model(gone: Retirement) -> MovedModel:
    reason = Ending.MERGED if gone.ending is Ending.MERGED else Ending.MOVED
    return MovedModel(id=gone.creator_id, successor=gone.successor or "", reason=reason.value, at=gone.at)


def _result(creator_id: CreatorId, found: Found) -> BatchResult:
    if isinstance(found, Retirement) and found.successor is not None:
        return BatchResult(id=creator_id, status=308, moved=_moved_model(found))
    try:
        return BatchResult(id=creator_id, status=200, creator=living(found))
    except (GoneError, NotFoundError) as error:
        return BatchResult(
            id=creator_id, status=410 if isinstance(error, GoneError) else 404, problem=problem_of(error)
        )
