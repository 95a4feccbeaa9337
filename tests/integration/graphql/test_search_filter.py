from collections.abc import Awaitable, Callable
from typing import Any

import pytest

Ask = Callable[..., Awaitable[dict[str, Any]]]
Data = Callable[..., Awaitable[dict[str, Any]]]

SEARCH = """
query ($q: String!, $first: Int! = 60, $after: String, $filter: CreatorFilter, $mode: SearchMode! = HYBRID) {
  search(query: $q, first: $first, after: $after, filter: $filter, mode: $mode) {
    pageInfo { endCursor } edges { node { score creator { displayName totalFollowers verifiedAnywhere } } }
  }
}
"""


WHY = """
query ($q: String!, $filter: CreatorFilter) {
  search(query: $q, first: 60, filter: $filter) {
    edges { node { creator { displayName } whyRanked { part value } } }
  }
}
"""


async def names(data: Data, q: str, **variables: object) -> list[str]:
    found = (await data(SEARCH, q=q, **variables))["search"]["edges"]
    return [edge["node"]["creator"]["displayName"] for edge in found]


@pytest.mark.parametrize("mode", ["HYBRID", "SEMANTIC"])
@pytest.mark.parametrize(
    ("filter_by", "count"),
    [
        ({"verified": True}, 12),
        ({"locationContains": "lyon"}, 30),
        ({"country": "fr"}, 30),
        ({"country": "DE"}, 0),
        ({"minEngagement": 2, "maxEngagement": 3}, 60),
        ({"minEngagement": 2.6}, 0),
        ({"activeSince": "2000-01-01T00:00:00Z"}, 60),
        ({"activeSince": "2999-01-01T00:00:00Z"}, 0),
        ({"platforms": ["TWITCH"]}, 0),
    ],
)
async def test_a_filter_costs_nobody_who_passes_it(
    data: Data, filter_by: dict[str, object], count: int, mode: str
) -> None:
    assert len(set(await names(data, "fresh bread", filter=filter_by, mode=mode))) == count


async def test_words_alone_find_a_name_while_it_is_typed(data: Data) -> None:
    assert await names(data, "maker 07", mode="TEXT") == ["Maker 07"]
    assert sorted(await names(data, "Maker 1", mode="TEXT")) == [f"Maker {number}" for number in range(10, 20)]
    assert await names(data, "maker nobody", mode="TEXT") == []


async def test_of_those_who_mean_alike_whoever_has_the_words_is_most_about_them(data: Data) -> None:
    hits = (await data(WHY, q="maker07", filter={"category": "gaming", "country": "FR"}))["search"]["edges"]
    about = {hit["node"]["creator"]["displayName"]: hit["node"]["whyRanked"][0] for hit in hits}
    assert {part["part"] for part in about.values()} == {"semantic"}
    assert max(about, key=lambda name: about[name]["value"]) == "Maker 07"


@pytest.mark.parametrize("query", ["'", "a' | 'b", "\\", "!& <->", ":*", "((", "*:A"])
async def test_syntax_is_no_syntax(ask: Ask, query: str) -> None:
    for mode in ("HYBRID", "TEXT"):
        result = await ask(SEARCH, q=f"{query} bread", mode=mode)
        assert result["errors"] == []


async def test_a_cursor_belongs_to_its_mode(ask: Ask) -> None:
    found = await ask(SEARCH, q="bread", first=1)
    after = found["data"]["search"]["pageInfo"]["endCursor"]
    refused = await ask(SEARCH, q="bread", first=1, after=after, mode="TEXT")
    assert refused["errors"][0]["extensions"]["code"] == "invalid_input"


async def test_facets_count_all_that_a_search_answers_with(data: Data) -> None:
    facets = """
    query ($q: String, $filter: CreatorFilter, $mode: SearchMode! = HYBRID) {
      searchFacets(query: $q, filter: $filter, mode: $mode) {
        total platforms { platform creators } categories { value creators } countries { value creators }
      }
    }
    """
    everybody = (await data(facets))["searchFacets"]
    assert everybody["total"] == 60
    assert everybody["categories"] == [{"value": each, "creators": 20} for each in ("cooking", "gaming", "travel")]
    assert everybody["countries"] == [{"value": "FR", "creators": 30}]
    assert {each["creators"] for each in everybody["platforms"]} == {60}
    assert (await data(facets, q="bread", filter={"category": "gaming"}))["searchFacets"]["total"] == 20
    assert (await data(facets, q="maker 1", mode="TEXT"))["searchFacets"]["total"] == 10


async def test_suggestions_go_on_from_what_was_typed(data: Data) -> None:
    suggest = "query ($typed: String!) { searchSuggestions(typed: $typed, first: 5) { kind text creatorId creators } }"
    categories = (await data(suggest, typed="coo"))["searchSuggestions"]
    assert categories == [{"kind": "CATEGORY", "text": "cooking", "creatorId": None, "creators": 20}]
    named = (await data(suggest, typed="maker 0"))["searchSuggestions"]
    assert [each["kind"] for each in named] == ["NAME"] * 5
    assert all(each["text"].startswith("Maker 0") and each["creatorId"] for each in named)
    assert (await data(suggest, typed="m"))["searchSuggestions"] == []
    assert (await data(suggest, typed="maker0"))["searchSuggestions"][0]["kind"] == "USERNAME"


async def test_similar_creators_from_the_top(data: Data) -> None:
    found = (await data(SEARCH, q="maker 07", first=1, mode="TEXT"))["search"]["edges"]
    assert found[0]["node"]["creator"]["displayName"] == "Maker 07"
    by_id = (
        "query ($id: ID!) { similarCreators(id: $id, first: 3) { score creator { golden { category { value } } } } }"
    )
    hits = (await data(by_id, id="01910000-0000-7000-8000-000000000007"))["similarCreators"]
    assert [hit["creator"]["golden"]["category"]["value"] for hit in hits] == ["gaming"] * 3
