"""Profiles: accounts on platforms."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Self

import strawberry
from strawberry import relay

from creatorgraph.domain.error import InvalidInputError, NotFoundError
from creatorgraph.domain.identifier import SECRET_KINDS, IdentifierKind
from creatorgraph.domain.identifier import Identifier as DomainIdentifier
from creatorgraph.domain.platform import Platform
from creatorgraph.domain.profile import ProfileId, ProfileStatus
from creatorgraph.graph.element import NodeId
from creatorgraph.graphql.context import Info
from creatorgraph.graphql.field import resolved
from creatorgraph.graphql.limit import page_size
from creatorgraph.graphql.link import LINK_CURSOR, Link
from creatorgraph.graphql.network import Depth, Kinds, NetworkFragment, Nodes, fragment
from creatorgraph.graphql.relay import NO_PAGE, After, Connection, Cursor, First
from creatorgraph.graphql.scalar import BigInt
from creatorgraph.store.read.keyset import Part
from creatorgraph.store.read.profile import ProfileSeen

if TYPE_CHECKING:
    from creatorgraph.graphql.creator import Creator

PROFILE_CURSOR = Cursor("profile", (int, str))

_field = strawberry.field


@strawberry.type(description="A normalised thing that can tie profiles together.")
class Identifier:
    kind: IdentifierKind = _field(description="What it is.")
    value: str = _field(description="What a person may see of it; emails and phone numbers are masked.")
    masked: bool = _field(description="Whether `value` hides a part.")
    field: str = _field(description="The field of the record that it was found in, such as `bio` or `website`.")

    @classmethod
    def of(cls, identifier: DomainIdentifier) -> Self:
        return cls(
            kind=identifier.kind,
            value=identifier.shown,
            masked=identifier.kind in SECRET_KINDS,
            field=identifier.field,
        )


@strawberry.type(description="Where a profile came from and how fresh it is.")
class Provenance:
    source: str = _field(description="The file or feed that it came from last.")
    observed_at: datetime | None = _field(description="When the source saw the account; null where it does not say.")
    changed_at: datetime = _field(description="When its content last changed here.")


@strawberry.type(description="One account on one platform.")
class Profile(relay.Node):
    profile_id: relay.NodeID[str]
    platform: Platform = _field(description="Where the account is.")
    username: str | None = _field(description="The username, spelled as in the source.")
    url: str | None = _field(description="The account's address.")
    display_name: str | None = _field(description="The name that it shows.")
    bio: str | None = _field(description="The bio, with emails and phone numbers masked.")
    website: str | None = _field(description="The website that it links.")
    location: str | None = _field(description="Where it says to be.")
    language: str | None = _field(description="Its language, as the source gives it.")
    category: str | None = _field(description="Its category, as the source gives it.")
    followers: BigInt | None = _field(description="How many follow it.")
    engagement_rate: float | None = _field(description="Reactions per follower and post, in percent.")
    verified: bool | None = _field(description="Whether the platform has verified it; null where that is not known.")
    status: ProfileStatus = _field(description="Whether the account was there when it was last seen.")
    first_seen_at: datetime = _field(description="When it came in for the first time.")
    last_seen_at: datetime = _field(description="When it last came in.")
    provenance: Provenance = _field(description="Where it came from.")

    @classmethod
    def of(cls, seen: ProfileSeen) -> Self:
        profile = seen.profile
        return cls(
            profile_id=profile.profile_id,
            platform=profile.platform,
            username=profile.username,
            url=profile.url,
            display_name=profile.display_name,
            bio=profile.bio,
            website=profile.website,
            location=profile.location,
            language=profile.language,
            category=profile.category,
            followers=None if profile.followers is None else BigInt(profile.followers),
            engagement_rate=profile.engagement_rate,
            verified=profile.verified,
            status=profile.status,
            first_seen_at=seen.first_seen_at,
            last_seen_at=seen.last_seen_at,
            provenance=Provenance(source=seen.source, observed_at=profile.observed_at, changed_at=seen.changed_at),
        )

    @resolved("The creator that it belongs to.")
    async def creator(self, info: Info) -> Annotated["Creator", strawberry.lazy("creatorgraph.graphql.creator")]:
        from creatorgraph.graphql.creator import required_creator

        creator_id = await info.context.loaders.creator_of.load(ProfileId(self.profile_id))
        if creator_id is None:
            raise NotFoundError("the profile was not resolved yet", mend="Run `creatorgraph resolve`, or ask later.")
        return await required_creator(info, creator_id)

    @resolved("What can tie it to other profiles.")
    async def identifiers(self, info: Info) -> list[Identifier]:
        found = await info.context.loaders.identifiers.load(ProfileId(self.profile_id))
        return [Identifier.of(each) for each in found]

    @resolved("Its links to other profiles, the most probable first.")
    async def links(
        self,
        info: Info,
        min_probability: Annotated[float, strawberry.argument(description="Leaves out links below; 0 to 1.")] = 0.0,
        first: First = 50,
        after: After = None,
    ) -> Connection[Link]:
        if not 0 <= min_probability <= 1:
            raise InvalidInputError(f"{min_probability} is no probability", where="minProbability", mend="Give 0 to 1.")
        key = LINK_CURSOR.decode(after)
        part = Part(parent=self.profile_id, first=page_size(first), after=key)
        if info.context.blind:
            return LINK_CURSOR.connection(NO_PAGE, [], key)
        page = await info.context.loaders.profile_links.load((part, min_probability))
        return LINK_CURSOR.connection(page, [Link.of(each) for each in page.items], key)

    @resolved("What lies around it in the graph. Null with an error where the graph engine does not answer.")
    async def neighbourhood(
        self, info: Info, kinds: Kinds = None, depth: Depth = 1, first: Nodes = 50
    ) -> NetworkFragment | None:
        return await fragment(info, NodeId.profile(ProfileId(self.profile_id)), kinds, depth, first)


async def required_profile(info: Info, profile_id: ProfileId) -> Profile:
    """A profile that is known to exist, or did a moment ago."""
    seen = await info.context.loaders.profile.load(profile_id)
    if seen is None:
        raise NotFoundError("the profile is gone: it was deleted", mend="Ask again.")
    return Profile.of(seen)
