"""How much there is."""

from datetime import datetime
from typing import Self

import strawberry

from creatorgraph.domain.platform import Platform
from creatorgraph.graphql.scalar import BigInt
from creatorgraph.store.read import stats as store

_field = strawberry.field


@strawberry.type(description="How many profiles there are on one platform.")
class PlatformCount:
    platform: Platform = _field(description="The platform.")
    profiles: BigInt = _field(description="The number of its profiles.")


@strawberry.type(description="Counts of everything, as of now.")
class Stats:
    profiles: BigInt = _field(description="Profiles.")
    creators: BigInt = _field(description="Living creators.")
    creators_with_several_profiles: BigInt = _field(description="Creators with more than one profile.")
    identifiers: BigInt = _field(description="Distinct identifiers.")
    links: BigInt = _field(description="Scored pairs that are kept.")
    accepted_links: BigInt = _field(description="Those that reached the threshold.")
    open_review_items: BigInt = _field(description="Pairs that wait for a steward.")
    platforms: list[PlatformCount] = _field(description="Profiles per platform, the most first.")
    resolved_at: datetime | None = _field(description="When the last resolution ended; null before the first.")
    model_version: str | None = _field(description="The version of the model of that run.")

    @classmethod
    def of(cls, found: store.Stats) -> Self:
        return cls(
            profiles=BigInt(found.profiles),
            creators=BigInt(found.creators),
            creators_with_several_profiles=BigInt(found.creators_with_several_profiles),
            identifiers=BigInt(found.identifiers),
            links=BigInt(found.links),
            accepted_links=BigInt(found.accepted_links),
            open_review_items=BigInt(found.open_review_items),
            platforms=[PlatformCount(platform=each, profiles=BigInt(count)) for each, count in found.platforms],
            resolved_at=found.resolved_at,
            model_version=found.model_version,
        )
