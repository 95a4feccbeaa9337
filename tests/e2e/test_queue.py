"""The queue in the browser: look-alikes accepted at once and taken back, views that are kept, a colleague's work as it comes."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.server import Server

QUEUE = "query ($f: ReviewFilter!) { reviewQueue(filter: $f, first: 100) { edges { node { id state version } } } }"
OPEN_SAME = {"bands": ["LIKELY_SAME"], "states": ["OPEN"]}


def queue(server: Server, **wanted: object) -> dict[str, dict[str, Any]]:
    found = server.ask(QUEUE, f=wanted)["reviewQueue"]["edges"]
    return {edge["node"]["id"]: edge["node"] for edge in found}


def together(server: Server, item: str) -> bool:
    ask = "query ($id: ID!) { reviewItem(id: $id) { left { creator { id } } right { creator { id } } } }"
    found = server.ask(ask, id=item)["reviewItem"]
    return bool(found["left"]["creator"] == found["right"]["creator"])


@pytest.mark.parametrize("way", ["key", "button"])
def test_look_alikes_are_accepted_from_a_preview_and_taken_back_as_one(
    open_page: Callable[..., Any], server: Server, artefacts: Path, way: str
) -> None:
    before = queue(server, **OPEN_SAME)
    apart = {item for item in before if not together(server, item)}
    said_before = len(server.decisions())
    assert len(before) > 1, "one pair would show nothing of many"
    with open_page() as (page, watch):
        page.goto("/console/queue")
        page.locator("[data-row]").first.wait_for()
        page.keyboard.press("b")
        panel = page.locator("section[aria-labelledby=bulk]")
        accept = panel.get_by_role("button", name=re.compile("^Accept"))
        accept.wait_for()
        # the preview says how many, shows them, and takes nothing before somebody has looked
        assert accept.inner_text() == f"Accept {len(before)} pairs"
        assert accept.is_disabled()
        assert server.decisions()[said_before:] == []
        panel.get_by_role("checkbox", name=re.compile("I have looked")).check()
        panel.get_by_label("Why (kept with each decision)").fill("the same names and handles")
        accept.click()
        panel.get_by_text(f"{len(before)} pairs decided as one person").wait_for()
        page.screenshot(path=artefacts / f"bulk-accepted-{way}.png")

        made = server.decisions()[: len(before)]
        assert {(each["verdict"], each["act"], each["actor"]) for each in made} == {("SAME", "DECIDE", "ann")}
        assert {each["comment"] for each in made} == {"the same names and handles"}
        assert len({each["group"] for each in made}) == 1
        assert queue(server, **OPEN_SAME).keys() & before.keys() == set()
        assert all(together(server, item) for item in before)

        if way == "key":
            page.keyboard.press("z")
        else:
            panel.get_by_role("button", name="Undo all").click()
        panel.get_by_text(re.compile("^Taken back")).wait_for()
        assert panel.get_by_role("button", name="Undo all").count() == 0
        assert queue(server, **OPEN_SAME).keys() == before.keys()
        assert {item for item in before if not together(server, item)} == apart
        undone = server.decisions()
        assert sum(each["undoes"] is not None for each in undone[: len(before)]) == len(before)
        assert len({each["group"] for each in undone[: len(before)]}) == 1, "one act takes back all"
        # said once more it does nothing: there is nothing left to take back
        page.keyboard.press("z")
        assert len(server.decisions()) == len(undone)

        # the audit has it as two acts
        page.get_by_role("tab", name="Decisions").click()
        page.locator("[data-act=UNDO]").first.wait_for()
        assert page.get_by_role("button", name="Redo all of it").first.is_visible()
        assert watch.errors == []


def test_a_preview_that_is_out_of_date_is_not_accepted(open_page: Callable[..., Any], server: Server) -> None:
    with open_page() as (page, _):
        page.goto("/console/queue?bulk=true&bands=LIKELY_SAME")
        panel = page.locator("section[aria-labelledby=bulk]")
        looked = panel.get_by_role("checkbox", name=re.compile("I have looked"))
        looked.check()
        [item, *_] = queue(server, **OPEN_SAME).values()
        server.decide(item["id"], "UNSURE")
        panel.get_by_role("button", name=re.compile("^Accept")).click()
        panel.get_by_role("alert").wait_for()
        assert not looked.is_checked(), "another sample has to be looked at anew"
    assert [each["actor"] for each in server.decisions()[:1]] == ["bo"], "all of them or none"


def test_a_view_is_kept_found_again_and_forgotten(open_page: Callable[..., Any]) -> None:
    with open_page() as (page, _):
        page.goto("/console/queue")
        page.locator("[data-row]").first.wait_for()
        page.get_by_text(re.compile("^Conflict")).first.click()
        page.wait_for_url("**reasons=*CONFLICT*")
        page.get_by_role("button", name="Views").click()
        page.get_by_label("Name of this view").fill("my conflicts")
        page.keyboard.press("Enter")
        page.get_by_role("button", name="my conflicts", exact=True).wait_for()

        # after the page was left and came back, from no filter at all
        page.goto("/console/search")
        page.goto("/console/queue")
        page.locator("[data-row]").first.wait_for()
        assert not page.get_by_role("checkbox", name=re.compile("^Conflict")).is_checked()
        page.get_by_role("button", name="Views (1)").click()
        page.get_by_role("button", name="my conflicts", exact=True).click()
        page.wait_for_url("**reasons=*CONFLICT*")
        page.locator("[data-row]").first.wait_for()
        assert page.get_by_role("checkbox", name=re.compile("^Conflict")).is_checked()
        assert set(page.locator("[data-label=Reason]").all_inner_texts()) == {"Conflict"}

        page.get_by_role("button", name="Views (1)").click()
        page.get_by_role("button", name="Forget the view my conflicts").click()
        page.get_by_text("No view is saved in this browser").wait_for()
        page.reload()
        page.get_by_role("button", name="Views", exact=True).wait_for()


def until(page: Any, true: Callable[[], bool]) -> None:
    """Lets the browser go on until something has happened that it cannot be asked for; the test's own limit ends it."""
    while not true():
        page.wait_for_timeout(20)


