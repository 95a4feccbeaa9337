"""Creators, and what answers for ids that are retired."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Self

import strawberry
from strawberry import relay

from creatorgraph.domain.creator import CreatorId, CreatorKind
from creatorgraph.domain.error import NotFoundError
from creatorgraph.domain.platform import Platform
from creatorgraph.domain.role import Scope
from creatorgraph.graph.element import NodeId
from creatorgraph.graphql.cohesion import Cohesion
from creatorgraph.graphql.context import Info
from creatorgraph.graphql.enumeration import RedirectReason
from creatorgraph.graphql.field import resolved
from creatorgraph.graphql.golden import GoldenRecord
from creatorgraph.graphql.history import EVENT_CURSOR, IdentityEvent
from creatorgraph.graphql.limit import page_size
from creatorgraph.graphql.link import LINK_CURSOR, Link
from creatorgraph.graphql.network import Depth, Kinds, NetworkFragment, Nodes, fragment
from creatorgraph.graphql.node import CREATOR, global_id
from creatorgraph.graphql.profile import PROFILE_CURSOR, Profile, required_profile
from creatorgraph.graphql.relay import NO_PAGE, After, Connection, First
from creatorgraph.graphql.scalar import BigInt
from creatorgraph.graphql.search import SearchHit
from creatorgraph.services.cohesion import cohesion
from creatorgraph.store.read.creator import CreatorSeen
from creatorgraph.store.read.history import Ending
from creatorgraph.store.read.keyset import Part

if TYPE_CHECKING:
    from creatorgraph.graphql.private import PrivateProfile

_field = strawberry.field


@strawberry.type(description="The person (or brand, agency, fan page) behind one or more profiles.")
class Creator(relay.Node):
    creator_id: relay.NodeID[str]
    seen: strawberry.Private[CreatorSeen]
    display_name: str = _field(description="The name of the golden record.")
    kind: CreatorKind = _field(description="What stands behind the profiles.")
    platforms: list[Platform] = _field(description="The platforms of its profiles.")
    total_followers: BigInt = _field(
        description="The sum over its profiles. Audiences overlap, so fewer people than this follow the creator."
    )
    average_engagement_rate: float | None = _field(
        description="The mean over its profiles that have one, in percent; null where none has."
    )
    verified_anywhere: bool = _field(description="Whether a platform has verified one of its profiles.")
    version: int = _field(description="Goes up with every change; mutations take it to notice changes in between.")
    created_at: datetime = _field(description="When the creator came to be.")
    updated_at: datetime = _field(description="When it last changed.")

    @classmethod
    def of(cls, seen: CreatorSeen) -> Self:
        golden = seen.golden
        return cls(
            creator_id=seen.creator_id,
            seen=seen,
            display_name=seen.display_name,
            kind=seen.kind,
            platforms=list(golden.platforms),
            total_followers=BigInt(golden.total_followers),
            average_engagement_rate=golden.average_engagement_rate,
            verified_anywhere=golden.verified_anywhere,
            version=seen.version,
            created_at=seen.created_at,
            updated_at=seen.updated_at,
        )

    @resolved("The merged view, each field with the profile that it came from.")
    def golden(self) -> GoldenRecord:
        return GoldenRecord.of(self.seen.golden)

    @resolved("Its profiles, the most followed first.")
    async def profiles(self, info: Info, first: First = 20, after: After = None) -> Connection[Profile]:
        key = PROFILE_CURSOR.decode(after)
        page = await info.context.loaders.profiles.load(Part(parent=self.creator_id, first=page_size(first), after=key))
        return PROFILE_CURSOR.connection(page, [Profile.of(each) for each in page.items], key)

    @resolved("The profile that stands for it: the one with the most followers.")
    async def primary_profile(self, info: Info) -> Profile:
        return await required_profile(info, self.seen.golden.primary_profile)

    @resolved("The links between its profiles, the most probable first.")
    async def links(self, info: Info, first: First = 50, after: After = None) -> Connection[Link]:
        key = LINK_CURSOR.decode(after)
        if info.context.blind:
            return LINK_CURSOR.connection(NO_PAGE, [], key)
        page = await info.context.loaders.creator_links.load(
            Part(parent=self.creator_id, first=page_size(first), after=key)
        )
        return LINK_CURSOR.connection(page, [Link.of(each) for each in page.items], key)

    @resolved("The weakest link, the bridges, and how sure the whole is.")
    async def cohesion(self, info: Info) -> Cohesion:
        loaders, creator_id = info.context.loaders, CreatorId(self.creator_id)
        members = await loaders.members.load(creator_id)
        links = () if info.context.blind else await loaders.inner_links.load(creator_id)
        return Cohesion.of(cohesion(members, [each.link for each in links]))

    @resolved("What happened to it, the newest first; also where it is the other side.")
    async def history(self, info: Info, first: First = 20, after: After = None) -> Connection[IdentityEvent]:
        key = EVENT_CURSOR.decode(after)
        page = await info.context.loaders.events.load(Part(parent=self.creator_id, first=page_size(first), after=key))
        return EVENT_CURSOR.connection(page, [IdentityEvent.of(each) for each in page.items], key)

    @resolved("What lies around it in the graph. Null with an error where the graph engine does not answer.")
    async def neighbours(
        self, info: Info, kinds: Kinds = None, depth: Depth = 1, first: Nodes = 50
    ) -> NetworkFragment | None:
        return await fragment(info, NodeId.creator(CreatorId(self.creator_id)), kinds, depth, first)

    @resolved(
        "Creators with profiles of near meaning, the nearest first. Null with an error where the vector index "
        "does not answer."
    )
    async def similar(self, info: Info, first: First = 10) -> list[SearchHit] | None:
        hits = await info.context.loaders.similar.load((CreatorId(self.creator_id), page_size(first)))
        return [SearchHit.of(hit, None) for hit in hits]

    @resolved(
        "What the caller's own tenant keeps about it, by `ref`. Null with an error for those without the scope `private:write`."
    )
    async def private_profiles(
        self, info: Info, first: First = 10
    ) -> list[Annotated["PrivateProfile", strawberry.lazy("creatorgraph.graphql.private")]] | None:
        from creatorgraph.graphql.private import PrivateProfile

        info.context.caller.require_tenant(Scope.PRIVATE)
        found = await info.context.own.of_creators.load((CreatorId(self.creator_id), page_size(first)))
        return [PrivateProfile.of(each) for each in found]


@strawberry.type(description="The id that was asked for is retired; another creator took its place.")
class CreatorRedirect:
    from_: strawberry.ID = strawberry.field(name="from", description="The retired id, as a global id.")
    reason: RedirectReason = _field(description="Why it leads elsewhere.")
    at: datetime = _field(description="When it was retired.")
    creator: Creator = _field(description="The living creator that it leads to, over however many steps.")


@strawberry.type(
    description="The creator is no more: it was erased, or its profiles were removed, and nothing took over."
)
class CreatorErased:
    id: strawberry.ID = _field(description="The id that was asked for, as a global id.")
    at: datetime = _field(description="When it ended.")


CreatorResult = Annotated[
    Creator | CreatorRedirect | CreatorErased,
    strawberry.union("CreatorResult", description="What became of a creator's id."),
]


async def required_creator(info: Info, creator_id: CreatorId) -> Creator:
    """A creator that is known to live, or did a moment ago."""
    seen = await info.context.loaders.creator.load(creator_id)
    if seen is None:
        raise NotFoundError("the creator was merged or removed just now", mend="Ask again.")
    return Creator.of(seen)


async def find_creator(info: Info, creator_id: CreatorId) -> Creator | CreatorRedirect | CreatorErased | None:
    """The creator, or what became of it; None for an id that was never given out."""
    seen = await info.context.loaders.creator.load(creator_id)
    if seen is not None:
        return Creator.of(seen)
    gone = await info.context.loaders.retirement.load(creator_id)
    if gone is None:
        return None
    former = global_id(CREATOR, creator_id)
    if gone.successor is None:
        return CreatorErased(id=former, at=gone.at)
    reason = RedirectReason.MERGED if gone.ending is Ending.MERGED else RedirectReason.MOVED
    return CreatorRedirect(
        from_=former, reason=reason, at=gone.at, creator=await required_creator(info, gone.successor)
    )
