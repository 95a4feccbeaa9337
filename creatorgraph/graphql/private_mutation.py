"""What a tenant does with its own private profiles and collections. Each act is one transaction of that tenant alone."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Annotated

import strawberry

from creatorgraph.domain.collection import CollectionChange, CollectionId
from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.error import CreatorgraphError
from creatorgraph.domain.platform import Platform
from creatorgraph.domain.role import Scope
from creatorgraph.domain.tenant import TenantId
from creatorgraph.graphql.collection import Collection, IdArgument
from creatorgraph.graphql.context import Info
from creatorgraph.graphql.field import resolved
from creatorgraph.graphql.node import COLLECTION, CREATOR, creator_of, global_id, uuid_of
from creatorgraph.graphql.private import PrivateProfile
from creatorgraph.graphql.private_outcome import (
    CollectionChanged,
    CollectionDropped,
    CollectionKept,
    CollectionResult,
    DropCollectionResult,
    ForgetResult,
    MemberResult,
    PrivateProfileForgotten,
    PrivateProfileKept,
    PrivateProfileResult,
    ScopeMissing,
    collection_problem,
    kept_problem,
    scope_or_value,
)
from creatorgraph.services.engines import Engines
from creatorgraph.services.private import collection as collections
from creatorgraph.services.private.profile import forget_private, keep_private
from creatorgraph.services.private.record import PrivateRecord

_argument = strawberry.argument
_field = strawberry.field
Name = Annotated[str, _argument(description="1 to 100 printable characters.")]
Creators = Annotated[list[strawberry.ID], _argument(description="Global ids or UUIDs of 1 to 1000 creators.")]
Change = Callable[[Engines, TenantId, CollectionId, list[CreatorId]], CollectionChange]


@strawberry.input(description="What is known of somebody; at least one text or contact. It replaces what the ref had.")
class PrivateProfileInput:
    ref: str = _field(description="The tenant's own key: 1 to 200 printable characters without a slash.")
    platform: Platform | None = _field(default=None, description="Where the account is.")
    username: str | None = _field(default=None, description="With or without @.")
    url: str | None = _field(default=None, description="The account's address.")
    display_name: str | None = _field(default=None, description="The name.")
    bio: str | None = _field(default=None, description="The bio; emails and phone numbers in it are masked.")
    location: str | None = _field(default=None, description="The place.")
    website: str | None = _field(default=None, description="The website.")
    note: str | None = _field(default=None, description="Whatever else; it is not matched by.")
    emails: list[str] | None = _field(default=None, description="Matched by as keyed hashes; kept only with consent.")
    phones: list[str] | None = _field(default=None, description="In international form; as the emails.")
    consent: bool = _field(default=False, description="Whether the contacts may be kept in full, encrypted.")
    consent_at: datetime | None = _field(default=None, description="When the person agreed.")

    def record(self) -> PrivateRecord:
        return PrivateRecord(
            ref=self.ref,
            platform=self.platform,
            username=self.username,
            url=self.url,
            display_name=self.display_name,
            bio=self.bio,
            location=self.location,
            website=self.website,
            note=self.note,
            emails=tuple(self.emails or ()),
            phones=tuple(self.phones or ()),
            consent=self.consent,
            consent_at=self.consent_at,
        )


@strawberry.type
class PrivateMutation:
    @resolved("Keeps a private profile, or replaces the one of its ref; twice is the same as once.")
    async def keep_private_profile(
        self, info: Info, profile: Annotated[PrivateProfileInput, _argument(description="The record.")]
    ) -> PrivateProfileResult:
        context = info.context
        try:
            own = context.caller.require_tenant(Scope.PRIVATE)
            [found] = await asyncio.to_thread(keep_private, context.engines, own, [profile.record()], context.matching)
            if isinstance(found, CreatorgraphError):
                return kept_problem(found)
        except CreatorgraphError as error:
            return kept_problem(error)
        context.renew()
        return PrivateProfileKept(
            profile=PrivateProfile.of(found.profile), created=found.created, changed=found.changed
        )

    @resolved("Deletes a private profile with its contacts.")
    async def forget_private_profile(
        self, info: Info, ref: Annotated[str, _argument(description="The tenant's own key.")]
    ) -> ForgetResult:
        try:
            own = info.context.caller.require_tenant(Scope.PRIVATE)
            existed = await asyncio.to_thread(forget_private, info.context.engines, own, ref)
        except CreatorgraphError as error:
            problem = scope_or_value(error)
            if isinstance(problem, ScopeMissing):
                return problem
            raise
        info.context.renew()
        return PrivateProfileForgotten(ref=ref, existed=existed)

    @resolved("Makes an empty collection.")
    async def create_collection(self, info: Info, name: Name) -> CollectionResult:
        try:
            own = info.context.caller.require_tenant(Scope.PRIVATE)
            found = await asyncio.to_thread(collections.make_collection, info.context.engines, own, name)
        except CreatorgraphError as error:
            return collection_problem(error)
        return CollectionKept(collection=Collection.of(found))

    @resolved("Gives a collection another name.")
    async def rename_collection(self, info: Info, id: IdArgument, name: Name) -> CollectionResult:  # noqa: A002
        try:
            own = info.context.caller.require_tenant(Scope.PRIVATE)
            wanted = CollectionId(uuid_of(COLLECTION, id))
            found = await asyncio.to_thread(collections.name_collection, info.context.engines, own, wanted, name)
        except CreatorgraphError as error:
            return collection_problem(error)
        return CollectionKept(collection=Collection.of(found))

    @resolved("Deletes a collection; its creators stay.")
    async def delete_collection(self, info: Info, id: IdArgument) -> DropCollectionResult:  # noqa: A002
        try:
            own = info.context.caller.require_tenant(Scope.PRIVATE)
            wanted = CollectionId(uuid_of(COLLECTION, id))
            existed = await asyncio.to_thread(collections.drop_collection, info.context.engines, own, wanted)
        except CreatorgraphError as error:
            return scope_or_value(error)
        return CollectionDropped(id=id, existed=existed)

    @resolved("Puts creators into a collection; who is in it already changes nothing.")
    async def add_to_collection(self, info: Info, id: IdArgument, creators: Creators) -> MemberResult:  # noqa: A002
        return await _changed(info, id, creators, collections.add_to_collection)

    @resolved("Takes creators out of a collection; who is not in it changes nothing.")
    async def remove_from_collection(self, info: Info, id: IdArgument, creators: Creators) -> MemberResult:  # noqa: A002
        return await _changed(info, id, creators, collections.remove_from_collection)


async def _changed(info: Info, id_: str, creators: list[strawberry.ID], change: Change) -> MemberResult:
    try:
        own = info.context.caller.require_tenant(Scope.PRIVATE)
        wanted = CollectionId(uuid_of(COLLECTION, id_))
        ids = [creator_of(each) for each in creators]
        found = await asyncio.to_thread(change, info.context.engines, own, wanted, ids)
    except CreatorgraphError as error:
        return collection_problem(error)
    return CollectionChanged(
        collection=Collection.of(found.collection),
        changed=found.changed,
        unknown=[global_id(CREATOR, each) for each in found.unknown],
    )
