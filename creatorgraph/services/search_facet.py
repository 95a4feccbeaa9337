"""Facets of a search, and suggestions while somebody types."""

from dataclasses import dataclass
from enum import StrEnum

from creatorgraph.domain.creator import CreatorId
from creatorgraph.resolution.text.fold import fold
from creatorgraph.services.engines import Engines
from creatorgraph.services.search import found_by
from creatorgraph.services.search_rank import SearchMode
from creatorgraph.services.search_word import named_terms, spelled_terms
from creatorgraph.store.read.creator import CreatorFilter
from creatorgraph.store.read.facet import Facets, facets_of, facets_within
from creatorgraph.store.read.search import Term
from creatorgraph.store.read.suggestion import categories_like, creators_named

MAX_VALUES = 50
"""Values of one field; what is rarer has no use as a filter beside a list of hits."""


class SuggestionKind(StrEnum):
    NAME = "name"
    USERNAME = "username"
    CATEGORY = "category"


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A text to search for; `creator_id` where it names one, `creators` how many have it where it is a category."""

    kind: SuggestionKind
    text: str
    creator_id: CreatorId | None = None
    creators: int = 1


async def search_facets(engines: Engines, query: str | None, filter_by: CreatorFilter, mode: SearchMode) -> Facets:
    """Counts over all that a search answers with, on whatever page: without a query everybody who passes the filter, by words
    alone everybody who has them, otherwise those whom the search ranks."""
    if query is None:
        return await engines.database.ask(facets_within, filter_by, most=MAX_VALUES)
    if mode is SearchMode.TEXT:
        terms = [Term(query=each, worth=1.0) for each in spelled_terms(query, prefix=True)]
        return await engines.database.ask(facets_within, filter_by, terms, most=MAX_VALUES)
    found, _ = await found_by(engines, query, filter_by, mode)
    return await engines.database.ask(facets_of, [each.creator_id for each in found.candidates], most=MAX_VALUES)


async def suggestions(engines: Engines, typed: str, *, first: int) -> list[Suggestion]:
    """At most `first` categories, names and usernames that go on from what was typed; categories first, then creators by
    followers."""
    queries = named_terms(typed)
    if not queries:
        return []
    named = await engines.database.ask(creators_named, queries, limit=first)
    categories = await engines.database.ask(categories_like, " ".join(typed.split()), limit=first)
    found = [
        Suggestion(kind=SuggestionKind.CATEGORY, text=category, creators=creators) for category, creators in categories
    ]
    last = fold(typed).split()
    for each in named:
        in_name = all(word in fold(each.display_name) for word in last)
        username = next((name for name in each.usernames if last and last[-1] in fold(name)), None)
        if in_name or username is None:
            found.append(Suggestion(kind=SuggestionKind.NAME, text=each.display_name, creator_id=each.creator_id))
        else:
            found.append(Suggestion(kind=SuggestionKind.USERNAME, text=username, creator_id=each.creator_id))
    return list(dict.fromkeys(found))[:first]
