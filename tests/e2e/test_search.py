"""Search by keys alone: suggestions, filters, why each hit is there, back to the same place, and without the vector index."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Route, expect

FACETS = "{ searchFacets { total platforms { platform creators } categories { value creators } } }"
NAMED = "{ creators(first: 1, filter: {minMembers: 2}) { edges { node { id displayName } } } }"


def box(page: Page) -> Any:
    return page.get_by_role("textbox", name="Search creators")


def test_what_is_typed_goes_on_as_a_name_or_a_category(open_page: Callable[..., Any], server: Any) -> None:
    (edge,) = server.ask(NAMED)["creators"]["edges"]
    creator = edge["node"]
    with open_page() as (page, watch):
        page.goto("/console/search")
        page.keyboard.press("/")
        box(page).fill(creator["displayName"][:6])
        options = page.get_by_role("listbox", name="Suggestions").get_by_role("option")
        options.first.wait_for()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(r"/console/creator/|category="))

        category = server.ask(FACETS)["searchFacets"]["categories"][0]
        page.goto("/console/search")
        box(page).fill(category["value"][:3])
        option = options.filter(has_text=re.compile(f"^{re.escape(category['value'])}Category"))
        option.click()
        page.wait_for_url(re.compile("category="))
        page.locator("[data-creator]").first.wait_for()
        expect(box(page)).to_have_value("")
        assert watch.errors == []


def test_who_has_chosen_a_creator_is_not_called_back_by_what_was_typed(
    open_page: Callable[..., Any], server: Any
) -> None:
    (edge,) = server.ask(NAMED)["creators"]["edges"]
    held: list[Route] = []
    with open_page() as (page, watch):
        page.goto("/console/search")
        page.locator("main").wait_for()
        page.route(re.compile(r"/console/assets/[^/]+\.js"), lambda route: held.append(route))
        box(page).fill(edge["node"]["displayName"][:6])
        page.get_by_role("listbox", name="Suggestions").get_by_role("option").first.wait_for()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        # the page of the creator takes its time, longer than the pause after which the text is searched for
        page.wait_for_timeout(600)
        for each in held:
            each.continue_()
        page.wait_for_url(re.compile("/console/creator/"))
        assert watch.errors == []


def test_a_facet_narrows_the_hits_and_tells_how_many(open_page: Callable[..., Any], server: Any) -> None:
    platform = server.ask(FACETS)["searchFacets"]["platforms"][0]
    with open_page() as (page, watch):
        page.goto("/console/search?by=name")
        facet = page.get_by_role("group", name="Platform").get_by_role("button").first
        facet.wait_for()
        assert str(platform["creators"]) in (facet.text_content() or "").replace(",", "")
        facet.click()
        page.wait_for_url(re.compile("platforms="))
        expect(facet).to_have_attribute("aria-pressed", "true")
        expect(page.get_by_role("heading", name="Filters (1)")).to_be_visible()
        expect(page.locator("section[aria-labelledby=filters] [aria-live]")).to_have_text(
            f"{platform['creators']:,} creators"
        )
        page.get_by_role("button", name="Clear", exact=True).click()
        expect(facet).to_have_attribute("aria-pressed", "false")
        assert watch.errors == []


def test_every_hit_says_why_it_is_there(open_page: Callable[..., Any], artefacts: Path) -> None:
    with open_page() as (page, watch):
        page.goto("/console/search?q=vegan%20cooking")
        bars = page.get_by_role("img", name=re.compile("^Score "))
        bars.first.wait_for()
        parts = re.fullmatch(r"Score ([\d.]+): (.*)", bars.first.get_attribute("aria-label") or "")
        assert parts is not None
        added = [float(each.rpartition(" ")[2]) for each in parts[2].split(", ")]
        assert abs(sum(added) - float(parts[1])) < 0.03
        legend = page.get_by_role("list", name="What the bars are made of")
        for name in ("meaning", "engagement", "follower quality", "freshness"):
            expect(legend.get_by_text(name)).to_be_visible()
        bars.first.focus()
        tooltip = page.get_by_role("tooltip")
        tooltip.wait_for()
        expect(tooltip).to_contain_text("meaning")
        page.screenshot(path=artefacts / "search-why-light-1280.png")
        assert watch.errors == []


def test_the_keys_lead_through_the_hits_and_back_to_the_same_place(open_page: Callable[..., Any]) -> None:
    with open_page() as (page, watch):
        page.goto("/console/search?by=name")
        hits = page.locator("[data-creator]")
        hits.first.wait_for()
        page.keyboard.press("Escape")
        box(page).blur()
        page.keyboard.press("m")
        expect(hits).to_have_count(40)
        page.wait_for_url(re.compile("pages=2"))
        for _ in range(25):
            page.keyboard.press("j")
        page.keyboard.press("k")
        chosen = hits.nth(23)
        expect(chosen.get_by_role("link").first).to_be_focused()
        creator = chosen.get_attribute("data-creator") or ""
        page.wait_for_url(re.compile(r"at="))
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile("/console/creator/"))
        page.locator("section[aria-labelledby=history]").wait_for()
        page.go_back()
        expect(hits).to_have_count(40)
        expect(page.locator(f"[data-creator='{creator}']")).to_be_in_viewport()
        page.keyboard.press("j")
        expect(page.locator(f"[data-creator='{creator}']").get_by_role("link").first).to_be_focused()
        page.keyboard.press("s")
        page.get_by_role("heading", name="Similar to").wait_for()
        page.keyboard.press("Escape")
        expect(hits).to_have_count(40)
        assert watch.errors == []


def test_without_the_vector_index_words_still_find(open_page: Callable[..., Any], artefacts: Path) -> None:
    """The API's own answer where the index does not open, for every question that needs it."""

    def away(route: Route) -> None:
        asked = json.loads(route.request.post_data or "{}")
        if "SearchCreators" in asked["query"] and asked["variables"].get("mode") == "HYBRID":
            error = {
                "message": "the vector index does not answer",
                "path": ["search"],
                "extensions": {"code": "unavailable", "mend": "Try again in a while."},
            }
            route.fulfill(json={"data": {"search": None}, "errors": [error]})
        else:
            route.continue_()

    with open_page() as (page, watch):
        page.route("**/graphql", away)
        page.goto("/console/search?q=cooking")
        page.get_by_text("The search by meaning is away just now.").wait_for()
        page.screenshot(path=artefacts / "search-degraded-light-1280.png")
        page.get_by_role("button", name="Search by words").click()
        page.locator("[data-creator]").first.wait_for()
        page.wait_for_url(re.compile("by=words"))
        assert watch.errors == []
