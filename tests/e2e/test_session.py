"""What a page does when its session is over, and for people whose role does not reach."""

from collections.abc import Callable
from typing import Any

from tests.e2e.test_work import current

OWN = {"x-creatorgraph": "1"}


def end_session(page: Any) -> None:
    """As another tab of the same browser, or an administrator, would."""
    assert page.context.request.delete("/session", headers=OWN).status == 204


def sign_in(page: Any, token: str) -> None:
    page.get_by_label("Token", exact=True).fill(token)
    page.keyboard.press("Enter")


def test_who_decides_after_the_session_is_over_signs_in_and_comes_back(
    open_page: Callable[..., Any], server: Any
) -> None:
    said = len(server.decisions())
    with open_page() as (page, watch):
        page.goto("/console/review")
        page.locator("[data-item]").wait_for()
        watch.at_rest()
        end_session(page)
        page.keyboard.press("u")
        page.get_by_role("heading", name="Sign in").wait_for()
        assert len(server.decisions()) == said
        sign_in(page, server.tokens["ann"])
        page.locator("[data-item]").wait_for()
        page.wait_for_url(f"**/review/{current(page)}*")
        assert watch.errors == []


def test_a_page_that_listens_hears_that_the_session_is_over(open_page: Callable[..., Any], server: Any) -> None:
    with open_page() as (page, _):
        sent: list[str] = []
        page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(str(frame))))
        page.goto("/console/queue?reasons=%5B%22BRIDGE%22%5D")
        page.locator("[data-row]").first.wait_for()
        while not any('"subscribe"' in frame for frame in sent):
            page.wait_for_timeout(20)
        end_session(page)
        page.get_by_role("heading", name="Sign in").wait_for()
        sign_in(page, server.tokens["bo"])
        page.wait_for_url("**/queue?*BRIDGE*")
        page.locator("[data-row]").first.wait_for()


def test_webhooks_tell_whom_they_are_for(open_page: Callable[..., Any]) -> None:
    with open_page() as (page, watch):
        page.goto("/console/webhooks")
        page.get_by_role("heading", name="This needs the role admin").wait_for()
        assert page.get_by_role("button", name="New webhook").count() == 0
        page.keyboard.press("n")
        assert page.get_by_role("region", name="New webhook").count() == 0
        assert page.get_by_role("heading", name="Sign in").count() == 0, "who may not is somebody all the same"
        assert watch.errors == []
