from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from creatorgraph.domain.creator import CreatorId
from creatorgraph.graphql.node import global_id

Ask = Callable[..., Awaitable[dict[str, Any]]]
Data = Callable[..., Awaitable[dict[str, Any]]]

OLD, OLDER, GONE, ERASED = (f"0190ffff-0000-7000-8000-{n:012d}" for n in range(4))
FOLLOW = """
query ($id: ID!) {
  creator(id: $id) {
    __typename
    ... on Creator { id displayName }
    ... on CreatorRedirect { from reason at creator { displayName } }
    ... on CreatorErased { id at }
  }
}
"""


async def test_a_creator_with_all_that_hangs_on_it(creators: tuple[CreatorId, ...], data: Data) -> None:
    found = await data(
        """
        query ($id: ID!) {
          creator(id: $id) {
            ... on Creator {
              displayName kind platforms totalFollowers averageEngagementRate verifiedAnywhere version
              golden {
                name { value confidence alternatives source { username platform } }
                location { value } website { value }
              }
              primaryProfile { platform followers }
              profiles(first: 2) { pageInfo { hasNextPage endCursor } edges { node { platform followers verified } } }
              links(first: 1) { edges { node { probability decidedBy left { platform } evidence { signal level matchWeight } } } }
              cohesion {
                confidence density connected
                weakestLink { left { platform } right { platform } probability evidence { signal } }
                bridges { probability }
              }
              history(first: 2) { edges { node { kind creatorId otherId profileIds cause } } }
            }
          }
        }
        """,
        id=creators[0],
    )
    creator = found["creator"]
    assert creator["displayName"] == "Maker 00"
    assert (creator["kind"], creator["totalFollowers"], creator["verifiedAnywhere"]) == ("PERSON", 110, True)
    assert creator["platforms"] == ["INSTAGRAM", "X", "YOUTUBE"]
    assert creator["golden"]["name"]["source"] == {"username": "Maker00", "platform": "INSTAGRAM"}
    assert creator["golden"]["website"] is None
    assert creator["primaryProfile"] == {"platform": "INSTAGRAM", "followers": 100}
    assert [edge["node"]["followers"] for edge in creator["profiles"]["edges"]] == [100, 10]
    assert creator["profiles"]["pageInfo"]["hasNextPage"]
    assert creator["links"]["edges"][0]["node"]["probability"] == 0.99
    assert [each["signal"] for each in creator["links"]["edges"][0]["node"]["evidence"]] == ["username", "bio"]
    weakest = creator["cohesion"].pop("weakestLink")
    assert (weakest["left"]["platform"], weakest["right"]["platform"]) == ("X", "YOUTUBE")
    assert weakest["evidence"] == [{"signal": "username"}, {"signal": "bio"}]
    assert creator["cohesion"] == {
        "confidence": 0.8,
        "density": pytest.approx(2 / 3),
        "connected": True,
        "bridges": [{"probability": 0.8}, {"probability": 0.99}],
    }
    events = [edge["node"] for edge in creator["history"]["edges"]]
    assert [each["kind"] for each in events] == ["RETIRED", "MERGED"]
    assert events[0]["creatorId"] == global_id("Creator", OLD)
    assert events[1]["profileIds"] == [global_id("Profile", "p000i")]


@pytest.mark.parametrize(
    "id_", ["01910000-0000-7000-8000-000000000007", global_id("Creator", "01910000-0000-7000-8000-000000000007"),
            "p007x", global_id("Profile", "p007x"), "01910000-0000-7000-8000-000000000007".upper()],
)  # fmt: skip
async def test_every_form_of_id_leads_to_the_creator(data: Data, id_: str) -> None:
    found = (await data(FOLLOW, id=id_))["creator"]
    assert (found["__typename"], found["displayName"]) == ("Creator", "Maker 07")


async def test_retired_ids_say_where_they_lead_and_why(data: Data) -> None:
    merged, moved, gone, erased = [(await data(FOLLOW, id=each))["creator"] for each in (OLD, OLDER, GONE, ERASED)]
    assert (merged["__typename"], merged["reason"]) == ("CreatorRedirect", "MERGED")
    assert merged["from"] == global_id("Creator", OLD)
    assert (moved["reason"], moved["creator"]) == ("MOVED", {"displayName": "Maker 00"})
    assert (gone["__typename"], gone["id"]) == ("CreatorErased", global_id("Creator", GONE))
    assert (erased["__typename"], erased["at"]) == ("CreatorErased", "2026-01-08T00:00:00+00:00")


@pytest.mark.parametrize("id_", ["01919999-0000-7000-8000-000000000000", "nobody", global_id("Profile", "nobody")])
async def test_unknown_ids_are_null(data: Data, id_: str) -> None:
    assert (await data(FOLLOW, id=id_))["creator"] is None


@pytest.mark.parametrize("id_", [global_id("Link", '["a","b"]'), global_id("Creator", "seven")])
async def test_ids_of_something_else_are_refused(ask: Ask, id_: str) -> None:
    result = await ask(FOLLOW, id=id_)
    assert [error["extensions"]["code"] for error in result["errors"]] == ["invalid_input"]


async def test_nodes_of_every_type_come_back_by_their_own_id(data: Data) -> None:
    found = await data(
        """{
          creators(first: 1, filter: {nameContains: "Maker 03"}) { edges { node {
            id primaryProfile { id } links(first: 1) { edges { node { id } } }
          } } }
          reviewCandidates(first: 1) { edges { node { id } } }
        }"""
    )
    creator = found["creators"]["edges"][0]["node"]
    ids = [
        creator["id"],
        creator["primaryProfile"]["id"],
        creator["links"]["edges"][0]["node"]["id"],
        found["reviewCandidates"]["edges"][0]["node"]["id"],
    ]
    again = await data(
        "query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }",
        ids=[*ids, global_id("Profile", "nobody"), ids[0]],
    )
    types = ["Creator", "Profile", "Link", "ReviewItem", None, "Creator"]
    assert [each and each["__typename"] for each in again["nodes"]] == types
    assert [each and each["id"] for each in again["nodes"]] == [*ids, None, ids[0]]
    assert await data("query ($id: ID!) { node(id: $id) { id } }", id=ids[2]) == {"node": {"id": ids[2]}}


@pytest.mark.parametrize("order", ["FOLLOWERS", "NAME", "UPDATED", "CREATED"])
@pytest.mark.parametrize("direction", ["ASC", "DESC"])
async def test_pages_meet_without_gap_or_repetition(
    creators: tuple[CreatorId, ...], data: Data, order: str, direction: str
) -> None:
    names: list[str] = []
    after: str | None = None
    while True:
        page = (
            await data(
                """query ($after: String, $order: CreatorOrder!) {
                  creators(first: 25, after: $after, orderBy: $order) {
                    pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor node { displayName } }
                  }
                }""",
                after=after,
                order={"field": order, "direction": direction},
            )
        )["creators"]
        names += [edge["node"]["displayName"] for edge in page["edges"]]
        assert page["pageInfo"]["hasPreviousPage"] is (after is not None)
        assert page["pageInfo"]["startCursor"] == page["edges"][0]["cursor"]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert len(names) == 60
    assert len(set(names)) == 60


async def test_a_filter_narrows_the_list(data: Data) -> None:
    found = await data(
        """{ creators(first: 100, filter: {category: "travel", verified: true, platforms: [X, TWITCH],
             locationContains: "lyon", minFollowers: "500", minMembers: 2}) { edges { node { displayName } } } }"""
    )
    assert [edge["node"]["displayName"] for edge in found["creators"]["edges"]] == ["Maker 35", "Maker 05"]
