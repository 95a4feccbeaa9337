"""Review items: pairs that a steward should look at."""

from datetime import datetime
from typing import Self

import strawberry
from strawberry import relay

from creatorgraph.domain import review as domain
from creatorgraph.domain.error import NotFoundError
from creatorgraph.domain.profile import ProfileId
from creatorgraph.domain.review import Band, ReviewReason, ReviewState, band_of
from creatorgraph.domain.steward import Role, StewardId
from creatorgraph.graphql.context import Info
from creatorgraph.graphql.creator import Creator, required_creator
from creatorgraph.graphql.decision import DecisionRecord
from creatorgraph.graphql.field import resolved
from creatorgraph.graphql.limit import MAX_LISTED
from creatorgraph.graphql.node import pair_key
from creatorgraph.graphql.pair import PairExplanation, explanation
from creatorgraph.graphql.profile import Profile, required_profile
from creatorgraph.graphql.relay import Cursor
from creatorgraph.graphql.scalar import BigInt
from creatorgraph.graphql.steward import Viewer
from creatorgraph.services.cohesion import moved_part
from creatorgraph.store.read.link import Pair
from creatorgraph.store.read.review import ReviewItemSeen

REVIEW_CURSOR = Cursor("review", (float, str, str))

_field = strawberry.field


@strawberry.type(description="What a decision would move: the smaller of the two sides that it joins or parts.")
class Impact:
    followers: BigInt = _field(description="The followers of that side.")
    members: int = _field(description="The profiles of that side.")


@strawberry.type(description="What somebody wrote beside an item.")
class ReviewComment:
    id: strawberry.ID = _field(description="The comment's id.")
    author: str = _field(description="Who.")
    text: str = _field(description="What.")
    at: datetime = _field(description="When.")

    @classmethod
    def of(cls, comment: domain.ReviewComment) -> Self:
        return cls(id=strawberry.ID(comment.comment_id), author=comment.author, text=comment.text, at=comment.at)


@strawberry.type(description="A pair that a steward should look at.")
class ReviewItem(relay.Node):
    key: relay.NodeID[str]
    pair: strawberry.Private[Pair]
    blind: strawberry.Private[bool]
    holder: strawberry.Private[StewardId | None]
    reason: ReviewReason = _field(description="Why.")
    probability: float | None = _field(description="The probability of the pair; null while it is held back.")
    band: Band | None = _field(description="The probability in words; null while it is held back.")
    priority: float | None = _field(
        description="Uncertainty times impact; the queue is ordered by it. Null while the probability is held back."
    )
    state: ReviewState = _field(description="Where the item stands.")
    version: int = _field(
        description="Goes up with every change; mutations take it to notice what others have changed in between."
    )
    created_at: datetime = _field(description="When it came up.")
    updated_at: datetime = _field(description="When it last changed.")
    claim_expires_at: datetime | None = _field(description="Until when it is held; null where nobody holds it.")

    @classmethod
    def of(cls, seen: ReviewItemSeen, *, info: Info | None = None, blind: bool = False) -> Self:
        """`blind` holds the probability back until the item is decided; so does a blind claim of the caller's own."""
        item = seen.item
        caller = info.context.caller.steward if info else None
        claimed_blind = seen.claim_blind and caller is not None and seen.claimed_by == caller.steward_id
        hidden = (blind or claimed_blind) and item.state is not ReviewState.DECIDED
        if hidden and info is not None:
            info.context.blind = True
        pair = (item.left, item.right)
        return cls(
            key=pair_key(pair),
            pair=pair,
            reason=item.reason,
            blind=hidden,
            holder=seen.claimed_by,
            probability=None if hidden else item.probability,
            band=None if hidden else band_of(item.probability),
            priority=None if hidden else item.priority,
            state=item.state,
            version=seen.version,
            created_at=seen.created_at,
            updated_at=seen.updated_at,
            claim_expires_at=seen.claim_expires_at,
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
        return await explanation(info, self.pair, blind=self.blind)

    @resolved("Who holds it; null where nobody does. For analysts and above.")
    async def claimed_by(self, info: Info) -> Viewer | None:
        if self.holder is None:
            return None
        info.context.require(Role.ANALYST)
        steward = await info.context.loaders.steward.load(self.holder)
        return Viewer.of(steward) if steward else None

    @resolved("What was written beside it, oldest first; the last 100. For analysts and above.")
    async def comments(self, info: Info) -> list[ReviewComment]:
        info.context.require(Role.ANALYST)
        found = await info.context.loaders.comments.load(self.pair)
        return [ReviewComment.of(each) for each in found[-MAX_LISTED:]]

    @resolved("Whatever was decided about the pair, oldest first, undone or not; the last 100. For analysts and above.")
    async def decisions(self, info: Info) -> list[DecisionRecord]:
        info.context.require(Role.ANALYST)
        found = await info.context.loaders.every_decision.load(self.pair)
        return [DecisionRecord.seen(each, blind=self.blind) for each in found[-MAX_LISTED:]]

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
