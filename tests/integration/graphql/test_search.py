from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from creatorgraph.domain.creator import CreatorId

Ask = Callable[..., Awaitable[dict[str, Any]]]
Data = Callable[..., Awaitable[dict[str, Any]]]

QUERY = """
query ($q: String!, $first: Int!, $after: String, $filter: CreatorFilter, $mode: SearchMode! = HYBRID) {
  search(query: $q, first: $first, after: $after, filter: $filter, mode: $mode) {
    pageInfo { hasNextPage endCursor }
    edges { node {
      score cacheHit whyRanked { part weight value contribution } highlights
      creator { id displayName golden { category { value } } } matchedProfile { platform bio }
    } }
  }
}
"""


@pytest.mark.parametrize(
    ("query", "niche"),
    [("somebody who makes bread at home", "cooking"), ("old video game speedrunner", "gaming"), ("mountain hiking", "travel")],
)  # fmt: skip
async def test_finds_by_meaning(data: Data, query: str, niche: str) -> None:
    found = (await data(QUERY, q=query, first=10))["search"]
    hits = [edge["node"] for edge in found["edges"]]
    assert [hit["creator"]["golden"]["category"]["value"] for hit in hits] == [niche] * 10
    assert len({hit["creator"]["id"] for hit in hits}) == 10
    for hit in hits:
        assert sum(part["contribution"] for part in hit["whyRanked"]) == pytest.approx(hit["score"])
        parts = [part["part"] for part in hit["whyRanked"]]
        assert parts[:4] == ["semantic", "engagement", "follower_quality", "freshness"]
        assert parts[4:] in ([], ["verified"])
        assert all(0 <= part["value"] <= 1.1 for part in hit["whyRanked"])


async def test_highlights_are_sentences_of_the_matched_bio(data: Data) -> None:
    found = (await data(QUERY, q="weekend livestreams", first=3, filter={"category": "gaming"}))["search"]
    hit = found["edges"][0]["node"]
    assert hit["highlights"][0] == "Live on weekends."
    assert all(text in hit["matchedProfile"]["bio"] for text in hit["highlights"])


async def test_pages_meet_and_end_with_every_creator_of_the_filter(data: Data) -> None:
    ids: list[str] = []
    after: str | None = None
    scores: list[float] = []
    while True:
        page = (await data(QUERY, q="fresh bread", first=9, after=after, filter={"category": "travel"}))["search"]
        ids += [edge["node"]["creator"]["id"] for edge in page["edges"]]
        scores += [edge["node"]["score"] for edge in page["edges"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    # the filter keeps a third that the query is far from: none is lost
    assert len(ids) == len(set(ids)) == 20
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize("query", ["", "   ", "?!"])
async def test_a_query_without_a_word_is_refused(ask: Ask, query: str) -> None:
    result = await ask(QUERY, q=query, first=1)
    assert result["data"] == {"search": None}
    assert result["errors"][0]["extensions"]["code"] == "invalid_input"


async def test_similar_creators_share_the_niche_and_leave_oneself_out(
    creators: tuple[CreatorId, ...], data: Data
) -> None:
    found = await data(
        "query ($id: ID!) { creator(id: $id) { ... on Creator { id similar(first: 5) {"
        " score highlights creator { id golden { category { value } } } } } } }",
        id=creators[1],
    )
    similar = found["creator"]["similar"]
    assert [hit["creator"]["golden"]["category"]["value"] for hit in similar] == ["gaming"] * 5
    assert found["creator"]["id"] not in {hit["creator"]["id"] for hit in similar}
    assert all(hit["highlights"] == [] for hit in similar)
