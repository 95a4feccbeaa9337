"""What an act would change, before it is done."""

from typing import Self

import strawberry

from creatorgraph.domain.profile import ProfileId
from creatorgraph.graphql.context import Info
from creatorgraph.graphql.decision import DecisionRecord
from creatorgraph.graphql.field import resolved
from creatorgraph.graphql.limit import MAX_LISTED
from creatorgraph.graphql.node import CREATOR, PROFILE, global_id
from creatorgraph.graphql.profile import Profile, required_profile
from creatorgraph.graphql.review import ReviewItem
from creatorgraph.graphql.scalar import BigInt
from creatorgraph.services.steward import preview as service

_field = strawberry.field


@strawberry.type(description="A creator as it would be.")
class PreviewedCreator:
    members: strawberry.Private[tuple[ProfileId, ...]]
    creator_id: strawberry.ID | None = _field(
        description="The global id that it would carry; null where it would be new."
    )
    display_name: str = _field(description="The name of its golden record.")
    profile_ids: list[strawberry.ID] = _field(description="The global ids of its profiles.")
    keeps_id: bool = _field(description="Whether it carries an id that is there already.")
    total_followers: BigInt = _field(description="The sum over its profiles.")

    @resolved("Its profiles, in the order of `profileIds`; at most 100.")
    async def profiles(self, info: Info) -> list[Profile]:
        return [await required_profile(info, each) for each in self.members[:MAX_LISTED]]


@strawberry.type(description="What a merge or split would change. Nothing is changed by asking.")
class IdentityPreview:
    creators: list[PreviewedCreator] = _field(description="The creators that would change or come to be; at most 100.")
    retired: list[strawberry.ID] = _field(description="The global ids that would lead elsewhere.")
    never_links: int = _field(description="Pairs that would be kept apart for good.")
    contradictions: list[DecisionRecord] = _field(description="What would have to be withdrawn for it; at most 100.")
    warnings: list[str] = _field(description="What to know before, in sentences.")

    @classmethod
    def of(cls, found: service.IdentityPreview) -> Self:
        return cls(
            creators=[
                PreviewedCreator(
                    members=each.profiles,
                    creator_id=global_id(CREATOR, each.creator_id) if each.creator_id else None,
                    display_name=each.display_name,
                    profile_ids=[global_id(PROFILE, profile) for profile in each.profiles],
                    keeps_id=each.creator_id is not None,
                    total_followers=BigInt(each.total_followers),
                )
                for each in found.creators[:MAX_LISTED]
            ],
            retired=[global_id(CREATOR, each) for each in found.retired],
            never_links=found.never_links,
            contradictions=[DecisionRecord.of(each) for each in found.contradictions[:MAX_LISTED]],
            warnings=list(found.warnings),
        )


@strawberry.type(description="What a bulk accept would accept.")
class BulkPreview:
    count: int = _field(description="How many items; at most 500 at a time.")
    sample: list[ReviewItem] = _field(description="Some of them, evenly over their priorities.")
    token: str = _field(description="Stands for exactly these items and versions, once, for 30 minutes.")
