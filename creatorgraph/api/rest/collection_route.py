"""A tenant's collections of creators."""

import asyncio
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Path, Response
from pydantic import BaseModel, ConfigDict, Field

from creatorgraph.api.rest.access import Access, Keeper
from creatorgraph.api.rest.creator_route import PROBLEMS
from creatorgraph.api.rest.private_model import CollectionModel
from creatorgraph.api.rest.private_route import AfterText, PageSize
from creatorgraph.api.rest.problem import MEDIA_TYPE, ProblemRoute
from creatorgraph.domain.collection import CollectionChange, CollectionId
from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.role import Scope
from creatorgraph.domain.tenant import TenantId
from creatorgraph.graphql.collection import COLLECTION_CURSOR, MEMBER_CURSOR
from creatorgraph.services.private import collection as service
from creatorgraph.store.read.collection import collections_by_ids, members_of_collections, page_of_collections
from creatorgraph.store.read.keyset import Part

PLACE = "/v1/collections"
_NOT_FOUND: dict[int | str, dict[str, Any]] = {
    404: {
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        "description": "There is none of the id.",
    }
}
Id = Annotated[UUID, Path(description="The id of the collection.")]

router = APIRouter(route_class=ProblemRoute, tags=["collections"], responses=PROBLEMS)


class NameBody(BaseModel):
    """What a collection is called."""

    model_config = ConfigDict(extra="forbid")
    name: str = Field(min_length=1, max_length=service.MOST_NAME, description="Yours has no other of the same name.")


class CreatorsBody(BaseModel):
    """Which creators."""

    model_config = ConfigDict(extra="forbid")
    ids: list[UUID] = Field(min_length=1, max_length=service.MOST_AT_ONCE, description="Ids of creators.")


class ChangeModel(BaseModel):
    """What came of it."""

    collection: CollectionModel = Field(description="As it stands.")
    changed: int = Field(description="How many came or went.")
    unknown: list[str] = Field(
        description="Ids that are no living creator's, nor lead to one; the others were seen to."
    )

    @classmethod
    def of(cls, found: CollectionChange) -> "ChangeModel":
        return cls(collection=CollectionModel.of(found.collection), changed=found.changed, unknown=list(found.unknown))


class CollectionPage(BaseModel):
    """A page of collections."""

    items: list[CollectionModel] = Field(description="By name.")
    next: str | None = Field(description="Pass it as `after` for more; null where these were the last.")


class MemberPage(BaseModel):
    """A page of a collection's creators."""

    ids: list[str] = Field(description="Living creators by id, each once; fetch them by `POST /v1/creators:batchGet`.")
    next: str | None = Field(description="Pass it as `after` for more; null where these were the last.")


@router.post(PLACE, operation_id="createCollection", status_code=201)
async def create(access: Keeper, response: Response, body: NameBody) -> CollectionModel:
    """Makes an empty collection; `Location` is its address."""
    made = await asyncio.to_thread(service.make_collection, access.engines, _own(access), body.name)
    response.headers["location"] = f"{PLACE}/{made.collection_id}"
    return CollectionModel.of(made)


@router.get(PLACE, operation_id="listCollections")
async def listed(access: Keeper, page_size: PageSize = 50, after: AfterText = None) -> CollectionPage:
    """Your collections by name, with how many creators each has."""
    page = await access.engines.database.ask_for_tenant(
        _own(access), page_of_collections, first=page_size, after=COLLECTION_CURSOR.decode(after)
    )
    items = [CollectionModel.of(each) for each in page.items]
    return CollectionPage(items=items, next=COLLECTION_CURSOR.encode(page.keys[-1]) if page.more else None)


@router.get(PLACE + "/{collection_id}", operation_id="getCollection", responses=_NOT_FOUND)
async def one(access: Keeper, collection_id: Id) -> CollectionModel:
    """One of your collections."""
    [found] = await access.engines.database.ask_for_tenant(_own(access), collections_by_ids, [_key(collection_id)])
    if found is None:
        raise service.no_collection()
    return CollectionModel.of(found)


@router.patch(PLACE + "/{collection_id}", operation_id="renameCollection", responses=_NOT_FOUND)
async def rename(access: Keeper, collection_id: Id, body: NameBody) -> CollectionModel:
    """Gives it another name."""
    found = await asyncio.to_thread(
        service.name_collection, access.engines, _own(access), _key(collection_id), body.name
    )
    return CollectionModel.of(found)


@router.delete(PLACE + "/{collection_id}", operation_id="deleteCollection", status_code=204, response_class=Response)
async def delete(access: Keeper, collection_id: Id) -> Response:
    """Deletes it; where there is none, nothing happens. The creators stay."""
    await asyncio.to_thread(service.drop_collection, access.engines, _own(access), _key(collection_id))
    return Response(status_code=204)


@router.get(PLACE + "/{collection_id}/creators", operation_id="listCollectionCreators", responses=_NOT_FOUND)
async def creators(access: Keeper, collection_id: Id, page_size: PageSize = 50, after: AfterText = None) -> MemberPage:
    """Its creators. Who was merged is the creator that took over, and who was erased is gone."""
    key = _key(collection_id)
    [found] = await access.engines.database.ask_for_tenant(_own(access), collections_by_ids, [key])
    if found is None:
        raise service.no_collection()
    part = Part(parent=key, first=page_size, after=MEMBER_CURSOR.decode(after))
    [page] = await access.engines.database.ask_for_tenant(_own(access), members_of_collections, [part])
    return MemberPage(ids=list(page.items), next=MEMBER_CURSOR.encode(page.keys[-1]) if page.more else None)


@router.post(PLACE + "/{collection_id}/creators:add", operation_id="addToCollection", responses=_NOT_FOUND)
async def add(access: Keeper, collection_id: Id, body: CreatorsBody) -> ChangeModel:
    """Puts creators in; who is in it already changes nothing."""
    found = await asyncio.to_thread(
        service.add_to_collection, access.engines, _own(access), _key(collection_id), _ids(body)
    )
    return ChangeModel.of(found)


@router.post(PLACE + "/{collection_id}/creators:remove", operation_id="removeFromCollection", responses=_NOT_FOUND)
async def remove(access: Keeper, collection_id: Id, body: CreatorsBody) -> ChangeModel:
    """Takes creators out; who is not in it changes nothing."""
    found = await asyncio.to_thread(
        service.remove_from_collection, access.engines, _own(access), _key(collection_id), _ids(body)
    )
    return ChangeModel.of(found)


def _own(access: Access) -> TenantId:
    return access.caller.require_tenant(Scope.PRIVATE)


def _key(collection_id: UUID) -> CollectionId:
    return CollectionId(str(collection_id))


def _ids(body: CreatorsBody) -> list[CreatorId]:
    return [CreatorId(str(each)) for each in body.ids]
