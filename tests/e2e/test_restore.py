"""From the history back to the state before: as a preview first, and then as everybody was."""

import re
from collections.abc import Callable
from typing import Any

from tests.e2e.server import Server


def restore(page: Any, creator: str, verb: str) -> None:
    """Takes the newest way back that the history offers, through its preview, against the decisions that made the state."""
    page.goto(f"/console/creator/{creator}")
    page.get_by_role("button", name=re.compile("^restore the state before")).first.click()
    page.get_by_role("heading", name=verb, exact=True).wait_for()
    preview = page.get_by_label("What would change", exact=True)
    preview.get_by_text("It goes against what stands").first.wait_for()
    preview.get_by_label("Why (kept in the history)").fill("as it was")
    preview.get_by_role("button", name=verb, exact=True).click()
    notice = page.get_by_role("alert").filter(has_text="contradicts")
    notice.get_by_role("button", name=re.compile("^Withdraw")).click()
    page.get_by_role("status").get_by_text(re.compile("^(Merged|Split into)")).wait_for()


def test_what_a_split_parted_is_put_together_from_the_history(open_page: Callable[..., Any], server: Server) -> None:
    found = server.ask("{ creators(first: 1, filter: {minMembers: 3}) { edges { node { id } } } }")["creators"]["edges"]
    creator = str(found[0]["node"]["id"])
    whole = server.members(creator)
    first = min(whole)
    server.split([first])
    keeps = next(server.creator_of(each) for each in sorted(whole - {first}))
    assert server.members(keeps) != whole
    with open_page() as (page, watch):
        restore(page, keeps, "Merge")
        assert server.members(server.creator_of(first)) == whole
        # who and why, the restored state included
        page.get_by_text(re.compile("merge by ann.*as it was")).first.wait_for()
        page.get_by_text(re.compile("split by bo")).first.wait_for()
        assert watch.errors == []


def test_what_a_merge_joined_is_parted_from_the_history(open_page: Callable[..., Any], server: Server) -> None:
    one, other = (str(each["id"]) for each in server.alone()[:2])
    server.merge([one, other])
    creator = server.creator_of(one)
    assert server.members(creator) == {one, other}
    with open_page() as (page, watch):
        restore(page, creator, "Split")
        assert [server.members(server.creator_of(each)) for each in (one, other)] == [{one}, {other}]
        assert watch.errors == []
