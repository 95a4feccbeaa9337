"""What nobody should send, over HTTP: a clear error with a code each time, and never a server error."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any

import httpx
import orjson
import pytest

from creatorgraph.api.app import create_app
from creatorgraph.services.engines import Engines

PAGE = "query ($first: Int!, $after: String) { creators(first: $first, after: $after) { edges { cursor } } }"
FIFTY = "{ creators(first: 1) { edges { node { " + "primaryProfile { creator { " * 25 + "id" + " } }" * 25 + " } } } }"
CIRCLE = "{ ...a } fragment a on Query { stats { links } ...b } fragment b on Query { ...a }"
NODES = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }"


def nested(depth: int) -> bytes:
    return b'{"query": "' + NODES.encode() + b'", "variables": {"ids": ' + b"[" * depth + b"]" * depth + b"}}"


@pytest.fixture
async def client(engines: Engines) -> AsyncIterator[httpx.AsyncClient]:
    async with AsyncExitStack() as stack:
        app = create_app(engines)
        await stack.enter_async_context(app.router.lifespan_context(app))
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
        yield await stack.enter_async_context(httpx.AsyncClient(transport=transport, base_url="http://localhost"))


def asked(query: str, **variables: Any) -> bytes:
    return orjson.dumps({"query": query, "variables": variables})


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (asked(FIFTY), 200, "bad_request"),
        (asked("{" + " ".join(f"a{n}: viewer {{ id }}" for n in range(1000)) + "}"), 200, "bad_request"),
        (asked(PAGE, first=1_000_000), 200, "invalid_input"),
        (asked(PAGE, first=1, after="WyJjcmVhdG9yIl0"), 200, "invalid_input"),
        (asked("{" + " viewer { id }" * 50_000 + "}"), 200, "bad_request"),
        (asked(CIRCLE), 200, "bad_request"),
        (nested(50), 200, "bad_request"),
        (nested(900), 200, "bad_request"),
        (nested(100_000), 400, "bad_request"),
        (b"{}", 400, "bad_request"),
        (b'{"query": ""}', 400, "bad_request"),
        (b'{"query": 1}', 400, "bad_request"),
        (b'{"query": "{ stats { links } }", "variables": [1]}', 400, "bad_request"),
        (b'[{"query": "{ stats { links } }"}]', 400, "bad_request"),
        (b'{"query": "{ stats { links } }", "operationName": {"a": 1}}', 200, None),
        (b"5", 400, "bad_request"),
        (b"\xff\xfe", 400, "bad_request"),
    ],
    ids=["depth", "aliases", "page", "cursor", "tokens", "circle", "lists 50", "lists 900", "lists 100000", "nothing",
         "empty", "number", "variables", "batch", "name", "no object", "no text"],
)  # fmt: skip
async def test_a_clear_error_each_time(client: httpx.AsyncClient, body: bytes, status: int, code: str | None) -> None:
    answer = await client.post("/graphql", content=body, headers={"content-type": "application/json"})
    if code is None:
        assert answer.status_code < 500
        return
    assert answer.status_code == status
    [*errors] = answer.json()["errors"]
    assert {each["extensions"]["code"] for each in errors} == {code}
    assert answer.json()["data"] is None
    assert len(answer.content) < 20_000
