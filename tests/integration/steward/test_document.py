"""A server that answers the console's documents alone: by hash or in full, over POST and over a socket."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
import pytest
from starlette.testclient import TestClient

from creatorgraph.api.app import create_app
from creatorgraph.domain.steward import Role
from creatorgraph.graphql.document import listed
from creatorgraph.services.engines import Engines
from creatorgraph.services.steward.access import add_steward

OWN = "query Own { stats { profiles } }"
FOLLOW = "subscription Follow { creatorChanged { kind } }"


@pytest.fixture
def strict(engines: Engines, tmp_path: Path) -> Iterator[TestClient]:
    (tmp_path / "documents.json").write_bytes(orjson.dumps(listed([OWN, FOLLOW])))
    settings = engines.settings.model_copy(update={"registered_documents": True})
    with TestClient(
        create_app(replace(engines, settings=settings), console=tmp_path), base_url="http://localhost"
    ) as opened:
        yield opened


def by_hash(digest: str) -> dict[str, Any]:
    return {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": digest}}}


def test_what_is_registered_is_answered(strict: TestClient) -> None:
    told = {"stats": {"profiles": 160}}
    assert strict.post("/graphql", json={"query": OWN}).json()["data"] == told
    assert strict.post("/graphql", json={"query": "query Own { __typename stats{profiles} }"}).json()["data"]
    [digest] = listed([OWN])
    assert strict.post("/graphql", json=by_hash(digest)).json()["data"] == told


@pytest.mark.parametrize(
    "asked",
    [{"query": "{ stats { creators } }"}, {"query": "{ __schema { types { name } } }"}, by_hash("0" * 64)],
    ids=["another", "introspection", "an unknown hash"],
)
def test_all_else_is_refused(strict: TestClient, asked: dict[str, Any]) -> None:
    [error] = strict.post("/graphql", json=asked).json()["errors"]
    assert error["extensions"]["code"] == "unknown_document"


def test_sockets_are_no_way_around(engines: Engines, strict: TestClient) -> None:
    headers = {"authorization": f"Bearer {add_steward(engines, 'ida', Role.ANALYST)}"}
    with strict.websocket_connect(
        "ws://localhost/graphql", subprotocols=["graphql-transport-ws"], headers=headers
    ) as socket:
        socket.send_json({"type": "connection_init"})
        assert socket.receive_json()["type"] == "connection_ack"
        for number, query in enumerate(("{ stats { creators } }", "subscription { creatorChanged { creatorId } }")):
            socket.send_json({"id": str(number), "type": "subscribe", "payload": {"query": query}})
            answer = socket.receive_json()
            errors = answer["payload"] if answer["type"] == "error" else answer["payload"]["errors"]
            assert errors[0]["extensions"]["code"] == "unknown_document"
            if answer["type"] == "next":
                assert socket.receive_json()["type"] == "complete"
        socket.send_json({"id": "own", "type": "subscribe", "payload": {"query": FOLLOW}})
        socket.send_json({"type": "ping"})
        assert socket.receive_json()["type"] == "pong"


def test_by_default_any_document_is_answered(client: TestClient) -> None:
    assert client.post("/graphql", json={"query": "{ stats { creators } }"}).json()["data"]


def test_what_was_sent_once_with_its_hash_is_known_by_it(client: TestClient) -> None:
    [digest] = listed([OWN])
    [error] = client.post("/graphql", json=by_hash(digest)).json()["errors"]
    assert (error["message"], error["extensions"]["code"]) == ("PersistedQueryNotFound", "persisted_query_not_found")
    told = client.post("/graphql", json={"query": OWN, **by_hash(digest)}).json()["data"]
    assert client.post("/graphql", json=by_hash(digest)).json()["data"] == told == {"stats": {"profiles": 160}}


def test_nothing_is_remembered_that_is_not_valid_or_not_of_its_hash(client: TestClient) -> None:
    wrong = "{ nothing }"
    [digest] = listed([wrong])
    for query in (wrong, OWN):
        [error] = client.post("/graphql", json={"query": query, **by_hash(digest)}).json()["errors"]
        assert error["extensions"]["code"] in ("bad_request", "invalid_input")
        [error] = client.post("/graphql", json=by_hash(digest)).json()["errors"]
        assert error["extensions"]["code"] == "persisted_query_not_found"
