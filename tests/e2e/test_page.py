"""Every page in both colour schemes, on a desk and on a phone: reachable for everybody, and pictured."""

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from creatorgraph.api.console_route import POLICY
from tests.e2e.endpoint import listening

ROOT = Path(__file__).parents[2]
AXE = ROOT / "console" / "node_modules" / "axe-core" / "axe.min.js"
SUBSCRIBE = """
    mutation ($url: String!) { createWebhook(input: {url: $url, description: "our shop", events: [MERGED, ERASED]}) {
    ... on WebhookSaved { webhook { id } } } }
"""
OWNED = """
    query ($id: ID!) { exports(first: 1) { edges { node { state } } }
    webhook(id: $id) { deliveries(first: 1) { edges { node { id } } } } }
"""
CREATOR = "{ creators(first: 1, filter: {minMembers: 3}) { edges { node { id } } } }"


def creator_id(server: Any) -> str:
    (edge,) = server.ask(CREATOR)["creators"]["edges"]
    return str(edge["node"]["id"])


def creator_path(server: Any, rest: str = "") -> str:
    return f"/console/creator/{creator_id(server)}{rest}"


def key_id(server: Any) -> str:
    keys = server.ask("{ apiKeys(first: 100, standing: true) { edges { node { id name } } } }", who="ada")["apiKeys"][
        "edges"
    ]
    return next(str(each["node"]["id"]) for each in keys if each["node"]["name"] == "shop backend")


def export_address(server: Any) -> str:
    (edge,) = server.ask("{ exports(first: 1) { edges { node { address } } } }", who="ada")["exports"]["edges"]
    return str(edge["node"]["address"]).rpartition("/")[2]


def webhook_id(server: Any) -> str:
    (edge,) = server.ask("{ webhooks(first: 1) { edges { node { id } } } }", who="ada")["webhooks"]["edges"]
    return str(edge["node"]["id"])


@pytest.fixture(scope="module", autouse=True)
def owned(server: Any) -> Iterator[None]:
    """An export that is ready, and a webhook that has taken a message."""
    with listening() as endpoint:
        server.ask("mutation { startExport(format: CSV) { __typename } }", who="ada")
        made = server.ask(SUBSCRIBE, who="ada", url=endpoint.url)["createWebhook"]["webhook"]["id"]
        server.ask("mutation ($id: ID!) { testWebhook(id: $id) { __typename } }", who="ada", id=made)
        # the test's own time limit ends this where nothing comes
        while True:
            found = server.ask(OWNED, who="ada", id=made)
            if found["webhook"]["deliveries"]["edges"] and found["exports"]["edges"][0]["node"]["state"] == "READY":
                break
            time.sleep(0.2)
        yield


PAGES: dict[str, tuple[Callable[[Any], str], str]] = {
    "sign-in": (lambda _: "/console/sign-in?next=%2Freview", "form"),
    "review": (lambda _: "/console/review", "[data-item]"),
    "review-blind": (lambda _: "/console/review?blind=true", "[data-item]"),
    "queue": (lambda _: "/console/queue", "[data-row]"),
    "queue-bulk": (lambda _: "/console/queue?bulk=true&bands=LIKELY_SAME", "section[aria-labelledby=bulk]"),
    "queue-quality": (lambda _: "/console/queue?tab=quality", "section[aria-labelledby=machine]"),
    "queue-empty": (lambda _: "/console/queue?minPriority=1000000", "text=No pair is like this"),
    "search": (lambda _: "/console/search?q=vegan%20cooking", "[data-creator]"),
    "search-filtered": (
        lambda _: "/console/search?minFollowers=1000&active=3650&by=name&pages=2",
        "[data-creator]",
    ),
    "search-similar": (lambda server: f"/console/search?similar={creator_id(server)}", "[data-creator]"),
    "search-start": (lambda _: "/console/search", "text=Whom are you looking for?"),
    "key": (lambda _: "/console/keys?show=all", "[data-key]"),
    "key-new": (lambda _: "/console/keys?make=true", "section[aria-labelledby=new-key]"),
    "key-revoke": (lambda server: f"/console/keys?revoke={key_id(server)}", "section[aria-labelledby=revoke]"),
    "key-own": (lambda _: "/console/keys", "text=No key works here"),
    "usage": (lambda _: "/console/usage", "[data-source]"),
    "usage-key": (lambda server: f"/console/usage?key={key_id(server)}&days=90&table=true", "[data-chosen]"),
    "usage-empty": (lambda _: "/console/usage?days=7", "text=Nothing was used"),
    "export": (lambda _: "/console/exports", "role=cell[name='Ready']"),
    "export-parts": (
        lambda server: f"/console/exports?open={export_address(server)}",
        "section[aria-labelledby=manifest] tbody th",
    ),
    "webhook": (lambda _: "/console/webhooks", "role=region[name=/hook/]"),
    "webhook-log": (lambda server: f"/console/webhooks?open={webhook_id(server)}", "text=Taken (200)"),
    "webhook-barred": (lambda _: "/console/webhooks", "text=This needs the role admin"),
    "search-name": (lambda _: "/console/search?by=name", "[data-creator]"),
    "search-empty": (lambda _: "/console/search?by=name&q=qqqqqqqq", "text=Nobody found"),
    "creator": (
        lambda server: creator_path(server),
        "section[aria-labelledby=history] time",
    ),
    "creator-split": (lambda server: creator_path(server, "?act=split&groups=ab"), "[aria-label='What would change']"),
    "creator-merge": (lambda server: creator_path(server, "?act=merge"), "section[aria-labelledby=merge]"),
    "creator-unknown": (
        lambda _: "/console/creator/Q3JlYXRvcjowMDAwMDAwMC0wMDAwLTcwMDAtODAwMC0wMDAwMDAwMDAwMDA=",
        "h2",
    ),
    "nowhere": (lambda _: "/console/no-such-page", "h2"),
}


