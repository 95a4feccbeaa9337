from collections.abc import Awaitable, Callable
from typing import Any

import pytest

Ask = Callable[..., Awaitable[dict[str, Any]]]
Data = Callable[..., Awaitable[dict[str, Any]]]

EXPLAIN = """
query ($left: ID!, $right: ID!) {
  explain(left: $left, right: $right) {
    status summary sameCreator probability link { accepted } evidence { signal explanation }
    via { probability } sharedIdentifiers { kind value } decision { verdict } left { username } right { username }
  }
}
"""


async def test_an_accepted_link_is_explained_by_its_evidence(data: Data) -> None:
    found = (await data(EXPLAIN, left="p001y", right="p001i"))["explain"]
    assert (found["status"], found["sameCreator"], found["probability"]) == ("ACCEPTED", True, 0.99)
    assert found["evidence"][0] == {"signal": "username", "explanation": "The usernames are the same."}
    assert found["sharedIdentifiers"] == [{"kind": "EMAIL", "value": "m***@m***.example"}]
    assert found["via"] == []
    assert "accepted" in found["summary"]


async def test_members_without_an_accepted_link_are_joined_by_a_chain(data: Data) -> None:
    found = (await data(EXPLAIN, left="p001i", right="p001x"))["explain"]
    assert (found["status"], found["sameCreator"]) == ("BELOW_THRESHOLD", True)
    assert [each["probability"] for each in found["via"]] == [0.99, 0.8]
    assert "a chain of 2 accepted links" in found["summary"]


async def test_strangers_are_said_to_have_no_link_and_why(data: Data) -> None:
    found = (await data(EXPLAIN, left="p001i", right="p003i"))["explain"]
    assert (found["status"], found["sameCreator"], found["link"], found["evidence"]) == ("NO_LINK", False, None, [])
    assert found["decision"] == {"verdict": "DIFFERENT"}
    assert "two creators" in found["summary"]
    assert "decided that they are different" in found["summary"]


@pytest.mark.parametrize(
    ("left", "right", "code"), [("p001i", "p001i", "invalid_input"), ("p001i", "nobody", "not_found")]
)
async def test_one_profile_or_none_cannot_be_explained(ask: Ask, left: str, right: str, code: str) -> None:
    result = await ask(EXPLAIN, left=left, right=right)
    assert [error["extensions"]["code"] for error in result["errors"]] == [code]


async def test_review_candidates_by_priority_with_what_they_move(data: Data) -> None:
    page = """query ($after: String, $reasons: [ReviewReason!]) {
      reviewCandidates(first: 2, after: $after, reasons: $reasons) {
        pageInfo { hasNextPage endCursor }
        edges { node {
          reason state priority probability version impact { followers members }
          left { username } leftCreator { displayName } rightCreator { displayName } explanation { status }
        } }
      }
    }"""
    first = (await data(page))["reviewCandidates"]
    rest = (await data(page, after=first["pageInfo"]["endCursor"]))["reviewCandidates"]
    items = [edge["node"] for edge in (*first["edges"], *rest["edges"])]
    assert [each["reason"] for each in items] == ["UNCERTAIN_LINK", "CONFLICT", "BRIDGE"]
    assert not rest["pageInfo"]["hasNextPage"]
    # between creators the one with fewer followers would move, within one the part that hangs on the link
    assert items[0]["impact"] == {"followers": 220, "members": 3}
    assert items[2]["impact"] == {"followers": 0, "members": 1}
    assert (items[0]["leftCreator"]["displayName"], items[0]["rightCreator"]["displayName"]) == ("Maker 01", "Maker 02")
    assert items[0]["explanation"] == {"status": "BELOW_THRESHOLD"}
    only = (await data(page, reasons=["BRIDGE"]))["reviewCandidates"]
    assert [edge["node"]["reason"] for edge in only["edges"]] == ["BRIDGE"]
