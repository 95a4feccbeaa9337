"""A steward's day in the browser, and what the API says of it afterwards."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

CREATORS = "{ creators(first: 30, filter: {minMembers: 3}) { edges { node { id displayName } } } }"
MEMBERS = "query ($id: ID!) { creator(id: $id) { ... on Creator { profiles(first: 50) { edges { node { id } } } } } }"
DECISIONS = (
    "{ decisions(first: 60) { edges { node { id verdict act undone undoes blind actor left { id } right { id } } } } }"
)
PREVIEW = """
    query ($id: ID!, $groups: [[ID!]!]!) { previewSplit(creatorId: $id, groups: $groups) { creators { keepsId } } }
"""
VERDICTS = {"a": "SAME", "r": "DIFFERENT", "u": "UNSURE"}
UNSURE = {2, 9}
"""Which of the twenty this steward cannot say."""


def members(server: Any, creator_id: str) -> set[str]:
    found = server.ask(MEMBERS, id=creator_id)["creator"]
    return {edge["node"]["id"] for edge in found["profiles"]["edges"]}


def current(page: Any) -> str:
    return str(page.locator("[data-item]").get_attribute("data-item"))


def wait_for_another(page: Any, item: str) -> None:
    page.wait_for_function("before => document.querySelector('[data-item]')?.dataset.item !== before", arg=item)


@dataclass(slots=True, eq=False)
class Held:
    """Requests of a page that wait for the test."""

    waiting: list[Any] = field(default_factory=list)
    count: int = 0

    def take(self, route: Any) -> None:
        self.waiting.append(route)

    def pass_on(self, page: Any) -> None:
        """Sends what waits, or what comes first."""
        while not self.waiting:
            page.wait_for_timeout(20)
        self.count += len(self.waiting)
        for route in self.waiting:
            route.continue_()
        self.waiting.clear()

    def end(self, page: Any) -> None:
        """Sends what waits; from here on nothing does."""
        self.pass_on(page)
        page.unroute_all(behavior="ignoreErrors")


def hold(page: Any, word: str) -> Held:
    """From here on requests of the API with `word` wait until they are passed on."""
    held = Held()
    page.route(
        "**/graphql", lambda route: held.take(route) if word in (route.request.post_data or "") else route.continue_()
    )
    return held


def test_a_token_that_is_nobodys_says_what_to_do_and_a_real_one_leads_on(
    open_page: Callable[..., Any], server: Any
) -> None:
    with open_page(who=None) as (page, _):
        page.goto("/console/queue?reasons=%5B%22BRIDGE%22%5D")
        page.get_by_label("Token", exact=True).fill("not a token")
        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("alert").wait_for()
        page.get_by_label("Token", exact=True).fill(server.tokens["ann"])
        page.keyboard.press("Enter")
        page.get_by_role("checkbox", name=re.compile("^Bridge")).wait_for(state="attached")
        # the address that was asked for, its filter included
        assert page.get_by_role("checkbox", name=re.compile("^Bridge")).is_checked()


def test_twenty_items_by_keyboard_one_undone(open_page: Callable[..., Any], server: Any) -> None:
    """The answers are the labels of the world, so that no two of them contradict each other."""
    decided: list[tuple[str, str]] = []
    with open_page() as (page, watch):
        page.goto("/console/review")
        page.locator("[data-item]").wait_for()
        # a decision does not wait for the server: it is let through once the next item is there
        held = hold(page, '"operationName":"Decide"')
        for number in range(20):
            item = current(page)
            key = "u" if number in UNSURE else "a" if server.one_person(item) else "r"
            # the address names the item, so that it can be sent to a colleague
            page.wait_for_url(f"**/review/{item}*")
            page.keyboard.press(key)
            wait_for_another(page, item)
            held.pass_on(page)
            decided.append((item, VERDICTS[key]))
        assert held.count == 20
        page.get_by_text(re.compile("^20 pairs done here")).wait_for()
        page.get_by_text("(being sent)").wait_for(state="detached")
        assert page.get_by_role("alert").count() == 0

        last = decided[-1][0]
        page.keyboard.press("z")
        page.wait_for_function("item => document.querySelector('[data-item]')?.dataset.item === item", arg=last)
        page.get_by_text(re.compile("^19 pairs done here")).wait_for()
        page.get_by_text("undone").first.wait_for()
        assert watch.errors == []
        assert watch.strangers == []

    found = [edge["node"] for edge in server.ask(DECISIONS)["decisions"]["edges"]]
    made = [each for each in found if each["act"] == "DECIDE"]
    assert [each["verdict"] for each in reversed(made)] == [verdict for _, verdict in decided]
    assert [each["undone"] for each in made] == [True] + [False] * 19
    assert {each["actor"] for each in made} == {"ann"}


def test_a_network_that_does_not_answer_keeps_nobody_waiting(open_page: Callable[..., Any]) -> None:
    """What is loaded ahead is enough for three decisions and their undoing, before anything has come back."""
    with open_page() as (page, watch):
        page.goto("/console/review")
        page.locator("[data-item]").wait_for()
        watch.at_rest()
        held = hold(page, "")
        for key in "uuuzzz":
            item = current(page)
            page.keyboard.press(key)
            wait_for_another(page, item)
        assert page.get_by_text("undone").count() == 0
        # and a slow one (400 ms each way, 400 kbit/s) delivers them all
        slow = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
        page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", slow)
        held.end(page)
        page.get_by_text("undone").first.wait_for()


def test_undo_comes_before_the_answer(open_page: Callable[..., Any]) -> None:
    with open_page() as (page, _):
        page.goto("/console/review")
        page.locator("[data-item]").wait_for()
        item = current(page)
        page.keyboard.press("u")
        page.keyboard.press("z")
        page.get_by_text("undone").first.wait_for()
        assert current(page) == item


def test_skip_asks_why_and_moves_on(open_page: Callable[..., Any]) -> None:
    with open_page() as (page, _):
        page.goto("/console/review")
        page.locator("[data-item]").wait_for()
        item = current(page)
        page.keyboard.press("s")
        page.get_by_role("dialog", name="Why skip it?").wait_for()
        page.keyboard.press("2")
        wait_for_another(page, item)
        page.get_by_text(re.compile("skipped")).wait_for()


def test_blind_gives_nothing_away(open_page: Callable[..., Any]) -> None:
    answers: list[str] = []
    with open_page(who="bo") as (page, _):
        page.on(
            "response",
            lambda answer: answers.append(answer.text()) if "ClaimNext" in (answer.request.post_data or "") else None,
        )
        page.goto("/console/review?blind=true")
        page.locator("[data-item]").wait_for()
        shown = page.locator("main").inner_text().lower()
        for word in (
            "likely",
            "leaning",
            "toss-up",
            "of a hundred",
            "bits",
            "conflict",
            "uncertain",
            "would join",
            "both belong",
        ):
            assert word not in shown, word
        page.wait_for_function(
            "() => performance.getEntriesByType('resource').some(each => each.name.endsWith('/graphql'))"
        )
        (answer, *_) = answers
        items = json.loads(answer)["data"]["claimNextReview"]
        assert items
        assert {(item["probability"], item["band"]) for item in items} == {(None, None)}
        assert not any("leftCreator" in item or "reason" in item or "evidence" in item["explanation"] for item in items)


def test_what_a_colleague_has_decided_is_told_and_left(open_page: Callable[..., Any], server: Any) -> None:
    with open_page() as (page, _):
        page.goto("/console/review")
        page.locator("[data-item]").wait_for()
        item = current(page)
        version = server.ask("query ($id: ID!) { reviewItem(id: $id) { version } }", id=item)["reviewItem"]["version"]
        decide = "mutation ($id: ID!, $v: Int!) { decide(itemId: $id, decision: UNSURE, expectedVersion: $v) { __typename } }"
        assert server.ask(decide, id=item, v=version)["decide"]["__typename"] == "DecisionMade"
        page.keyboard.press("r")
        alert = page.get_by_role("alert")
        alert.wait_for()
        assert "said" in alert.inner_text()
        assert current(page) != item


def test_an_analyst_may_look_and_is_told_what_deciding_needs(open_page: Callable[..., Any]) -> None:
    with open_page(who="eve") as (page, _):
        page.goto("/console/review")
        page.get_by_role("heading", name="This needs the role steward").wait_for()
        page.goto("/console/queue")
        page.locator("[data-row]").first.wait_for()
        assert page.get_by_role("button", name="Bulk accept").count() == 0


@pytest.fixture
def creator(server: Any) -> dict[str, Any]:
    """A creator whose first profile, parted from it, stands alone: others in this world would join somebody else."""
    for edge in server.ask(CREATORS)["creators"]["edges"]:
        found = dict(edge["node"])
        (first, *_) = server.ask(MEMBERS, id=found["id"])["creator"]["profiles"]["edges"]
        preview = server.ask(PREVIEW, id=found["id"], groups=[[first["node"]["id"]]])["previewSplit"]
        if len(preview["creators"]) == 2 and not all(each["keepsId"] for each in preview["creators"]):
            return found
    pytest.fail("no creator of this world can be split in two")


def test_a_creator_is_split_by_keys_and_made_whole_again(
    open_page: Callable[..., Any], server: Any, creator: dict[str, Any]
) -> None:
    whole = members(server, creator["id"])
    with open_page() as (page, watch):
        page.goto(f"/console/creator/{creator['id']}")
        page.get_by_role("heading", name="History").wait_for()
        page.keyboard.press("x")
        page.get_by_role("heading", name="Split", exact=True).wait_for()
        page.get_by_label(re.compile("^Group of")).first.focus()
        page.keyboard.press("2")
        preview = page.get_by_label("What would change", exact=True)
        preview.wait_for()
        assert "keeps its id" in preview.inner_text()
        assert "gets a new id" in preview.inner_text()
        assert members(server, creator["id"]) == whole, "a preview changes nothing"
        page.get_by_label("Why (kept in the history)").fill("two persons of one name")
        preview.get_by_role("button", name="Split").click()
        page.get_by_text("Split into 2 creators").wait_for()
        assert len(members(server, creator["id"])) == len(whole) - 1

        page.keyboard.press("z")
        page.get_by_text("Taken back").wait_for()
        assert members(server, creator["id"]) == whole
        assert watch.errors == []


def test_a_profile_is_dragged_into_a_group(open_page: Callable[..., Any], creator: dict[str, Any]) -> None:
    with open_page() as (page, _):
        page.goto(f"/console/creator/{creator['id']}?act=split")
        card = page.locator("[data-profile]").first
        box = card.bounding_box()
        target = page.get_by_role("group", name="Group 2").bounding_box()
        page.mouse.move(box["x"] + 12, box["y"] + 2)
        page.mouse.down()
        page.mouse.move(target["x"] + 30, target["y"] + 40, steps=8)
        page.mouse.up()
        page.get_by_role("group", name="Group 2").get_by_role("combobox").wait_for()
        page.wait_for_url("**groups=b*")


def test_two_creators_are_merged_after_a_preview(open_page: Callable[..., Any], server: Any) -> None:
    one, other = (edge["node"] for edge in server.ask(CREATORS)["creators"]["edges"][1:3])
    before = [members(server, each["id"]) for each in (one, other)]
    with open_page() as (page, _):
        page.goto(f"/console/creator/{one['id']}")
        page.get_by_role("heading", name="History").wait_for()
        page.keyboard.press("m")
        page.get_by_label("Name of the other creator").fill(other["displayName"])
        page.locator("section", has=page.get_by_role("heading", name="Merge")).get_by_role(
            "button", name=other["displayName"]
        ).first.click()
        preview = page.get_by_label("What would change", exact=True)
        preview.wait_for()
        assert "1 id is retired" in preview.inner_text()
        preview.get_by_role("button", name="Merge").click()
        page.get_by_text("Merged.").wait_for()
        page.get_by_role("button", name="Undo").click()
        page.get_by_text("Taken back").wait_for()
    # an id that a merge has retired stays retired, so they are asked for by their profiles
    assert [members(server, next(iter(profiles))) for profiles in before] == before
