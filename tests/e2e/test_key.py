"""An administrator makes a key, changes it for another and revokes the first; its use is told day by day."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
from playwright.sync_api import Page, expect


def make(page: Page, name: str, tenant: str) -> str:
    """The secret that the page shows."""
    page.keyboard.press("n")
    form = page.get_by_role("region", name="New key")
    form.wait_for()
    form.get_by_role("combobox", name="Whose").click()
    page.get_by_role("option", name=re.compile(f"^{tenant} ")).click()
    form.get_by_label("Name").fill(name)
    form.get_by_role("button", name="Make the key").click()
    field = page.get_by_label("Key", exact=True)
    field.wait_for()
    return str(field.input_value())


def viewer(server: Any, secret: str) -> Any:
    answer = httpx.post(
        f"{server.url}/graphql",
        json={"query": "{ viewer { name role } }"},
        headers={"authorization": f"Bearer {secret}"},
        timeout=60,
    )
    return answer.json()["data"]["viewer"] if answer.status_code == 200 else answer.status_code


def test_a_key_is_made_changed_for_another_and_revoked(
    open_page: Callable[..., Any], server: Any, artefacts: Path
) -> None:
    with open_page(who="ada") as (page, watch):
        page.goto("/console/keys")
        page.locator("[data-key]").first.wait_for()
        first = make(page, "rotated 2026", "acme")
        page.screenshot(path=artefacts / "key-made-light-1280.png", full_page=True)
        assert viewer(server, first) == {"name": "rotated 2026", "role": "PARTNER"}
        page.get_by_role("button", name="I have kept it").click()
        expect(page.get_by_label("Key", exact=True)).to_have_count(0)
        page.reload()
        page.locator("[data-key]").first.wait_for()
        assert first not in page.content()

        # the name is taken until the first is revoked
        page.keyboard.press("n")
        form = page.get_by_role("region", name="New key")
        form.get_by_role("combobox", name="Whose").click()
        page.get_by_role("option", name=re.compile("^acme ")).click()
        form.get_by_label("Name").fill("rotated 2026")
        form.get_by_label("Runs out in").fill("0")
        form.get_by_role("button", name="Make the key").click()
        form.get_by_text("0 days are out of range").wait_for()
        form.get_by_label("Runs out in").fill("90")
        form.get_by_role("button", name="Make the key").click()
        form.get_by_text("acme has a key of this name").wait_for()
        form.get_by_label("Name").fill("rotated 2027")
        form.get_by_role("button", name="Make the key").click()
        field = page.get_by_label("Key", exact=True)
        field.wait_for()
        second = field.input_value()
        page.get_by_role("button", name="I have kept it").click()

        page.get_by_role("button", name="Revoke rotated 2026 of acme").click()
        page.wait_for_url(re.compile("revoke="))
        dialog = page.get_by_role("region", name=re.compile("^Revoke rotated 2026"))
        dialog.get_by_text("Nobody used it in the last seven days").or_(
            dialog.get_by_text("in the last seven days")
        ).wait_for()
        assert viewer(server, first) == {"name": "rotated 2026", "role": "PARTNER"}, "nothing is done by looking"
        dialog.get_by_role("button", name="Revoke it").click()
        page.get_by_text("rotated 2026 is refused from now on").wait_for()
        assert viewer(server, first) == 401
        assert viewer(server, second) == {"name": "rotated 2027", "role": "PARTNER"}
        expect(page.locator("[data-key]").filter(has_text="rotated 2026")).to_have_count(0)
        page.get_by_text("Ended", exact=True).click()
        expect(page.locator("[data-key]").filter(has_text="rotated 2026")).to_be_visible()
        assert watch.errors == []


def test_keys_of_others_are_not_for_stewards(open_page: Callable[..., Any]) -> None:
    with open_page(who="ann") as (page, watch):
        page.goto("/console/keys?make=true&show=all")
        page.get_by_text("Administrators make and revoke keys").wait_for()
        watch.at_rest()
        assert page.get_by_role("button", name="New key").count() == 0
        assert page.get_by_role("region", name="New key").count() == 0
        assert page.locator("[data-key]").count() == 0
        assert watch.errors == []


def test_use_is_told_by_day_and_by_key(open_page: Callable[..., Any]) -> None:
    with open_page(who="ada") as (page, watch):
        page.goto("/console/usage")
        rows = page.locator("[data-source]")
        rows.first.wait_for()
        days = page.get_by_role("table", name="What was used on each day")
        expect(days.get_by_role("row")).to_have_count(31)
        page.keyboard.press("t")
        page.wait_for_url(re.compile("table=true"))
        page.get_by_text("7 days", exact=True).click()
        expect(days.get_by_role("row")).to_have_count(8)

        watch.at_rest()
        expect(page.locator("[aria-busy=true]")).to_have_count(0)
        shop = rows.filter(has_text="shop backend")
        expect(shop).to_contain_text("over the rate at times")
        total = (shop.locator("td").nth(1).text_content() or "").replace(",", "")
        page.keyboard.press("j")
        shop.get_by_role("link").focus()
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile("key="))
        page.get_by_role("heading", name="Requests by day, of shop backend").wait_for()
        cells = days.locator("tbody tr td:nth-child(2)").all_text_contents()
        assert sum(int(each.replace(",", "")) for each in cells) == int(total)
        page.keyboard.press("Escape")
        expect(page.get_by_role("heading", name="Requests by day", exact=True)).to_be_visible()

        page.goto("/console/keys")
        page.locator("[data-key]").filter(has_text="fan site").get_by_role("link").click()
        page.get_by_role("heading", name="Requests by day, of fan site").wait_for()
        assert watch.errors == []
