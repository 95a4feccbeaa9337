"""Who a partial profile might be."""

import asyncio
from typing import Self

import strawberry

from creatorgraph.domain.platform import Platform
from creatorgraph.graphql.context import Info
from creatorgraph.graphql.creator import Creator, required_creator
from creatorgraph.graphql.field import resolved
from creatorgraph.graphql.limit import page_size
from creatorgraph.graphql.link import Evidence, evidence_of
from creatorgraph.graphql.profile import Profile, required_profile
from creatorgraph.graphql.scalar import BigInt
from creatorgraph.services.arrival import match as service

MAX_CANDIDATES = 20

_field = strawberry.field


@strawberry.input(description="What is known of an account; at least one of the texts. Nothing of it is stored.")
class ProfileInput:
    platform: Platform | None = _field(default=None, description="Where the account is.")
    username: str | None = _field(default=None, description="With or without @.")
    url: str | None = _field(default=None, description="The account's address.")
    display_name: str | None = _field(default=None, description="The name that it shows.")
    bio: str | None = _field(default=None, description="What it says of itself.")
    website: str | None = _field(default=None, description="The website that it links.")
    location: str | None = _field(default=None, description="Where it says to be.")
    language: str | None = _field(default=None, description="Its language.")
    category: str | None = _field(default=None, description="Its category.")
    followers: BigInt | None = _field(default=None, description="How many follow it.")
    email: str | None = _field(default=None, description="Turned into a keyed hash at once.")
    phone: str | None = _field(default=None, description="In international form; hashed as well.")

    def record(self) -> dict[str, object]:
        """In the form of ingest."""
        given = {name: getattr(self, name) for name in type(self).__dataclass_fields__}
        return {
            name: value.value if isinstance(value, Platform) else value
            for name, value in given.items()
            if value is not None
        }


@strawberry.type(description="A creator that a profile may belong to.")
class MatchCandidate:
    found: strawberry.Private[service.MatchCandidate]
    probability: float = _field(description="How probable it is that both are one person's, 0 to 1, calibrated.")
    match_weight: float | None = _field(description="In bits; null where the very account is the creator's already.")
    accepted: bool = _field(description="Whether the link would be accepted if the profile arrived.")
    evidence: list[Evidence] = _field(description="One row per signal that had something to look at.")

    @classmethod
    def of(cls, found: service.MatchCandidate) -> Self:
        return cls(
            found=found,
            probability=found.probability,
            match_weight=found.match_weight,
            accepted=found.accepted,
            evidence=[evidence_of(each) for each in found.evidence],
        )

    @resolved("The creator.")
    async def creator(self, info: Info) -> Creator:
        return await required_creator(info, self.found.creator_id)

    @resolved("Its profile that the one asked about would be linked to best.")
    async def matched_profile(self, info: Info) -> Profile:
        return await required_profile(info, self.found.matched)


async def candidates(info: Info, profile: ProfileInput, first: int) -> list[MatchCandidate]:
    """Raises InvalidInputError where nothing is known, UnavailableError where no run has left its indexes."""
    matching = info.context.matching
    asked = await asyncio.to_thread(matching.asked, profile.record())
    most = page_size(first, most=MAX_CANDIDATES)
    found = await asyncio.to_thread(matching.match, asked, first=most, min_probability=0.0)
    return [MatchCandidate.of(each) for each in found.candidates]
