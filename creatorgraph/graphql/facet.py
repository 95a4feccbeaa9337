"""Facets beside a search, and suggestions while somebody types."""

from typing import Self

import strawberry

from creatorgraph.domain.platform import Platform
from creatorgraph.graphql import node
from creatorgraph.graphql.scalar import BigInt
from creatorgraph.services.search_facet import Suggestion, SuggestionKind
from creatorgraph.store.read.facet import FacetField, Facets

_field = strawberry.field


@strawberry.type(description="How many of the creators are on a platform.")
class PlatformFacet:
    platform: Platform = _field(description="The platform.")
    creators: BigInt = _field(description="Creators with a profile there.")


@strawberry.type(description="How many of the creators have a value.")
class FacetValue:
    value: str = _field(description="The value, as a filter takes it.")
    creators: BigInt = _field(description="Creators that have it.")


@strawberry.type(
    description="Counts over all creators that a search answers with; at most 50 values of each kind, most first."
)
class SearchFacets:
    total: BigInt = _field(description="How many creators there are.")
    platforms: list[PlatformFacet] = _field(description="By platform; a creator counts on each of its own.")
    categories: list[FacetValue] = _field(description="By category; creators without one are not counted.")
    languages: list[FacetValue] = _field(description="By language; creators without one are not counted.")
    countries: list[FacetValue] = _field(description="By country; creators whose locations name none are not counted.")

    @classmethod
    def of(cls, facets: Facets) -> Self:
        def values(name: FacetField) -> list[FacetValue]:
            return [FacetValue(value=each.value, creators=BigInt(each.creators)) for each in facets.values[name]]

        return cls(
            total=BigInt(facets.total),
            platforms=[
                PlatformFacet(platform=Platform(each.value), creators=BigInt(each.creators))
                for each in facets.values[FacetField.PLATFORM]
            ],
            categories=values(FacetField.CATEGORY),
            languages=values(FacetField.LANGUAGE),
            countries=values(FacetField.COUNTRY),
        )


@strawberry.type(description="A text that goes on from what was typed.")
class SearchSuggestion:
    kind: SuggestionKind = _field(description="What it is.")
    text: str = _field(description="The text.")
    creator_id: strawberry.ID | None = _field(
        description="The global id of the creator that it names; null for categories."
    )
    creators: BigInt = _field(description="How many creators have it.")

    @classmethod
    def of(cls, suggestion: Suggestion) -> Self:
        named = suggestion.creator_id
        return cls(
            kind=suggestion.kind,
            text=suggestion.text,
            creator_id=node.global_id(node.CREATOR, named) if named is not None else None,
            creators=BigInt(suggestion.creators),
        )
