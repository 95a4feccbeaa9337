"""What a steward says against what stands: the refusal names it and offers two ways out, and each of them is taken."""

import re
from collections.abc import Callable
from itertools import combinations
from typing import Any

import pytest

from tests.e2e.server import Server
from tests.e2e.watch import Watch

ITEMS = """
    { reviewQueue(first: 100, filter: {states: [OPEN]}) { edges { node { id reason left { id } right { id }
    leftCreator { id profiles(first: 2) { edges { node { id } } } }
    rightCreator { id profiles(first: 2) { edges { node { id } } } } } } } }
"""


def open_items(server: Server) -> list[dict[str, Any]]:
    return [edge["node"] for edge in server.ask(ITEMS)["reviewQueue"]["edges"]]


@pytest.fixture
def second_account(server: Server) -> tuple[dict[str, Any], list[str]]:
    """An item whose two sides a colleague has tied together through a third profile, and the three profiles.

    Three accounts of one platform are joined by hand: the first to the second, the second to the third. The queue asks about
    two accounts of one platform; that of the first and the third nothing has decided but the chain.
    """
    there = [each for each in server.alone() if each["username"] and each["platform"] == "INSTAGRAM"]
    for three in combinations(there[:6], 3):
        ids = [str(each["id"]) for each in three]
        act = server.merge(ids)
        for item in open_items(server):
            if item["reason"] == "SAME_PLATFORM_TWICE" and {item["left"]["id"], item["right"]["id"]} <= set(ids):
                return item, ids
        server.undo(act)
    pytest.fail("no three accounts of this world make such an item")


@pytest.fixture
def parted(server: Server) -> dict[str, Any]:
    """An open item whose right side a colleague keeps apart from a third profile, which is tied to the left side."""
    for item in open_items(server):
        sides = [item["leftCreator"], item["rightCreator"]]
        lone = all(len(side["profiles"]["edges"]) == 1 for side in sides) and sides[0]["id"] != sides[1]["id"]
        if not lone or item["reason"] not in ("UNCERTAIN_LINK", "CONFLICT"):
            continue
        left, right = str(item["left"]["id"]), str(item["right"]["id"])
        third = next(str(each["id"]) for each in server.alone() if each["id"] not in (left, right))
        server.merge([third, right])
        server.split([third])
        server.merge([left, third])
        assert item["id"] in {each["id"] for each in open_items(server)}
        return item
    pytest.fail("no open item of this world lies between two lone profiles")


def refused(page: Any, watch: Watch, item: dict[str, Any], key: str) -> Any:
    """The notice that a decision on the item gets."""
    page.goto(f"/console/review/{item['id']}")
    page.locator(f"[data-item='{item['id']}']").wait_for()
    watch.at_rest()
    page.keyboard.press(key)
    notice = page.get_by_role("alert").filter(has_text="contradicts")
    notice.wait_for()
    return notice


def override(page: Any, notice: Any, said: str) -> None:
    notice.get_by_role("button", name=re.compile("^Withdraw the decision")).click()
    notice.wait_for(state="detached")
    page.get_by_text("(being sent)").wait_for(state="detached")
    page.get_by_text(re.compile(f"done here.*{said}")).wait_for()


def test_two_that_are_tied_together_are_parted_against_what_stands(
    open_page: Callable[..., Any], server: Server, second_account: tuple[dict[str, Any], list[str]]
) -> None:
    item, profiles = second_account
    with open_page() as (page, watch):
        notice = refused(page, watch, item, "r")
        assert "bo said same" in re.sub(r"\s+", " ", notice.inner_text())
        # what no link of its own ties is no secret: only blind work holds the score back
        assert page.get_by_text("Blind: score").count() == 0
        notice.get_by_role("button", name="Keep what stands").click()
        notice.wait_for(state="detached")
        assert server.decisions("ann") == [], "to keep what stands changes nothing"
        assert len({server.creator_of(each) for each in profiles}) == 1

        override(page, refused(page, watch, item, "r"), "different")
        said = server.decisions("ann")
        assert [(each["act"], each["verdict"]) for each in said if each["undoes"] is None] == [("DECIDE", "DIFFERENT")]
        assert [each["verdict"] for each in said if each["undoes"]] == ["SAME"], "no more is withdrawn than has to be"
        assert server.creator_of(item["left"]["id"]) != server.creator_of(item["right"]["id"])

        # one undo brings back what was withdrawn, too
        page.keyboard.press("z")
        page.get_by_text(re.compile("ann said different.*undone")).first.wait_for()
        assert len({server.creator_of(each) for each in profiles}) == 1
        assert watch.errors == []


def test_two_that_are_kept_apart_are_joined_against_what_stands(
    open_page: Callable[..., Any], server: Server, parted: dict[str, Any]
) -> None:
    before = len(server.decisions("ann"))
    left, right = parted["left"]["id"], parted["right"]["id"]
    with open_page() as (page, watch):
        notice = refused(page, watch, parted, "a")
        assert "bo said different" in re.sub(r"\s+", " ", notice.inner_text())
        notice.get_by_role("button", name="Keep what stands").click()
        notice.wait_for(state="detached")
        # nor does the pair come back by itself: it is for others now
        page.get_by_text("(being sent)").wait_for(state="detached")
        found = server.ask("query ($id: ID!) { reviewItem(id: $id) { claimedBy { name } } }", id=parted["id"])
        assert found["reviewItem"]["claimedBy"] is None
        assert len(server.decisions("ann")) == before
        assert server.creator_of(left) != server.creator_of(right)

        override(page, refused(page, watch, parted, "a"), "the same")
        assert server.creator_of(left) == server.creator_of(right)
        assert watch.errors == []


def test_a_split_against_what_stands_offers_both_ways_out(open_page: Callable[..., Any], server: Server) -> None:
    profiles = [str(each["id"]) for each in server.alone()[:2]]
    server.merge(profiles)
    creator = server.creator_of(profiles[0])
    with open_page() as (page, watch):

        def split() -> Any:
            page.goto(f"/console/creator/{creator}?act=split&groups=ab")
            preview = page.get_by_label("What would change", exact=True)
            # the preview says it before the act is refused
            preview.get_by_text("It goes against what stands").wait_for()
            preview.get_by_label("Why (kept in the history)").fill("they are two")
            preview.get_by_role("button", name="Split").click()
            notice = page.get_by_role("alert").filter(has_text="contradicts")
            notice.wait_for()
            return notice

        split().get_by_role("button", name="Keep what stands").click()
        page.get_by_role("heading", name="Split", exact=True).wait_for(state="detached")
        assert server.creator_of(profiles[0]) == server.creator_of(profiles[1])

        split().get_by_role("button", name=re.compile("^Withdraw the decision")).click()
        page.get_by_text("Split into 2 creators").wait_for()
        assert server.creator_of(profiles[0]) != server.creator_of(profiles[1])
        # the history says who and why
        page.get_by_text(re.compile("split by ann.*they are two")).first.wait_for()

        page.keyboard.press("z")
        page.get_by_text("Taken back").wait_for()
        assert server.creator_of(profiles[0]) == server.creator_of(profiles[1])
        assert watch.errors == []
