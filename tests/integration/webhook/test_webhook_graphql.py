"""Webhooks over GraphQL: typed outcomes, pages, and one statement for the logs of all."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from creatorgraph.api.app import create_app
from creatorgraph.config import Settings
from creatorgraph.domain.role import Role
from creatorgraph.domain.webhook import WebhookEvent
from creatorgraph.embeddings.encoder import Encoder
from creatorgraph.services.engines import Engines
from creatorgraph.services.tenant.account import create_tenant
from creatorgraph.services.tenant.key import create_key
from creatorgraph.services.webhook.sender import Sender
from creatorgraph.store.database import Database
from tests.integration.conftest import embedded_engines
from tests.integration.webhook.conftest import Clock, Receiver, creator, happen

PROBLEM = "... on Problem { message mend } ... on NotAllowed { needs } ... on InvalidWebhook { where }"
SAVED = "... on WebhookSaved { secret othersUntil webhook { id url events creatorIds disabledReason waiting } }"
CREATE = f"mutation($input: WebhookInput!) {{ createWebhook(input: $input) {{ __typename {SAVED} {PROBLEM} }} }}"
UPDATE = (
    "mutation($id: ID!, $input: WebhookChange!) "
    f"{{ updateWebhook(id: $id, input: $input) {{ __typename {SAVED} {PROBLEM} }} }}"
)
LOG = (
    "query($first: Int!) { webhooks(first: 10) { edges { node { url deliveries(first: $first) "
    "{ pageInfo { hasNextPage endCursor } edges { node { messageId webhookId type attempt status error } } } } } } }"
)


@pytest.fixture
def engines(database: Database, encoder: Encoder, tmp_path: Path, settings: Settings) -> Iterator[Engines]:
    opened = embedded_engines(database, encoder, tmp_path)
    object.__setattr__(opened, "settings", settings)
    yield opened
    opened.graph.close()


@pytest.fixture
def client(engines: Engines, tmp_path: Path) -> Iterator[TestClient]:
    with TestClient(create_app(engines, console=tmp_path), base_url="http://localhost") as opened:
        yield opened


class Asker:
    def __init__(self, client: TestClient, headers: dict[str, str]) -> None:
        self.client, self.headers = client, headers

    def __call__(self, query: str, **variables: Any) -> Any:
        answer = self.client.post("/graphql", json={"query": query, "variables": variables}, headers=self.headers)
        assert "errors" not in answer.json(), answer.text
        data = answer.json()["data"]
        return next(iter(data.values()))


@pytest.fixture
def ask(client: TestClient, engines: Engines) -> Asker:
    create_tenant(engines, "acme")
    return Asker(client, {"authorization": f"Bearer {create_key(engines, 'acme', 'key').secret}"})


def test_the_life_of_a_webhook(ask: Asker, engines: Engines, receiver: Receiver, clock: Clock) -> None:
    chosen = {"url": receiver.url(), "events": ["MERGED", "UPDATED"], "creatorIds": [creator(1)]}
    made = ask(CREATE, input=chosen)
    assert made["__typename"] == "WebhookSaved"
    assert made["secret"].startswith("whsec_")
    id_ = made["webhook"]["id"]
    changed = ask(UPDATE, id=id_, input={"creatorIds": None})
    assert changed["secret"] is None
    assert (changed["webhook"]["creatorIds"], changed["webhook"]["events"]) == (None, ["MERGED", "UPDATED"])
    rotated = ask(f"mutation($id: ID!) {{ rotateWebhookSecret(id: $id) {{ __typename {SAVED} }} }}", id=id_)
    assert rotated["secret"] != made["secret"]
    assert rotated["othersUntil"]

    happen(engines, WebhookEvent.UPDATED, 1)
    ping = (
        "mutation($id: ID!) { testWebhook(id: $id) { ... on WebhookQueued { messages } ... on Problem { message } } }"
    )
    assert ask(ping, id=id_) == {"messages": 1}
    assert ask.client.portal is not None
    assert ask.client.portal.call(Sender(engines, now=clock).send_due) == 2
    [entry] = ask(LOG, first=1)["edges"]
    listed = entry["node"]["deliveries"]
    assert listed["pageInfo"]["hasNextPage"]
    assert [each["node"]["type"] for each in listed["edges"]] == ["webhook.ping"]
    older = ask(
        "query($id: ID!, $after: String) { webhook(id: $id) { deliveries(first: 5, after: $after) "
        "{ edges { node { messageId type status } } } } }",
        id=id_,
        after=listed["pageInfo"]["endCursor"],
    )
    [told] = [each["node"] for each in older["deliveries"]["edges"]]
    assert (told["type"], told["status"]) == ("creator.updated", 204)
    again = (
        "mutation($id: ID!, $message: ID, $since: DateTime) { replayWebhook(id: $id, messageId: $message, since: $since) "
        f"{{ __typename ... on WebhookQueued {{ messages }} {PROBLEM} }} }}"
    )
    assert ask(again, id=id_, message=told["messageId"])["messages"] == 1
    assert ask(again, id=id_, since="2026-01-01T00:00:00Z")["messages"] == 1
    assert ask(again, id=id_)["__typename"] == "InvalidWebhook"
    assert ask(again, id=id_, message=creator(9))["__typename"] == "NotFound"

    stopped = ask(UPDATE, id=id_, input={"enabled": False})
    assert stopped["webhook"]["disabledReason"] == "REQUEST"
    assert ask(ping, id=id_) == {"message": "the webhook is disabled"}
    delete = f"mutation($id: ID!) {{ deleteWebhook(id: $id) {{ ... on WebhookDeleted {{ id }} {PROBLEM} }} }}"
    assert ask(delete, id=id_) == {"id": id_}
    assert ask(delete, id=id_)["message"] == "there is no such webhook"
    assert ask("query($id: ID!) { webhook(id: $id) { id } }", id=id_) is None


def test_what_cannot_be_used_says_where(ask: Asker) -> None:
    for given, where in (
        ({"url": "https://169.254.169.254/", "events": ["MERGED"]}, "url"),
        ({"url": "http://hooks.example.test/", "events": ["MERGED"]}, "url"),
        ({"url": "https://hooks.example.test/", "events": []}, "events"),
        ({"url": "https://hooks.example.test/", "events": ["MERGED"], "creatorIds": []}, "creators"),
    ):
        refused = ask(CREATE, input=given)
        assert (refused["__typename"], refused["where"]) == ("InvalidWebhook", where)


def test_who_may_not_is_told_what_is_needed(client: TestClient, engines: Engines, ask: Asker) -> None:
    frontend = create_key(engines, "acme", "site", role=Role.FRONTEND).secret
    for headers in ({}, {"authorization": f"Bearer {frontend}"}):
        other = Asker(client, headers)
        refused = other(CREATE, input={"url": "https://hooks.example.test/", "events": ["MERGED"]})
        assert (refused["__typename"], refused["needs"]) == ("NotAllowed", "PARTNER")
        answer = client.post("/graphql", json={"query": "{ webhooks(first: 1) { edges { cursor } } }"}, headers=headers)
        assert answer.json()["errors"][0]["extensions"]["code"] == "not_allowed"


def test_the_logs_of_many_are_one_statement(ask: Asker, engines: Engines) -> None:
    def statements() -> int:
        seen: list[str] = []

        def note(*given: Any) -> None:
            seen.append(given[2])

        engine = engines.database._async_engine
        assert engine is not None
        sa.event.listen(engine.sync_engine, "before_cursor_execute", note)
        ask(LOG, first=5)
        sa.event.remove(engine.sync_engine, "before_cursor_execute", note)
        return len(seen)

    counts = []
    for number in range(4):
        ask(CREATE, input={"url": f"https://hooks.example.test/{number}", "events": ["MERGED"]})
        counts.append(statements())
    assert len(set(counts)) == 1