ADMIN = ("webhook", "webhook-log", "key", "key-new", "key-revoke", "usage", "usage-key")
WHO = {"sign-in": None, **dict.fromkeys(ADMIN, "ada")}
"""Who opens a page, where it is not ann, a steward."""
EMPTY = ("usage-empty", "search-start", "queue-empty", "search-empty")
SIMPLE = {*EMPTY, "key-own", "webhook-barred", "creator-unknown", "nowhere"}
"""A message and a link: what the frame does to them is seen in two of the four looks."""
LOOKS = [(scheme, width) for scheme in ("light", "dark") for width in (1280, 360)]
CASES = [
    (name, *look) for name in PAGES for look in LOOKS if name not in SIMPLE or look in {("light", 1280), ("dark", 360)}
]


@pytest.mark.parametrize(("name", "scheme", "width"), CASES)
def test_page(open_page: Callable[..., Any], server: Any, artefacts: Path, name: str, scheme: str, width: int) -> None:
    path, landmark = PAGES[name]
    with open_page(scheme=scheme, width=width, who=WHO.get(name, "ann")) as (page, watch):
        page.goto(path(server))
        page.locator(landmark).first.wait_for()
        watch.at_rest()
        page.screenshot(path=artefacts / f"{name}-{scheme}-{width}.png", full_page=True)

        assert page.evaluate("document.documentElement.scrollWidth") <= width, "the page is wider than the window"
        # run as a function of the page's own world: the policy lets no script be added
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
        bad = [
            f"{each['impact']} {each['id']}: {each['nodes'][0]['html'][:200]}"
            for each in found
            if each["impact"] in ("serious", "critical")
        ]
        assert bad == []
        assert watch.strangers == []
        assert watch.errors == []


def test_the_keys_of_a_page_are_shown(open_page: Callable[..., Any], artefacts: Path) -> None:
    with open_page() as (page, _):
        page.goto("/console/review")
        page.locator("[data-item]").wait_for()
        page.keyboard.press("?")
        keys = page.get_by_role("dialog", name="Keys")
        keys.wait_for()
        for text in ("Accept: one person", "Undo the last one", "Go to Search"):
            assert keys.get_by_text(text).is_visible()
        page.screenshot(path=artefacts / "keys-light-1280.png")


def test_back_and_forward_keep_filters(open_page: Callable[..., Any]) -> None:
    with open_page() as (page, _):
        page.goto("/console/queue?reasons=%5B%22UNCERTAIN_LINK%22%5D")
        row = page.locator("[data-row]").first
        row.wait_for()
        row.get_by_role("link").click()
        page.locator("[data-item]").wait_for()
        page.go_back()
        page.get_by_role("checkbox", name="Uncertain link").wait_for(state="attached")
        assert page.get_by_role("checkbox", name="Uncertain link").is_checked()


def test_the_policy_lets_no_foreign_or_inline_script_run(open_page: Callable[..., Any]) -> None:
    assert "script-src 'self'" in POLICY
    with open_page(who=None) as (page, watch):
        answer = page.goto("/console/sign-in")
        assert answer.headers["content-security-policy"] == POLICY
        page.get_by_label("Token", exact=True).wait_for()
        assert watch.errors == []
        html = answer.text()
        assert "<script>" not in html
        assert json.dumps("onload") not in html
