"""Sockets to follow changes over, and the console's files."""

import threading
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from creatorgraph.api.app import create_app
from creatorgraph.domain.steward import Role
from creatorgraph.services.engines import Engines
from creatorgraph.services.steward.access import add_steward
from tests.integration.steward.conftest import Ask

PROTOCOL = "graphql-transport-ws"
CLAIM = "mutation { claimNextReview { id } }"


def test_a_subscriber_hears_of_claims_and_of_identities(engines: Engines, client: TestClient, cat: Ask) -> None:
    token = add_steward(engines, "sue", Role.ANALYST)
    headers = {"authorization": f"Bearer {token}"}
    with client.websocket_connect("ws://localhost/graphql", subprotocols=[PROTOCOL], headers=headers) as socket:
        socket.send_json({"type": "connection_init"})
        assert socket.receive_json()["type"] == "connection_ack"
        query = "subscription { reviewQueueChanged { kind item { id state claimedBy { name } } summary { claimed } } }"
        socket.send_json({"id": "1", "type": "subscribe", "payload": {"query": query}})
        socket.send_json(
            {"id": "2", "type": "subscribe", "payload": {"query": "subscription { creatorChanged { kind } }"}}
        )
        # a ping is answered after what came before it
        socket.send_json({"type": "ping"})
        assert socket.receive_json()["type"] == "pong"
        [item] = _until_told(client, cat, socket)
        assert item["kind"] in ("CLAIMED", "RELEASED")


def _until_told(client: TestClient, cat: Ask, socket: Any) -> list[dict[str, Any]]:
    """Claims and releases until the subscriber, who joins in its own time, has heard of one."""
    heard = threading.Event()
    told: list[dict[str, Any]] = []

    def listen() -> None:
        told.append(socket.receive_json()["payload"]["data"]["reviewQueueChanged"])
        heard.set()

    listener = threading.Thread(target=listen, daemon=True)
    listener.start()
    release = "mutation ($id: ID!) { releaseReview(itemId: $id) { id } }"
    for _ in range(500):
        for item in cat(CLAIM)["data"]["claimNextReview"]:
            cat(release, id=item["id"])
        if heard.wait(0.05):
            break
    assert heard.is_set()
    return told


def test_what_one_operation_holds_back_others_of_the_socket_do_not(engines: Engines, client: TestClient) -> None:
    token = add_steward(engines, "ned", Role.STEWARD)
    links = "{ creators(first: 50) { edges { node { links(first: 1) { edges { node { probability } } } } } } }"
    blind = (
        "mutation { claimNextReview(count: 1, blind: true) { probability leftCreator { links { edges { cursor } } } } }"
    )
    with client.websocket_connect(
        "ws://localhost/graphql", subprotocols=[PROTOCOL], headers={"authorization": f"Bearer {token}"}
    ) as socket:

        def told(query: str, name: str) -> Any:
            socket.send_json({"id": name, "type": "subscribe", "payload": {"query": query}})
            answer, end = socket.receive_json(), socket.receive_json()
            assert (answer["type"], end["type"]) == ("next", "complete")
            return answer["payload"]["data"]

        socket.send_json({"type": "connection_init"})
        assert socket.receive_json()["type"] == "connection_ack"
        before = told(links, "before")
        assert any(each["node"]["links"]["edges"] for each in before["creators"]["edges"])
        [item] = told(blind, "blind")["claimNextReview"]
        assert item == {"probability": None, "leftCreator": {"links": {"edges": []}}}
        assert told(links, "after") == before


@pytest.mark.parametrize(
    "headers",
    [{"origin": "https://evil.example"}, {"authorization": "Bearer nobody's"}],
    ids=["another site", "an unknown token"],
)
def test_sockets_of_others_are_refused(client: TestClient, headers: dict[str, str]) -> None:
    # a server answers the handshake of a socket that is closed before it is accepted with 403
    with (
        pytest.raises(WebSocketDisconnect) as error,
        client.websocket_connect("ws://localhost/graphql", subprotocols=[PROTOCOL], headers=headers),
    ):
        pass
    assert error.value.code == 1008


def test_a_subscription_needs_a_caller(client: TestClient) -> None:
    with client.websocket_connect(
        "ws://localhost/graphql", subprotocols=[PROTOCOL], headers={"origin": "http://localhost"}
    ) as socket:
        socket.send_json({"type": "connection_init"})
        assert socket.receive_json()["type"] == "connection_ack"
        socket.send_json(
            {"id": "1", "type": "subscribe", "payload": {"query": "subscription { creatorChanged { kind } }"}}
        )
        answer = socket.receive_json()
    errors = answer["payload"] if answer["type"] == "error" else answer["payload"]["errors"]
    assert errors[0]["extensions"]["code"] == "not_allowed"


def test_the_console_is_served(client: TestClient) -> None:
    assert client.get("/", follow_redirects=False).headers["location"] == "/console/"
    for path in ("/console/", "/console/review/abc", "/console/index.html"):
        page = client.get(path)
        assert "<title>console" in page.text, path
        assert page.headers["cache-control"] == "no-cache"
        assert "script-src 'self'" in page.headers["content-security-policy"]
    asset = client.get("/console/assets/app-1a2b.js")
    assert "immutable" in asset.headers["cache-control"]
    assert client.get("/console/assets/none.js").status_code == 404
    assert client.get("/console/../../etc/passwd").status_code in (200, 404)
    assert "root:" not in client.get("/console/%2e%2e/%2e%2e/%2e%2e/etc/passwd").text


def test_a_console_that_is_not_built_says_how(engines: Engines, tmp_path: Path) -> None:
    with TestClient(create_app(engines, console=tmp_path / "none"), base_url="http://localhost") as client:
        answer = client.get("/console/")
    assert answer.status_code == 503
    assert "make console" in answer.text
