"""Splits and merges that meet others: an id that is retired, a creator that changes meanwhile, one of very many profiles."""

import base64
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from creatorgraph.services.steward.merge import MOST_CREATORS
from tests.e2e.server import Server


def alone(server: Server, count: int) -> list[str]:
    """Profiles that are creators by themselves, those with the oldest ids first: of merged ones the oldest id survives."""
    age = {str(each["id"]): base64.b64decode(server.creator_of(each["id"])) for each in server.alone()[: 2 * count]}
    return sorted(age, key=age.__getitem__)[:count]


@contextmanager
def answered(page: Any, *operations: str) -> Iterator[None]:
    """Goes on when all these operations, which what is done within asks for, have their answers."""
    with ExitStack() as waits:
        for operation in operations:
            asks = f'"operationName":"{operation}"'
            waits.enter_context(
                page.expect_response(lambda answer, asks=asks: asks in (answer.request.post_data or ""))
            )
        yield


def preview(page: Any) -> Any:
    shown = page.get_by_label("What would change", exact=True)
    shown.wait_for()
    return shown


def test_the_undo_of_a_merge_is_there_where_the_other_creator_survives(
    open_page: Callable[..., Any], server: Server
) -> None:
    one, other, third = alone(server, 3)
    server.merge([one, other])
    large, small = server.creator_of(one), server.creator_of(third)
    with open_page() as (page, watch):
        page.goto(f"/console/creator/{small}?act=merge&with={large}")
        preview(page).get_by_role("button", name="Merge").click()
        # the page goes on with the one that lives
        page.wait_for_url(f"**/creator/{large.rstrip('=')}*")
        done = page.get_by_role("status").filter(has_text="Merged.")
        done.get_by_role("button", name="Undo").wait_for()
        assert server.members(large) == {one, other, third}

        # and the id that was retired has it too
        page.get_by_role("link", name="the other creator").first.click()
        page.get_by_text("This id was retired").wait_for()
        done.get_by_role("button", name="Undo").wait_for()
        page.keyboard.press("z")
        page.get_by_text("Taken back").wait_for()
        assert server.members(server.creator_of(one)) == {one, other}
        assert server.members(server.creator_of(third)) == {third}
        assert watch.errors == []


def test_a_split_of_what_has_changed_meanwhile_is_looked_at_anew(open_page: Callable[..., Any], server: Server) -> None:
    one, other, third = alone(server, 3)
    server.merge([one, other])
    creator = server.creator_of(one)
    with open_page() as (page, watch):
        page.goto(f"/console/creator/{creator}?act=split")
        cards = page.locator("[data-profile]")
        cards.nth(1).wait_for()
        parted = cards.nth(1).get_attribute("data-profile")
        cards.nth(1).get_by_role("combobox").select_option("1")
        preview(page).get_by_label("Why (kept in the history)").fill("they are two")

        server.merge([one, third])
        assert server.creator_of(third) == creator
        preview(page).get_by_role("button", name="Split").click()
        alert = page.get_by_role("alert").filter(has_text="has changed since")
        alert.wait_for()
        cards.nth(2).wait_for()
        # whoever was put into a group is still in it, wherever the new one came in between
        assert page.get_by_role("group", name="Group 2").locator("[data-profile]").count() == 1
        assert page.get_by_role("group", name="Group 2").locator(f"[data-profile='{parted}']").count() == 1
        assert preview(page).get_by_label("Why (kept in the history)").input_value() == "they are two"
        preview(page).get_by_role("button", name="Split").click()
        # what a colleague has said is in the way now, and is told
        page.get_by_text(re.compile("^Split into|contradicts")).first.wait_for()
        assert alert.count() == 0
        assert watch.errors == []


def test_a_merge_of_what_has_changed_meanwhile_is_looked_at_anew(open_page: Callable[..., Any], server: Server) -> None:
    one, other, third = alone(server, 3)
    with open_page() as (page, watch):
        page.goto(f"/console/creator/{server.creator_of(one)}?act=merge&with={server.creator_of(other)}")
        preview(page)
        server.merge([one, third])
        with answered(page, "CreatorById", "CreatorBrief", "PreviewMerge"):
            preview(page).get_by_role("button", name="Merge").click()
        page.get_by_role("alert").filter(has_text="has changed since").wait_for()
        preview(page).get_by_text("3 profiles").first.wait_for()
        preview(page).get_by_role("button", name="Merge").click()
        page.get_by_text("Merged.").wait_for()
        assert server.members(server.creator_of(one)) == {one, other, third}
        assert watch.errors == []


def test_a_creator_that_is_gone_meanwhile_leads_to_where_it_went(open_page: Callable[..., Any], server: Server) -> None:
    one, other, third = alone(server, 3)
    with open_page() as (page, watch):
        # the one that it is to be merged with first, then the one whose page it is
        page.goto(f"/console/creator/{server.creator_of(one)}?act=merge&with={server.creator_of(third)}")
        preview(page)
        server.merge([other, third])
        preview(page).get_by_role("button", name="Merge").click()
        page.get_by_role("alert").filter(has_text="there is no such creator").wait_for()
        preview(page).get_by_text("3 profiles").first.wait_for()

        retired = server.creator_of(other)
        page.goto(f"/console/creator/{retired}?act=split&groups=ab")
        preview(page)
        server.merge([one, other])
        page.get_by_role("button", name="Split", exact=True).last.click()
        page.get_by_text("This id was retired").wait_for()
        assert watch.errors == []


def test_a_creator_of_more_profiles_than_are_shown_is_split_in_two(
    open_page: Callable[..., Any], server: Server
) -> None:
    many = [str(each["id"]) for each in server.alone()[:53]]
    for start in range(1, len(many), MOST_CREATORS - 1):
        server.merge([many[0], *many[start : start + MOST_CREATORS - 1]])
    creator = server.creator_of(many[0])
    with open_page() as (page, watch):
        page.goto(f"/console/creator/{creator}?act=split")
        page.locator("[data-profile]").nth(49).wait_for()
        assert page.locator("[data-profile]").count() == 50
        page.get_by_text("all others stay in group 1").wait_for()
        parted = str(page.locator("[data-profile]").first.get_attribute("data-profile"))
        page.get_by_label(re.compile("^Group of")).first.select_option("1")
        shown = preview(page)
        assert shown.get_by_text(re.compile(r"gets a new id|keeps its id")).count() == 2
        shown.get_by_role("button", name="Split").click()
        notice = page.get_by_role("alert").filter(has_text="contradicts")
        notice.get_by_role("button", name=re.compile("^Withdraw")).click()
        page.get_by_text("Split into 2 creators").wait_for()
        assert server.members(server.creator_of(parted)) == {parted}
        rest = {server.creator_of(each) for each in many if each != parted}
        assert len(rest) == 1
        assert watch.errors == []
