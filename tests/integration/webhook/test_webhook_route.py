"""Webhooks over REST: their life, what is refused, and that no other tenant gets at them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
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
from creatorgraph.store.table import webhook_secret
from tests.integration.conftest import embedded_engines
from tests.integration.webhook.conftest import Clock, Receiver, answering, creator, happen

URL = "https://hooks.example.test/in"


@pytest.fixture
def engines(database: Database, encoder: Encoder, tmp_path: Path, settings: Settings) -> Iterator[Engines]:
    opened = embedded_engines(database, encoder, tmp_path)
    object.__setattr__(opened, "settings", settings.model_copy(update={"webhooks_per_tenant": 3}))
    yield opened
    opened.graph.close()


@pytest.fixture
def client(engines: Engines, tmp_path: Path) -> Iterator[TestClient]:
    with TestClient(create_app(engines, console=tmp_path), base_url="http://localhost") as opened:
        yield opened


def bearer(engines: Engines, tenant: str, role: Role = Role.PARTNER) -> dict[str, str]:
    return {"authorization": f"Bearer {create_key(engines, tenant, 'key', role=role).secret}"}


@pytest.fixture
def acme(engines: Engines) -> dict[str, str]:
    create_tenant(engines, "acme")
    return bearer(engines, "acme")


def made(client: TestClient, headers: dict[str, str], **more: Any) -> Any:
    answer = client.post("/v1/webhooks", json={"url": URL, "events": ["creator.merged"]} | more, headers=headers)
    assert answer.status_code == 201, answer.text
    assert answer.headers["cache-control"] == "no-store"
    return answer.json()


def test_the_life_of_a_webhook(
    client: TestClient, engines: Engines, acme: dict[str, str], receiver: Receiver, clock: Clock
) -> None:
    new = made(client, acme, url=receiver.url(), description="ours", creators=[creator(1)])
    assert new["secret"].startswith("whsec_")
    place = f"/v1/webhooks/{new['id']}"
    shown = client.get(place, headers=acme)
    assert "secret" not in shown.json()
    assert new["secret"] not in shown.text
    assert shown.json() == {name: value for name, value in new.items() if name != "secret"}
    assert client.get("/v1/webhooks", headers=acme).json() == {"items": [shown.json()], "next": None}

    changed = client.patch(place, json={"events": ["creator.updated"], "creators": None}, headers=acme).json()
    assert (changed["events"], changed["creators"], changed["description"]) == (["creator.updated"], None, "ours")
    rotated = client.post(f"{place}:rotateSecret", headers=acme)
    assert rotated.json()["secret"] != new["secret"]
    assert rotated.json()["others_until"]

    happen(engines, WebhookEvent.UPDATED, 7)
    pinged = client.post(f"{place}:test", headers=acme)
    assert pinged.status_code == 202
    assert client.get(place, headers=acme).json()["waiting"] == 2
    receiver.reply = answering(200, b"thanks")
    sender = Sender(engines, now=clock)
    assert client.portal is not None
    assert client.portal.call(sender.send_due) == 2
    assert receiver.got[1].id == pinged.json()["webhook_id"]

    first = client.get(f"{place}/deliveries", params={"first": 1}, headers=acme).json()
    second = client.get(f"{place}/deliveries", params={"first": 1, "after": first["next"]}, headers=acme).json()
    assert [each["items"][0]["type"] for each in (first, second)] == ["webhook.ping", "creator.updated"]
    assert second["next"] is None
    entry = second["items"][0]
    assert (entry["status"], entry["answer"], entry["error"], entry["attempt"]) == (200, "thanks", None, 1)
    again = client.post(f"{place}:replay", json={"message_id": entry["message_id"]}, headers=acme)
    assert (again.status_code, again.json()["messages"]) == (202, 1)
    all_since = client.post(f"{place}:replay", json={"since": "2026-01-01T00:00:00Z"}, headers=acme)
    assert all_since.json()["messages"] == 1

    stopped = client.patch(place, json={"enabled": False}, headers=acme).json()
    assert (stopped["disabled_reason"], bool(stopped["disabled_at"])) == ("request", True)
    refused = client.post(f"{place}:test", headers=acme)
    assert (refused.status_code, refused.json()["code"]) == (400, "invalid_input")
    assert client.patch(place, json={"enabled": True}, headers=acme).json()["disabled_at"] is None
    assert client.delete(place, headers=acme).status_code == 204
    assert client.get(place, headers=acme).status_code == 404
    assert client.delete(place, headers=acme).json()["code"] == "not_found"


def test_the_secret_is_sealed_at_rest(client: TestClient, engines: Engines, acme: dict[str, str]) -> None:
    secret = made(client, acme)["secret"]
    with engines.database.transaction() as connection:
        [row] = connection.execute(webhook_secret.select()).all()
    assert secret.encode() not in bytes(row.sealed)
    assert secret.removeprefix("whsec_")[:20] not in repr(row)


@pytest.mark.parametrize(
    "body",
    [
        {"url": "https://169.254.169.254/latest/meta-data"},
        {"url": "http://hooks.example.test/"},
        {"url": "https://[::ffff:10.0.0.1]/"},
        {"url": "https://2130706433/"},
        {"url": "https://user:word@hooks.example.test/"},
        {"url": "https://hooks.example.test:22/"},
        {"events": []},
        {"events": ["creator.merged", "creator.merged"]},
        {"events": ["webhook.ping"]},
        {"creators": []},
        {"creators": [creator(1), creator(1)]},
        {"creators": ["x"]},
        {"description": "a\nb"},
        {"secret": "whsec_mine"},
    ],
)
def test_what_cannot_be_used_is_refused(client: TestClient, acme: dict[str, str], body: dict[str, Any]) -> None:
    answer = client.post("/v1/webhooks", json={"url": URL, "events": ["creator.merged"]} | body, headers=acme)
    assert answer.status_code in (400, 422)
    assert answer.json()["code"] == "invalid_input"
    assert client.get("/v1/webhooks", headers=acme).json()["items"] == []


def test_a_change_is_checked_as_the_making_is(client: TestClient, acme: dict[str, str]) -> None:
    place = f"/v1/webhooks/{made(client, acme)['id']}"
    answer = client.patch(place, json={"url": "https://10.0.0.1/"}, headers=acme)
    assert (answer.status_code, answer.json()["where"]) == (400, "url")
    assert client.get(place, headers=acme).json()["url"] == URL


def test_a_name_that_leads_inside_is_refused_at_once(
    client: TestClient, engines: Engines, acme: dict[str, str]
) -> None:
    strict = engines.settings.model_copy(update={"webhook_loopback": False, "webhook_ports": (443,)})
    object.__setattr__(engines, "settings", strict)
    for url in ("https://localhost/", "https://127.0.0.1/", "https://localhost.localdomain/"):
        answer = client.post("/v1/webhooks", json={"url": url, "events": ["creator.merged"]}, headers=acme)
        if url != "https://localhost.localdomain/" or answer.status_code != 201:  # not every machine knows that name
            assert (answer.status_code, answer.json()["where"]) == (400, "url"), url


def test_there_are_only_so_many(client: TestClient, acme: dict[str, str]) -> None:
    for _ in range(3):
        made(client, acme)
    answer = client.post("/v1/webhooks", json={"url": URL, "events": ["creator.merged"]}, headers=acme)
    assert (answer.status_code, answer.json()["code"]) == (409, "limit_reached")
    first = client.get("/v1/webhooks", params={"first": 2}, headers=acme).json()
    second = client.get("/v1/webhooks", params={"first": 2, "after": first["next"]}, headers=acme).json()
    assert len({each["id"] for page in (first, second) for each in page["items"]}) == 3
    wrong = client.get("/v1/webhooks", params={"after": first["next"][:-2] + "AA"}, headers=acme)
    assert wrong.status_code == 400


def test_nobody_else_gets_at_it(client: TestClient, engines: Engines, acme: dict[str, str]) -> None:
    place = f"/v1/webhooks/{made(client, acme)['id']}"
    create_tenant(engines, "bolt")
    others = {"bolt": (bearer(engines, "bolt"), 404), "nobody": ({}, 403)}
    others["frontend"] = (bearer(engines, "acme", Role.FRONTEND), 403)
    tried = [
        ("GET", ""),
        ("PATCH", ""),
        ("DELETE", ""),
        ("POST", ":rotateSecret"),
        ("POST", ":test"),
        ("POST", ":replay"),
    ]
    for who, (headers, status) in others.items():
        for method, more in [*tried, ("GET", "/deliveries")]:
            body = {"since": "2026-01-01T00:00:00Z"} if more == ":replay" else {}
            answer = client.request(method, place + more, headers=headers, json=body if method != "GET" else None)
            assert answer.status_code == status, (who, method, more, answer.text)
    assert client.get(place, headers=acme).json()["disabled_at"] is None
    # by a webhook of one's own, another's message is not there either
    message = client.post(f"{place}:test", headers=acme).json()["webhook_id"].removeprefix("msg_")
    headers = others["bolt"][0]
    own = f"/v1/webhooks/{made(client, headers)['id']}:replay"
    assert client.post(own, json={"message_id": message}, headers=headers).status_code == 404


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 400),
        ({"message_id": creator(1), "since": "2026-01-01T00:00:00Z"}, 400),
        ({"message_id": creator(1)}, 404),
        ({"since": "2026-01-01T00:00:00"}, 400),
        ({"since": "yesterday"}, 422),
    ],
)
def test_what_cannot_be_replayed(client: TestClient, acme: dict[str, str], body: dict[str, Any], status: int) -> None:
    place = f"/v1/webhooks/{made(client, acme)['id']}"
    assert client.post(f"{place}:replay", json=body, headers=acme).status_code == status
