"""An administrator subscribes an endpoint, sees what it was sent, sends it again, and takes it away."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import expect
from standardwebhooks import Webhook

from tests.e2e.endpoint import Endpoint, listening


def wait_for(endpoint: Endpoint, messages: int) -> None:
    # the test's own time limit ends this where nothing comes
    while len(endpoint.received) < messages:
        time.sleep(0.1)


def test_an_endpoint_is_told_and_its_log_is_shown(open_page: Callable[..., Any], artefacts: Path) -> None:
    with listening() as endpoint, open_page(who="ada") as (page, watch):
        page.goto("/console/webhooks")
        page.get_by_text("Nobody is told of changes").wait_for()
        page.get_by_role("button", name="New webhook").click()
        form = page.get_by_role("region", name="New webhook")
        form.get_by_label("Address").fill("http://169.254.169.254/latest")
        form.get_by_role("button", name="Subscribe").click()
        form.get_by_role("alert").wait_for()
        form.get_by_label("Address").fill(endpoint.url)
        form.get_by_label("What it is for").fill("our shop")
        form.get_by_role("button", name="Subscribe").click()

        shown = page.get_by_role("region", name="Secret")
        secret = shown.locator("pre").inner_text()
        page.screenshot(path=artefacts / "webhook-made-light-1280.png", full_page=True)
        shown.get_by_role("button", name="I have kept it").click()
        panel = page.get_by_role("region", name=endpoint.url)
        panel.get_by_role("button", name="Test", exact=True).click()
        wait_for(endpoint, 1)
        headers, body = endpoint.received[0]
        assert Webhook(secret).verify(body.decode(), headers)["type"] == "webhook.ping"

        log = panel.get_by_role("table", name="Log of sending")
        panel.get_by_role("button", name="Look again").click()
        log.get_by_text("Taken (200)").wait_for()
        log.get_by_role("button", name="Send again").first.click()
        wait_for(endpoint, 2)
        assert endpoint.received[1][0]["webhook-id"] == headers["webhook-id"]

        endpoint.status = 503
        panel.get_by_role("button", name="Test", exact=True).click()
        wait_for(endpoint, 3)
        panel.get_by_role("button", name="Look again").click()
        log.get_by_text("not today").wait_for()
        page.screenshot(path=artefacts / "webhook-log-light-1280.png", full_page=True)

        page.reload()
        page.get_by_role("region", name=endpoint.url).wait_for()
        assert secret not in page.content()
        panel.get_by_role("button", name="Switch off").click()
        panel.get_by_text("Nothing is sent any more").wait_for()
        panel.get_by_role("button", name="Delete…").click()
        panel.get_by_role("button", name="Delete it with its log").click()
        expect(page.get_by_text("Nobody is told of changes")).to_be_visible()
        assert [each for each in watch.errors if "400" not in each] == []
