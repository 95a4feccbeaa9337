from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest

from creatorgraph.domain.creator import CreatorId
from creatorgraph.graph.neo4j.address import Neo4jAddress, fixed_address
from creatorgraph.graph.neo4j.graph import Neo4jGraph
from creatorgraph.graphql.node import global_id
from creatorgraph.services.engines import Engines

Ask = Callable[..., Awaitable[dict[str, Any]]]
Data = Callable[..., Awaitable[dict[str, Any]]]

FRAGMENT = """{
  centre truncated
  nodes { id kind label platform profile { username } creator { displayName } }
  edges { kind source target weight }
}"""


async def test_neighbourhood_of_a_profile(data: Data) -> None:
    found = await data(
        f'{{ profile(platform: X, username: "maker01") {{ neighbourhood(depth: 1, first: 50) {FRAGMENT} }} }}'
    )
    fragment = found["profile"]["neighbourhood"]
    assert fragment["centre"] == fragment["nodes"][0]["id"] == global_id("Profile", "p001x")
    ids = {each["id"] for each in fragment["nodes"]}
    assert {global_id("Profile", each) for each in ("p001y", "p002i")} <= ids
    assert all(edge["source"] in ids and edge["target"] in ids for edge in fragment["edges"])
    assert {"LINKED", "MEMBER_OF", "HAS_USERNAME"} <= {edge["kind"] for edge in fragment["edges"]}
    owners = [each["creator"] for each in fragment["nodes"] if each["kind"] == "CREATOR"]
    assert owners == [{"displayName": "Maker 01"}]
    assert not any("0000000000000001" in str(each) for each in fragment["nodes"] if each["kind"] == "IDENTIFIER")


async def test_kinds_narrow_the_neighbours_of_a_creator(creators: tuple[CreatorId, ...], data: Data) -> None:
    found = await data(
        "query ($id: ID!) { creator(id: $id) { ... on Creator { neighbours(kinds: [MEMBER_OF], first: 10) "
        f"{FRAGMENT} }} }} }}",
        id=creators[1],
    )
    fragment = found["creator"]["neighbours"]
    assert {each["kind"] for each in fragment["edges"]} == {"MEMBER_OF"}
    assert sorted(each["profile"]["username"] for each in fragment["nodes"] if each["profile"]) == ["Maker01"] * 3


async def test_paths_between_creators(creators: tuple[CreatorId, ...], data: Data) -> None:
    found = await data(
        "query ($from: ID!, $to: ID!) { path(from: $from, to: $to, maxDepth: 4) { length nodes { id } edges { kind } } }",
        **{"from": creators[1], "to": creators[2]},
    )
    shortest = found["path"][0]
    assert shortest["length"] == len(shortest["edges"]) == 3
    assert [edge["kind"] for edge in shortest["edges"]] == ["MEMBER_OF", "LINKED", "MEMBER_OF"]


async def test_numbers_out_of_range_are_refused(ask: Ask) -> None:
    result = await ask('{ profile(platform: X, username: "maker01") { neighbourhood(depth: 99) { centre } } }')
    assert [error["extensions"]["code"] for error in result["errors"]] == ["invalid_input"]
    assert result["data"] == {"profile": {"neighbourhood": None}}


@pytest.mark.neo4j
async def test_without_the_graph_engine_the_rest_is_served(
    creators: tuple[CreatorId, ...], ask: Ask, engines: Engines
) -> None:
    # nobody listens on port 1
    address = Neo4jAddress(url="bolt://127.0.0.1:1", user="neo4j", password="none")
    graph = Neo4jGraph(fixed_address(address))
    result = await ask(
        """query ($id: ID!, $other: ID!) {
          creator(id: $id) {
            ... on Creator { displayName neighbours { centre } profiles(first: 1) { edges { node { id } } } }
          }
          path(from: $id, to: $other) { length }
        }""",
        over=replace(engines, graph=graph),
        id=creators[1],
        other=creators[2],
    )
    graph.close()
    creator = result["data"]["creator"]
    assert (creator["displayName"], creator["neighbours"], result["data"]["path"]) == ("Maker 01", None, None)
    assert creator["profiles"]["edges"]
    assert {error["extensions"]["code"] for error in result["errors"]} == {"unavailable"}
    assert sorted(error["path"] for error in result["errors"]) == [["creator", "neighbours"], ["path"]]


async def test_walks_of_one_request_are_bounded(ask: Ask) -> None:
    result = await ask("{ creators(first: 21) { edges { node { neighbours(first: 1) { centre } } } } }")
    assert {error["extensions"]["code"] for error in result["errors"]} == {"invalid_input"}
    assert len(result["data"]["creators"]["edges"]) == 21
