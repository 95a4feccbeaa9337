"""What can be searched: creators by meaning and words, those like another, facets and suggestions."""

from typing import Annotated

import strawberry

from creatorgraph.graphql import node
from creatorgraph.graphql.context import Info
from creatorgraph.graphql.creator_filter import CreatorFilter, to_store
from creatorgraph.graphql.facet import SearchFacets, SearchSuggestion
from creatorgraph.graphql.field import resolved
from creatorgraph.graphql.limit import page_size
from creatorgraph.graphql.relay import After, First
from creatorgraph.graphql.search import SearchConnection, SearchHit, search_cursor, searchable
from creatorgraph.services.search import search_creators
from creatorgraph.services.search_facet import search_facets, suggestions
from creatorgraph.services.search_rank import SearchMode

_argument = strawberry.argument
Filter = Annotated[CreatorFilter | None, _argument(description="Which creators; null: all.")]
Mode = Annotated[SearchMode, _argument(description="How to search.")]
MAX_SUGGESTIONS = 20
MIN_TYPED = 2
"""Characters from which there are suggestions: one alone begins the name of every twentieth creator."""


@strawberry.type
class SearchQuery:
    @resolved(
        "Creators by what they are about, ranked by relevance, engagement, follower quality and freshness, the best first. "
        "The list ends with those who are about it. Null with an error where the vector index does not answer."
    )
    async def search(
        self,
        info: Info,
        query: Annotated[str, _argument(description="What to look for, in plain words.")],
        first: First,
        filter: Filter = None,  # noqa: A002
        mode: Mode = SearchMode.HYBRID,
        after: After = None,
    ) -> SearchConnection | None:
        cursor = search_cursor(mode)
        key = cursor.decode(after)
        text = searchable(query)
        page = await search_creators(
            info.context.engines, text, filter_by=to_store(filter), mode=mode, first=page_size(first), after=key
        )
        found = cursor.connection(page, [SearchHit.of(hit, text) for hit in page.items], key)
        return SearchConnection(edges=found.edges, page_info=found.page_info)

    @resolved(
        "Creators with profiles of near meaning to one of them, the nearest first. Null with an error where the vector index "
        "does not answer."
    )
    async def similar_creators(
        self,
        info: Info,
        id: Annotated[  # noqa: A002
            strawberry.ID, _argument(description="The global id or UUID of a living creator.")
        ],
        first: First,
    ) -> list[SearchHit] | None:
        hits = await info.context.loaders.similar.load((node.creator_of(id), page_size(first)))
        return [SearchHit.of(hit, None) for hit in hits]

    @resolved(
        "Counts per platform, category, language and country over all that a search answers with: without a query everybody "
        "who passes the filter, by TEXT everybody who has the words, otherwise those whom the search ranks. Null with an error "
        "where the vector index does not answer."
    )
    async def search_facets(
        self,
        info: Info,
        query: Annotated[str | None, _argument(description="As in `search`; null: no query.")] = None,
        filter: Filter = None,  # noqa: A002
        mode: Mode = SearchMode.HYBRID,
    ) -> SearchFacets | None:
        text = None if query is None else searchable(query)
        return SearchFacets.of(await search_facets(info.context.engines, text, to_store(filter), mode))

    @resolved(
        "Categories, names and usernames that go on from what was typed, categories first, then the creators with most "
        "followers; none below two characters."
    )
    async def search_suggestions(
        self,
        info: Info,
        typed: Annotated[str, _argument(description="What was typed so far.")],
        first: Annotated[int, _argument(description=f"How many at most: 1 to {MAX_SUGGESTIONS}.")] = 10,
    ) -> list[SearchSuggestion]:
        most = page_size(first, most=MAX_SUGGESTIONS)
        if len(typed.strip()) < MIN_TYPED:
            return []
        return [SearchSuggestion.of(each) for each in await suggestions(info.context.engines, typed, first=most)]