@pytest.fixture
def undecided(server: Server) -> dict[str, Any]:
    """An open pair that may go: no other test counts on those that lean to different."""
    [item, *_] = queue(server, bands=["LEANING_DIFFERENT"], states=["OPEN"]).values()
    return item


def test_what_a_colleague_decides_arrives_without_a_reload(
    open_page: Callable[..., Any], server: Server, undecided: dict[str, Any]
) -> None:
    with open_page() as (page, watch):
        sent: list[str] = []
        page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(str(frame))))
        page.goto("/console/queue")
        row = page.locator(f"[data-row='{undecided['id']}']")
        row.wait_for()
        until(page, lambda: any('"subscribe"' in frame for frame in sent))
        progress = page.get_by_role("region", name="Progress")
        today = int(progress.get_by_text("decided today").inner_text().split()[0])
        loads = page.evaluate("performance.timeOrigin")

        server.decide(undecided["id"], "UNSURE")
        # the figures follow by themselves; the list says that it is behind, and moves when it is told to
        progress.get_by_text(re.compile(f"^{today + 1} decided today")).wait_for()
        news = page.get_by_role("button", name=re.compile("since this list was read"))
        news.wait_for()
        assert row.is_visible(), "no row moves under a hand"
        page.keyboard.press("r")
        row.wait_for(state="detached")
        news.wait_for(state="detached")

        assert page.evaluate("performance.timeOrigin") == loads, "the page was loaded anew"
        assert watch.errors == []


def test_an_answer_that_is_all_error_is_told_and_tried_again(open_page: Callable[..., Any]) -> None:
    refusal = '{"data": null, "errors": [{"message": "the database does not answer", "extensions": {"mend": "Wait."}}]}'
    with open_page() as (page, _):
        page.route(
            "**/graphql",
            lambda route: (
                route.fulfill(status=200, content_type="application/json", body=refusal)
                if "query Queue(" in (route.request.post_data or "")
                else route.continue_()
            ),
        )
        page.goto("/console/queue")
        alert = page.get_by_role("alert").first
        alert.wait_for()
        assert "the database does not answer" in alert.inner_text()
        assert "Wait." in alert.inner_text()
        page.unroute("**/graphql")
        alert.get_by_role("button", name="Try again").click()
        page.locator("[data-row]").first.wait_for()


