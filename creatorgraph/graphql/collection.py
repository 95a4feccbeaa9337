"""The tenant's collections: named sets of creators."""

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

import strawberry

from creatorgraph.domain import collection as domain
from creatorgraph.domain.collection import CollectionId
from creatorgraph.domain.role import Scope
from creatorgraph.graphql.context import Info
from creatorgraph.graphql.creator import Creator
from creatorgraph.graphql.field import resolved
from creatorgraph.graphql.limit import page_size
from creatorgraph.graphql.node import COLLECTION, global_id, uuid_of
from creatorgraph.graphql.relay import After, Connection, Cursor, First
from creatorgraph.store.read.collection import collections_by_ids, page_of_collections
from creatorgraph.store.read.keyset import Part

COLLECTION_CURSOR = Cursor("collection", (str, UUID))
MEMBER_CURSOR = Cursor("member", (UUID,))
_field = strawberry.field
IdArgument = Annotated[strawberry.ID, strawberry.argument(description="The global id or UUID of a collection.")]


@strawberry.type(description="A named set of creators of the caller's tenant.")
class Collection:
    collection_id: strawberry.Private[CollectionId]
    id: strawberry.ID = _field(description="The global id.")
    name: str = _field(description="Its name; the tenant has no other of the same.")
    size: int = _field(description="Living creators in it; those that were merged into one count once.")
    created_at: datetime = _field(description="When it was made.")
    updated_at: datetime = _field(description="When it was last renamed, or creators came or went.")

    @classmethod
    def of(cls, found: domain.Collection) -> Self:
        return cls(
            collection_id=found.collection_id,
            id=global_id(COLLECTION, found.collection_id),
            name=found.name,
            size=found.members,
            created_at=found.created_at,
            updated_at=found.updated_at,
        )

    @resolved("Its living creators, by id. One that was merged shows the creator that it leads to.")
    async def creators(self, info: Info, first: First, after: After = None) -> Connection[Creator]:
        own = info.context.caller.require_tenant(Scope.PRIVATE)
        key = MEMBER_CURSOR.decode(after)
        part = Part(parent=self.collection_id, first=page_size(first), after=key)
        page = await info.context.loaders.collection_members.load((own, part))
        seen = await info.context.loaders.creator.load_many(list(page.items))
        # who was merged in between is on the next look's page
        living = [(place, Creator.of(each)) for each, place in zip(seen, page.keys, strict=True) if each is not None]
        shown = type(page)(items=page.items[: len(living)], keys=tuple(place for place, _ in living), more=page.more)
        return MEMBER_CURSOR.connection(shown, [each for _, each in living], key)


@strawberry.type
class CollectionQuery:
    @resolved("The tenant's collections, by name. Needs the scope `private:write`.")
    async def collections(self, info: Info, first: First, after: After = None) -> Connection[Collection]:
        own = info.context.caller.require_tenant(Scope.PRIVATE)
        key = COLLECTION_CURSOR.decode(after)
        page = await info.context.engines.database.ask_for_tenant(
            own, page_of_collections, first=page_size(first), after=key
        )
        return COLLECTION_CURSOR.connection(page, [Collection.of(each) for each in page.items], key)

    @resolved("One of the tenant's collections; null where there is none of the id.")
    async def collection(self, info: Info, id: IdArgument) -> Collection | None:  # noqa: A002
        own = info.context.caller.require_tenant(Scope.PRIVATE)
        wanted = CollectionId(uuid_of(COLLECTION, id))
        [found] = await info.context.engines.database.ask_for_tenant(own, collections_by_ids, [wanted])
        return Collection.of(found) if found else None
