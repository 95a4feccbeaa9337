from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from creatorgraph.graphql.node import global_id

Ask = Callable[..., Awaitable[dict[str, Any]]]
Data = Callable[..., Awaitable[dict[str, Any]]]

WHO = "{ creator { displayName } platform username }"


@pytest.mark.parametrize("username", ["maker04", "@Maker04", " MAKER04 "])
async def test_by_account_in_any_spelling(data: Data, username: str) -> None:
    found = await data(f"query ($u: String!) {{ profile(platform: X, username: $u) {WHO} }}", u=username)
    assert found["profile"] == {"creator": {"displayName": "Maker 04"}, "platform": "X", "username": "Maker04"}


@pytest.mark.parametrize(
    ("url", "platform"),
    [
        ("https://twitter.com/Maker04?s=20", "X"),
        ("instagram.com/maker04/", "INSTAGRAM"),
        ("https://www.youtube.com/@maker04/videos", "YOUTUBE"),
        ("https://youtube.com/channel/UC0000000000000000000004", "YOUTUBE"),
    ],
)
async def test_by_url(data: Data, url: str, platform: str) -> None:
    found = (await data("query ($u: String!) { profileByUrl(url: $u) { platform username } }", u=url))["profileByUrl"]
    assert found == {"platform": platform, "username": "Maker04"}


async def test_unknown_accounts_are_null(data: Data) -> None:
    found = await data(
        """{ a: profile(platform: X, username: "nobody") { id } b: profile(platform: X, username: "no body!") { id }
             c: profileByUrl(url: "https://x.com/nobody") { id } }"""
    )
    assert found == {"a": None, "b": None, "c": None}


@pytest.mark.parametrize("url", ["https://example.org/about", "not a url", "https://u:p@x.com/a", "http://10.0.0.1/x"])
async def test_urls_of_no_account_are_refused_by_name(ask: Ask, url: str) -> None:
    result = await ask("query ($u: String!) { profileByUrl(url: $u) { id } }", u=url)
    assert [error["extensions"]["code"] for error in result["errors"]] == ["invalid_input"]
    assert result["errors"][0]["message"].startswith("url: this is no account")


async def test_a_profile_with_identifiers_links_and_provenance(data: Data) -> None:
    found = await data(
        """{ profile(platform: INSTAGRAM, username: "maker02") {
          id url bio engagementRate status verified firstSeenAt
          provenance { source observedAt }
          identifiers { kind value masked field }
          links(minProbability: 0.4, first: 10) { edges { node { probability accepted left { id } right { id } } } }
        } }"""
    )
    profile = found["profile"]
    assert profile["id"] == global_id("Profile", "p002i")
    assert profile["status"] == "ACTIVE"
    assert profile["provenance"] == {"source": "world.jsonl", "observedAt": None}
    assert profile["identifiers"] == [
        {"kind": "EMAIL", "value": "m***@m***.example", "masked": True, "field": "email"},
        {"kind": "USERNAME", "value": "instagram:maker02", "masked": False, "field": "username"},
    ]
    links = [edge["node"] for edge in profile["links"]["edges"]]
    assert [(each["probability"], each["accepted"]) for each in links] == [(0.99, True), (0.45, False)]
    assert links[1]["left"]["id"] == global_id("Profile", "p001x")
