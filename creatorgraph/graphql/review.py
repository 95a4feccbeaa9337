"""Review items: pairs that a steward should look at."""

from datetime import datetime
from typing import Self

import strawberry
from strawberry import relay

from creatorgraph.domain.error import NotFoundError
from creatorgraph.domain.profile import ProfileId
from creatorgraph.domain.review import ReviewReason, ReviewState
from creatorgraph.graphql.context import Info
from creatorgraph.graphql.creator import Creator, required_creator
from creatorgraph.graphql.field import resolved
from creatorgraph.graphql.node import pair_key
from creatorgraph.graphql.pair import PairExplanation, explanation
from creatorgraph.graphql.profile import Profile, required_profile
from creatorgraph.graphql.relay import Cursor
from creatorgraph.graphql.scalar import BigInt
from creatorgraph.services.cohesion import moved_part
from creatorgraph.store.read.link import Pair
from creatorgraph.store.read.review import ReviewItemSeen

REVIEW_CURSOR = Cursor("review", (float, str, str))

_field = strawberry.field


@strawberry.type(description="What a decision would move: the smaller of the two sides that it joins or parts.")
class Impact:
    followers: BigInt = _field(description="The followers of that side.")
    members: int = _field(description="The profiles of that side.")


@strawberry.type(description="A pair that a steward should look at.")
class ReviewItem(relay.Node):
    key: relay.NodeID[str]
    pair: strawberry.Private[Pair]
    reason: ReviewReason = _field(description="Why.")
    probability: float | None = _field(description="The probability of the pair; null while it is held back.")
    priority: float = _field(description="Uncertainty times impact; the queue is ordered by it.")
    state: ReviewState = _field(description="Where the item stands.")
    version: int = _field(description="Goes up with every change; mutations take it to notice changes in between.")
    created_at: datetime = _field(description="When it came up.")
    updated_at: datetime = _field(description="When it last changed.")

    @classmethod
    def of(cls, seen: ReviewItemSeen) -> Self:
        item = seen.item
        pair = (item.left, item.right)
        return cls(
            key=pair_key(pair),
            pair=pair,
            reason=item.reason,
            probability=item.probability,
            priority=item.priority,
            state=item.state,
            version=seen.version,
            created_at=seen.created_at,
            updated_at=seen.updated_at,
        )

    @resolved("The profile with the smaller id.")
    async def left(self, info: Info) -> Profile:
        return await required_profile(info, self.pair[0])

    @resolved("The profile with the larger id.")
    async def right(self, info: Info) -> Profile:
        return await required_profile(info, self.pair[1])

    @resolved("The creator of the left profile.")
    async def left_creator(self, info: Info) -> Creator:
        return await _creator(info, self.pair[0])

    @resolved("The creator of the right profile; the same one where the doubt is about a member.")
    async def right_creator(self, info: Info) -> Creator:
        return await _creator(info, self.pair[1])

    @resolved("What speaks for and against.")
    async def explanation(self, info: Info) -> PairExplanation:
        return await explanation(info, self.pair)

    @resolved("What the decision would move.")
    async def impact(self, info: Info) -> Impact:
        left, right = await self.left_creator(info), await self.right_creator(info)
        if left.creator_id != right.creator_id:
            smaller = min(left.seen, right.seen, key=lambda seen: (seen.members, seen.golden.total_followers))
            return Impact(followers=BigInt(smaller.golden.total_followers), members=smaller.members)
        loaders, creator_id = info.context.loaders, left.seen.creator_id
        members = await loaders.members.load(creator_id)
        links = await loaders.inner_links.load(creator_id)
        part = sorted(moved_part(self.pair, members, [each.link for each in links]))
        profiles = await loaders.profile.load_many(part)
        followers = sum(seen.profile.followers or 0 for seen in profiles if seen)
        return Impact(followers=BigInt(followers), members=len(part))


async def _creator(info: Info, profile_id: ProfileId) -> Creator:
    creator_id = await info.context.loaders.creator_of.load(profile_id)
    if creator_id is None:
        raise NotFoundError("the profile was not resolved yet", mend="Run `creatorgraph resolve`, or ask later.")
    return await required_creator(info, creator_id)
