"""A steward who thinks again: a verdict corrected before the server has answered, a pair that is given back."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.e2e.server import Server
from tests.e2e.test_work import current, hold, wait_for_another
from tests.e2e.watch import Watch

STATE = "query ($id: ID!) { reviewItem(id: $id) { state claimedBy { name } } }"


def begin(page: Any, watch: Watch) -> str:
    """The first pair of the line, once the page has asked for everything."""
    page.goto("/console/review")
    page.locator("[data-item]").wait_for()
    watch.at_rest()
    return current(page)


@pytest.mark.parametrize(("first", "second", "stands"), [("u", "a", "SAME"), ("a", "r", "DIFFERENT")])
def test_a_verdict_that_is_corrected_at_once_is_the_one_that_stands(
    open_page: Callable[..., Any], server: Server, first: str, second: str, stands: str
) -> None:
    said = len(server.decisions("ann"))
    with open_page() as (page, watch):
        item = begin(page, watch)
        held = hold(page, "")
        page.keyboard.press(first)
        wait_for_another(page, item)
        page.keyboard.press("z")
        page.wait_for_function("item => document.querySelector('[data-item]')?.dataset.item === item", arg=item)
        page.keyboard.press(second)
        wait_for_another(page, item)
        held.end(page)
        page.get_by_text("(being sent)").wait_for(state="detached")
        page.get_by_text(re.compile("^1 pair done here")).wait_for()
        assert page.get_by_role("alert").count() == 0
        assert watch.errors == []
    made = server.decisions("ann")[: len(server.decisions("ann")) - said]
    assert [(each["act"], each["verdict"], each["undone"]) for each in made if each["act"] == "DECIDE"] == [
        ("DECIDE", stands, False),
        ("DECIDE", {"u": "UNSURE", "a": "SAME"}[first], True),
    ]


def test_a_pair_that_is_given_back_goes_to_others(open_page: Callable[..., Any], server: Server) -> None:
    with open_page() as (page, watch):
        item = begin(page, watch)
        page.get_by_role("button", name="Give this pair back to the queue").click()
        wait_for_another(page, item)
        page.get_by_text("(being sent)").wait_for(state="detached")
        assert server.ask(STATE, id=item)["reviewItem"] == {"state": "OPEN", "claimedBy": None}
        # nor does it come back when the line is asked for anew
        assert begin(page, watch) != item
        assert server.ask(STATE, id=item)["reviewItem"] == {"state": "OPEN", "claimedBy": None}
        assert watch.errors == []
