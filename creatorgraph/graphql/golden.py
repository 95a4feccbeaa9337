"""The merged view of a creator, each field with the profile that it came from."""

from typing import Self

import strawberry

from creatorgraph.domain.creator import GoldenField
from creatorgraph.domain.creator import GoldenRecord as DomainRecord
from creatorgraph.domain.profile import ProfileId
from creatorgraph.graphql.context import Info
from creatorgraph.graphql.field import resolved
from creatorgraph.graphql.profile import Profile, required_profile

_field = strawberry.field


@strawberry.type(description="A field of the merged view.")
class GoldenText:
    source_id: strawberry.Private[ProfileId]
    value: str = _field(description="The value that was chosen.")
    confidence: float = _field(description="The share of the support that spoke for it, 0 to 1.")
    alternatives: list[str] = _field(description="What other profiles of the creator say, the best supported first.")

    @classmethod
    def of(cls, found: GoldenField) -> Self:
        return cls(
            source_id=found.source,
            value=found.value,
            confidence=found.confidence,
            alternatives=list(found.alternatives),
        )

    @classmethod
    def of_optional(cls, found: GoldenField | None) -> Self | None:
        return cls.of(found) if found else None

    @resolved("The profile that the value came from.")
    async def source(self, info: Info) -> Profile:
        return await required_profile(info, self.source_id)


@strawberry.type(description="The merged view of a creator, each field with its source.")
class GoldenRecord:
    name: GoldenText = _field(description="The name.")
    bio: GoldenText | None = _field(description="The bio that says most.")
    category: GoldenText | None = _field(description="The category.")
    language: GoldenText | None = _field(description="The language.")
    location: GoldenText | None = _field(description="The place.")
    website: GoldenText | None = _field(description="A page of their own, no account of a known platform.")

    @classmethod
    def of(cls, record: DomainRecord) -> Self:
        optional = GoldenText.of_optional
        return cls(
            name=GoldenText.of(record.name),
            bio=optional(record.bio),
            category=optional(record.category),
            language=optional(record.language),
            location=optional(record.location),
            website=optional(record.website),
        )