def test_a_sample_that_changes_has_to_be_looked_at_anew(open_page: Callable[..., Any]) -> None:
    with open_page() as (page, _):
        page.goto("/console/queue?bulk=true&bands=%5B%22LIKELY_SAME%22%5D")
        panel = page.locator("section[aria-labelledby=bulk]")
        looked = panel.get_by_role("checkbox", name=re.compile("I have looked"))
        accept = panel.get_by_role("button", name=re.compile("^Accept"))
        looked.check()
        before = accept.inner_text()
        expect(accept).to_be_enabled()
        page.locator("[aria-label='Any probability']").click()
        expect(accept).not_to_have_text(before)
        expect(looked).not_to_be_checked()
        expect(accept).to_be_disabled()


def test_a_priority_is_typed_with_a_point(open_page: Callable[..., Any]) -> None:
    with open_page() as (page, _):
        page.goto("/console/queue")
        page.locator("[data-row]").first.wait_for()
        field = page.get_by_label("Priority from")
        field.click()
        page.keyboard.type("0.5")
        page.keyboard.press("Enter")
        page.wait_for_url("**minPriority=0.5*")
        assert field.input_value() == "0.5"
        field.fill("")
        field.press("Enter")
        page.wait_for_url(lambda url: "minPriority" not in url)


def test_an_empty_list_fills_again(open_page: Callable[..., Any], server: Server) -> None:
    """Pairs in somebody's hands: none, until there is one."""
    with open_page(who="ada") as (page, watch):
        page.goto("/console/queue?states=%5B%22CLAIMED%22%5D&mine=true")
        page.get_by_text("No pair is like this").wait_for()
        [claimed] = server.ask("mutation { claimNextReview(count: 1) { id } }", who="ada")["claimNextReview"]
        page.get_by_role("button", name=re.compile("since this list was read")).click()
        page.locator(f"[data-row='{claimed['id']}']").wait_for()
        assert page.get_by_text("No pair is like this").count() == 0
        server.ask("mutation ($i: ID!) { releaseReview(itemId: $i) { id } }", who="ada", i=claimed["id"])
        page.get_by_role("button", name=re.compile("since this list was read")).wait_for()
        page.keyboard.press("r")
        page.get_by_text("No pair is like this").wait_for()
        assert watch.errors == []


def test_figures_are_of_the_filter_that_is_set(open_page: Callable[..., Any], server: Server) -> None:
    """Also after a change came under another one, which the page was told of."""
    count = "query ($f: ReviewFilter) { queueSummary(filter: $f) { open } }"
    with open_page() as (page, _):
        sent: list[str] = []
        page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(str(frame))))
        page.goto("/console/queue?reasons=%5B%22CONFLICT%22%5D")
        page.locator("[data-row]").first.wait_for()
        until(page, lambda: any('"subscribe"' in frame for frame in sent))
        [item, *_] = queue(server, reasons=["CONFLICT"], states=["OPEN"])
        server.decide(item, "UNSURE")
        news = page.get_by_role("button", name=re.compile("since this list was read"))
        news.wait_for()
        progress = page.get_by_role("region", name="Progress")
        few = server.ask(count, f={"reasons": ["CONFLICT"]})["queueSummary"]["open"]
        progress.get_by_text(re.compile(f"^{few} open")).wait_for()

        page.get_by_text(re.compile("^Conflict")).first.click()
        page.wait_for_url(lambda url: "CONFLICT" not in url)
        many = server.ask(count, f={})["queueSummary"]["open"]
        assert many > few
        progress.get_by_text(re.compile(f"^{many} open")).wait_for()
        assert news.count() == 0, "the list was read just now"
