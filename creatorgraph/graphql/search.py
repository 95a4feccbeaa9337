"""Search hits, and why each stands where it stands."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Self
from uuid import UUID

import strawberry

from creatorgraph.domain.error import InvalidInputError
from creatorgraph.graphql.context import Info
from creatorgraph.graphql.field import resolved
from creatorgraph.graphql.relay import Connection, Cursor
from creatorgraph.services.search_rank import Hit, SearchMode

if TYPE_CHECKING:
    from creatorgraph.graphql.creator import Creator
    from creatorgraph.graphql.profile import Profile

_field = strawberry.field


@strawberry.type(description="One part of a score.")
class RankPart:
    part: str = _field(description="What was measured, such as `semantic`.")
    weight: float = _field(description="What it counts for.")
    value: float = _field(description="What it measured.")
    contribution: float = _field(description="Weight times value; the contributions add up to the score.")


@strawberry.type(description="A creator that a search found.")
class SearchHit:
    hit: strawberry.Private[Hit]
    query: strawberry.Private[str | None]
    score: float = _field(description="What the hits are ordered by, highest first.")
    why_ranked: list[RankPart] = _field(description="The parts that the score was really made of.")
    cache_hit: bool = _field(
        description="Whether its figures were kept from an earlier search; they are not out of date."
    )

    @classmethod
    def of(cls, hit: Hit, query: str | None) -> Self:
        """`query` is what the highlights refer to; None where a creator, not a text, was looked for."""
        parts = [
            RankPart(part=each.part, weight=each.weight, value=each.value, contribution=each.contribution)
            for each in hit.parts
        ]
        return cls(hit=hit, query=query, score=hit.score, why_ranked=parts, cache_hit=hit.cached)

    @resolved("The creator.")
    async def creator(self, info: Info) -> Annotated["Creator", strawberry.lazy("creatorgraph.graphql.creator")]:
        from creatorgraph.graphql.creator import required_creator

        return await required_creator(info, self.hit.creator_id)

    @resolved("Its profile that matched best.")
    async def matched_profile(
        self, info: Info
    ) -> Annotated["Profile", strawberry.lazy("creatorgraph.graphql.profile")]:
        from creatorgraph.graphql.profile import required_profile

        return await required_profile(info, self.hit.matched)

    @resolved("The sentences of the matched bio nearest to the query, at most two; empty without bio or query.")
    async def highlights(self, info: Info) -> list[str]:
        seen = await info.context.loaders.profile.load(self.hit.matched)
        if seen is None or not seen.profile.bio or self.query is None:
            return []
        return list(await info.context.loaders.highlights.load((self.query, seen.profile.bio)))


@strawberry.type(description="Some hits of a search that is told in parts, in the order of the whole.")
class SearchPart:
    hits: list[SearchHit] = _field(description="The next hits, best first.")
    cursor: str | None = _field(
        description="Pass it as `after` to go on behind them, here or in `search`; null where there are none."
    )
    complete: bool = _field(description="Whether this is the last part.")


@strawberry.type(description="A page of search hits.")
class SearchConnection(Connection[SearchHit]):
    pass


def search_cursor(mode: SearchMode) -> Cursor:
    """Score, creator and the moment that freshness counts from."""
    return Cursor(f"search-{mode.value}", (float, UUID, datetime))


def searchable(query: str) -> str:
    """Raises InvalidInputError for a query without a word."""
    text = " ".join(query.split())
    if not any(character.isalnum() for character in text):
        raise InvalidInputError("the query has no word in it", where="query", mend="Say what to look for.")
    return text
