"""A verdict that is sent before the page knows what the one before has changed. In a world of its own, still undecided."""

import re
from collections.abc import Callable
from itertools import product
from typing import Any

import pytest

from tests.e2e.server import DECIDE, Server
from tests.e2e.test_work import VERDICTS, current, hold, wait_for_another

CLAIM = "mutation { claimNextReview(count: 4) { id } }"
SIDES = """
    { reviewQueue(first: 60) { edges { node { id version state
    leftCreator { profiles(first: 30) { edges { node { id } } } }
    rightCreator { profiles(first: 30) { edges { node { id } } } } } } } }
"""


def sides(item: dict[str, Any]) -> list[list[str]]:
    """Who the two creators of an item consist of."""
    creators = (item["leftCreator"], item["rightCreator"])
    return [sorted(edge["node"]["id"] for edge in creator["profiles"]["edges"]) for creator in creators]


@pytest.fixture
def tied(server: Server) -> tuple[str, str, str]:
    """An item, the key of a verdict, and one of ann's next items whose creators that verdict changes; found by trying."""

    def queue() -> dict[str, dict[str, Any]]:
        return {edge["node"]["id"]: edge["node"] for edge in server.ask(SIDES)["reviewQueue"]["edges"]}

    def touches(one: dict[str, Any], other: dict[str, Any]) -> bool:
        return any(side in sides(other) for side in sides(one))

    shown = queue()
    for first, key in product(shown, "ar"):
        mine = [each["id"] for each in server.ask(CLAIM)["claimNextReview"] if each["id"] != first]
        if not any(each in shown and touches(shown[first], shown[each]) for each in mine):
            continue
        before = queue()
        said = {"i": first, "d": VERDICTS[key], "v": before[first]["version"]}
        if server.ask(DECIDE, **said)["decide"]["__typename"] != "DecisionMade":
            continue
        after = queue()
        server.undo(server.decisions("ann")[0]["id"], who="ann")
        for each in mine:
            now = after.get(each)
            if now is None or now["state"] != "CLAIMED" or now["version"] == before[each]["version"]:
                continue
            if sides(now) != sides(before[each]):
                return first, key, each
    pytest.fail("no verdict of this world changes what another item shows")


def test_a_verdict_is_taken_before_the_line_has_followed_the_one_before(
    open_page: Callable[..., Any], tied: tuple[str, str, str]
) -> None:
    """What ann's own verdict has changed of the next item is no news to her."""
    first, key, other = tied
    with open_page() as (page, watch):
        with page.expect_response(lambda answer: "ClaimNext" in (answer.request.post_data or "")) as claimed:
            page.goto(f"/console/review/{first}")
        assert other in {each["id"] for each in claimed.value.json()["data"]["claimNextReview"]}
        held = hold(page, '"operationName":"ClaimNext"')
        said: list[str] = []
        while other not in said:
            item = current(page)
            with page.expect_response(lambda answer: '"Decide"' in (answer.request.post_data or "")) as answer:
                page.keyboard.press("u" if said else key)
            assert answer.value.json()["data"]["decide"]["__typename"] == "DecisionMade"
            said.append(item)
            wait_for_another(page, item)
        page.get_by_text("(being sent)").wait_for(state="detached")
        assert page.get_by_role("alert").count() == 0
        held.end(page)
        page.get_by_text(re.compile(f"^{len(said)} pairs done here")).wait_for()
        assert watch.errors == []
