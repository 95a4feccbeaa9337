"""Pages by keyboard alone: what the keys of a page promise, and what keys do by themselves on links and buttons."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect


def test_rows_of_the_queue_are_opened_by_enter(open_page: Callable[..., Any]) -> None:
    with open_page() as (page, watch):
        page.goto("/console/queue")
        page.locator("[data-row]").nth(1).wait_for()
        page.keyboard.press("j")
        page.keyboard.press("j")
        chosen = page.locator("[data-row]").nth(1).get_attribute("data-row")
        assert page.evaluate("document.activeElement.closest('[data-row]').dataset.row") == chosen
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/review/{chosen}*")
        assert watch.errors == []


def test_enter_works_on_tabs_and_buttons_of_the_queue(open_page: Callable[..., Any]) -> None:
    with open_page() as (page, _):
        page.goto("/console/queue")
        page.locator("[data-row]").first.wait_for()
        page.get_by_role("button", name="Burn-down").focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**burn=true*")
        page.get_by_role("button", name="Bulk accept").focus()
        page.keyboard.press("Enter")
        page.locator("section[aria-labelledby=bulk]").wait_for()
        page.get_by_role("link", name="Search", exact=True).focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/console/search*")


@pytest.mark.parametrize(
    ("place", "path"),
    [(1, "review"), (2, "queue"), (3, "keys"), (4, "usage"), (5, "exports"), (6, "webhooks")],
)
def test_shift_and_a_digit_lead_to_a_page(open_page: Callable[..., Any], place: int, path: str) -> None:
    with open_page(who="ada") as (page, _):
        page.goto("/console/creator/none")
        page.get_by_role("heading", name="There is no creator").wait_for()
        # by its place, as a hand presses it: what comes of it is `!` on one keyboard and `1` on another
        page.keyboard.press(f"Shift+Digit{place}")
        page.wait_for_url(f"**/console/{path}*")


SLASH = """
    ([key, code, shiftKey]) => document.activeElement.dispatchEvent(
        new KeyboardEvent("keydown", { key, code, shiftKey, bubbles: true, cancelable: true }))
"""


@pytest.mark.parametrize(("code", "shift"), [("Slash", False), ("Digit7", True)], ids=["us", "german"])
def test_a_slash_leads_to_search_and_leaves_what_is_there(
    open_page: Callable[..., Any], code: str, shift: bool
) -> None:
    with open_page() as (page, watch):
        page.goto("/console/queue")
        page.locator("[data-row]").first.wait_for()
        page.evaluate(SLASH, ["/", code, shift])
        page.wait_for_url("**/console/search*")
        page.goto("/console/search?q=vegan&by=words")
        page.get_by_label("Search creators").wait_for()
        watch.at_rest()
        page.evaluate(SLASH, ["/", code, shift])
        expect(page.get_by_label("Search creators")).to_be_focused()
        assert page.get_by_label("Search creators").input_value() == "vegan"
        assert "q=vegan" in page.url


def test_nothing_is_decided_behind_the_overlay(open_page: Callable[..., Any], server: Any) -> None:
    with open_page() as (page, _):
        page.goto("/console/review")
        page.locator("[data-item]").wait_for()
        item = page.locator("[data-item]").get_attribute("data-item")
        said = len(server.decisions())
        page.keyboard.press("?")
        overlay = page.get_by_role("dialog", name="Keys")
        overlay.wait_for()
        for key in ("u", "a", "s", "b", "1", "Shift+Digit2"):
            page.keyboard.press(key)
        page.keyboard.press("?")
        overlay.wait_for(state="detached")
        assert page.get_by_role("dialog").count() == 0
        assert page.locator("[data-item]").get_attribute("data-item") == item
        assert "/review/" in page.url
        assert "blind" not in page.url
        assert len(server.decisions()) == said
        # once it is closed they act again
        page.keyboard.press("g")
        page.wait_for_url("**graph=*")


def test_escape_closes_the_overlay_alone(open_page: Callable[..., Any], server: Any) -> None:
    found = server.ask("{ creators(first: 1, filter: {minMembers: 3}) { edges { node { id } } } }")["creators"]["edges"]
    with open_page() as (page, _):
        page.goto(f"/console/creator/{found[0]['node']['id']}?act=split&groups=ab")
        page.get_by_role("group", name="Group 2").get_by_role("combobox").wait_for()
        overlay = page.get_by_role("dialog", name="Keys")
        page.keyboard.press("?")
        overlay.wait_for()
        page.keyboard.press("Escape")
        overlay.wait_for(state="detached")
        assert "groups=ab" in page.url
        page.keyboard.press("Escape")
        page.get_by_role("heading", name="Split", exact=True).wait_for(state="detached")


def test_a_half_filled_form_outlives_the_overlay(open_page: Callable[..., Any]) -> None:
    with open_page(who="ada") as (page, _):
        page.goto("/console/keys?make=true")
        name = page.get_by_label("Name")
        name.fill("half filled")
        page.get_by_role("heading", name="New key").click()
        page.keyboard.press("?")
        overlay = page.get_by_role("dialog", name="Keys")
        overlay.wait_for()
        page.keyboard.press("Escape")
        overlay.wait_for(state="detached")
        assert name.input_value() == "half filled"


@pytest.mark.parametrize(
    ("path", "said"),
    [("exports", "Order an export: to the form"), ("webhooks", "Open or close the log of the webhook")],
)
def test_pages_for_setting_up_have_keys(open_page: Callable[..., Any], path: str, said: str) -> None:
    with open_page(who="ada") as (page, watch):
        page.goto(f"/console/{path}")
        page.get_by_role("heading", level=1).wait_for(state="attached")
        watch.at_rest()
        page.keyboard.press("?")
        overlay = page.get_by_role("dialog", name="Keys")
        overlay.get_by_text(said).wait_for()
        page.keyboard.press("Escape")
        overlay.wait_for(state="detached")
        page.keyboard.press("n")
        landmark = page.get_by_role("region", name="New webhook" if path == "webhooks" else "Order an export")
        expect(landmark.locator("input:focus")).to_have_count(1)


def test_a_key_needs_a_number_of_days_that_is_meant(open_page: Callable[..., Any], server: Any) -> None:
    """What a person types is no number to the field yet: a key must not come to last for ever by that."""
    with open_page(who="ada") as (page, _):
        page.goto("/console/keys?make=true")
        form = page.get_by_role("region", name="New key")
        form.get_by_role("combobox", name="Whose").click()
        page.get_by_role("option", name=re.compile("^acme ")).click()
        form.get_by_label("Name").fill("thirty days")
        days = form.get_by_label("Runs out in")
        days.fill("-")
        days.press("Enter")
        form.get_by_text("This is no number of days").wait_for()
        days.fill("030")
        days.press("Enter")
        page.get_by_label("Key", exact=True).wait_for()
        found = server.ask(
            "{ apiKeys(first: 20, standing: true) { edges { node { name createdAt expiresAt } } } }", who="ada"
        )
        [made] = [each["node"] for each in found["apiKeys"]["edges"] if each["node"]["name"] == "thirty days"]
        assert made["expiresAt"] is not None, json.dumps(made)
