"""An export is ordered in the browser, and its parts are what the manifest says; then what changed since."""

import csv
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect


def order(page: Page, row: str, what: str | None = None) -> None:
    """Orders and waits until it is written; `row` is what the table says in its column What."""
    if what is not None:
        page.get_by_role("combobox", name="What").click()
        page.get_by_role("option", name=what).first.click()
    page.get_by_role("button", name="Order").click()
    page.get_by_role("row").filter(has_text=row).filter(has_text="Ready").wait_for()


def test_an_export_is_ordered_and_its_parts_are_fetched(
    open_page: Callable[..., Any], server: Any, artefacts: Path, tmp_path: Path
) -> None:
    with open_page() as (page, watch):
        page.goto("/console/exports")
        page.get_by_text("No export yet").wait_for()
        order(page, "Every creator")
        page.get_by_role("button", name="Parts").first.click()
        parts = page.get_by_role("region", name="Parts of")
        row = parts.get_by_role("row").filter(has_text="creators").first
        row.wait_for()
        page.screenshot(path=artefacts / "export-parts-light-1280.png", full_page=True)
        with page.expect_download() as begun:
            row.get_by_role("button").click()
        begun.value.save_as(tmp_path / "creators.csv")
        content = (tmp_path / "creators.csv").read_bytes()
        assert hashlib.sha256(content).hexdigest() in page.content()
        with (tmp_path / "creators.csv").open(newline="", encoding="utf-8") as file:
            ids = {each["creator_id"] for each in csv.DictReader(file)}
        stats = server.ask("{ stats { creators } }")["stats"]
        assert len(ids) == stats["creators"]

        one, other = (each["id"] for each in server.alone()[:2])
        server.merge([one, other])
        order(page, "Changes since another", "Changes since")
        page.get_by_role("row").filter(has_text="Changes since another").get_by_role("button", name="Parts").click()
        page.get_by_role("region", name="Parts of").get_by_text("retired").first.wait_for()

        changes = page.get_by_role("row").filter(has_text="Changes since another")
        changes.get_by_role("button", name="Delete files").click()
        question = page.get_by_role("region", name="Delete the files of")
        expect(question.get_by_role("button", name="Keep them")).to_be_focused()
        page.screenshot(path=artefacts / "export-delete-light-1280.png", full_page=True)
        page.keyboard.press("Enter")
        expect(question).to_have_count(0)
        expect(changes.get_by_text("Ready")).to_be_visible()
        # the same by keys: to the row, then the question
        page.keyboard.press("j")
        page.keyboard.press("d")
        question.get_by_role("button", name="Delete them").click()
        expect(changes.get_by_text("Deleted")).to_be_visible()
        expect(question).to_have_count(0)
        assert watch.errors == []
        assert watch.strangers == []
