import asyncio
import gzip
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from creatorgraph.api.app import MAX_BODY, create_app
from creatorgraph.domain.error import DamagedError
from creatorgraph.domain.progress import Progress, Silent
from creatorgraph.embeddings.ctranslate2_encoder import CTranslate2Encoder
from creatorgraph.embeddings.encoder import Encoder, Vectors
from creatorgraph.embeddings.index import VectorIndex
from creatorgraph.graph.neo4j.address import Neo4jAddress, fixed_address
from creatorgraph.graph.neo4j.graph import Neo4jGraph
from creatorgraph.services.engines import Engines
from creatorgraph.store.database import Database

SEARCH = '{ search(query: "bread", first: 1) { edges { node { creator { displayName } } } } }'


@asynccontextmanager
async def serving(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """The app with its lifespan running."""
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(app.router.lifespan_context(app))
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
        yield await stack.enter_async_context(httpx.AsyncClient(transport=transport, base_url="http://localhost"))


@pytest.fixture
async def client(engines: Engines) -> AsyncIterator[httpx.AsyncClient]:
    async with serving(create_app(engines)) as opened:
        yield opened


def settings(engines: Engines, **changes: Any) -> Engines:
    return replace(engines, settings=engines.settings.model_copy(update=changes))


async def ask(client: httpx.AsyncClient, query: str) -> dict[str, Any]:
    answer = await client.post("/graphql", json={"query": query})
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


async def test_a_start_encodes_nothing_that_is_stored_and_converts_no_weights(
    engines: Engines, encoder: Encoder, model_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that the first answer, of a search too, comes as soon as the weights are loaded, however much is stored."""
    encoded: list[str] = []

    class Noting(CTranslate2Encoder):
        def encode(self, texts: Sequence[str], *, progress: Progress = Silent()) -> Vectors:
            encoded.extend(texts)
            return super().encode(texts, progress=progress)

    @cache
    def load() -> Encoder:
        # as a new process does
        return Noting(model_dir)

    before = {path: path.stat().st_mtime_ns for path in model_dir.rglob("*")}
    assert before
    async with serving(create_app(replace(engines, encoder=load))) as client:
        found = await ask(client, SEARCH)
    assert found["data"]["search"]["edges"]
    assert {"bread"} <= set(encoded) <= {"bread", "warm"}
    assert {path: path.stat().st_mtime_ns for path in model_dir.rglob("*")} == before


async def test_graphql_takes_json_by_post_alone(client: httpx.AsyncClient) -> None:
    body = {"query": "{ stats { creators } }"}
    assert (await client.post("/graphql", json=body)).json()["data"] == {"stats": {"creators": 60}}
    assert (await client.get("/graphql", params=body)).status_code >= 400
    for content_type in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
        answer = await client.post(
            "/graphql", content=b'{"query": "{ stats { creators } }"}', headers={"content-type": content_type}
        )
        assert answer.status_code == 400
    for torn in (b"{", b'{"query": 1}', b"[" * 5000, b'{"query": "\\ud800"}', b"[]"):
        answer = await client.post("/graphql", content=torn, headers={"content-type": "application/json"})
        assert answer.status_code == 400, torn


async def test_bodies_are_bounded_declared_or_not(client: httpx.AsyncClient) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(40):
            yield b" " * (MAX_BODY // 32)

    headers = {"content-type": "application/json"}
    for content in (b" " * (MAX_BODY + 1), endless()):
        answer = await client.post("/graphql", content=content, headers=headers)
        assert answer.status_code == 413
        assert answer.json()["errors"][0]["extensions"]["code"] == "too_large"


async def test_every_answer_has_the_security_headers(client: httpx.AsyncClient) -> None:
    for answer in (
        await client.get("/health/live"),
        await client.get("/nothing"),
        await client.post("/graphql", json={}),
    ):
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
        assert answer.headers["cache-control"] == "no-store"
        assert "access-control-allow-origin" not in answer.headers


async def test_long_answers_are_compressed(client: httpx.AsyncClient) -> None:
    query = {"query": "{ creators(first: 50) { edges { node { displayName golden { bio { value } } } } } }"}
    async with client.stream("POST", "/graphql", json=query, headers={"accept-encoding": "gzip"}) as answer:
        raw = b"".join([part async for part in answer.aiter_raw()])
    assert answer.headers["content-encoding"] == "gzip"
    assert len(raw) * 4 < len(gzip.decompress(raw))


async def test_graphiql_in_the_development_profile_alone(engines: Engines) -> None:
    browser = {"accept": "text/html"}
    async with serving(create_app(engines)) as client:
        page = await client.get("/graphql", headers=browser)
        assert (page.status_code, "graphiql" in page.text.lower()) == (200, True)
        places = set(re.findall(r'(?:src|href)="(https://[^/"]+)/', page.text))
        assert places
        assert all(place in page.headers["content-security-policy"] for place in places)
        assert "__schema" not in (await ask(client, "{ __schema { queryType { name } } }")).get("errors", "")
    async with serving(create_app(settings(engines, profile="production"))) as client:
        assert (await client.get("/graphql", headers=browser)).status_code >= 400
        assert (await ask(client, "{ __schema { queryType { name } } }"))["data"] is None
        ready = (await client.get("/health/ready")).json()
        assert all(each.keys() == {"name", "condition"} for each in ready["engines"])


async def test_other_sites_may_read_only_when_set(engines: Engines) -> None:
    site = "https://console.example.org"
    asked = {"origin": site, "access-control-request-method": "POST", "access-control-request-headers": "content-type"}
    async with serving(create_app(settings(engines, cors_origins=(site,)))) as client:
        assert (await client.options("/graphql", headers=asked)).headers["access-control-allow-origin"] == site
        other = await client.options("/graphql", headers=asked | {"origin": "https://other.example.org"})
        assert "access-control-allow-origin" not in other.headers


async def test_ready_when_all_is_well(client: httpx.AsyncClient) -> None:
    assert (await client.get("/health/live")).json() == {"status": "ok"}
    answer = await client.get("/health/ready")
    assert (answer.status_code, answer.json()["status"]) == (200, "ok")
    assert {"postgresql", "graph", "encoder", "index"} <= {each["name"] for each in answer.json()["engines"]}


@pytest.mark.neo4j
async def test_degraded_without_the_graph_engine(engines: Engines) -> None:
    address = Neo4jAddress(url="bolt://127.0.0.1:1", user="neo4j", password="none")
    graph = Neo4jGraph(fixed_address(address))
    async with serving(create_app(replace(engines, graph=graph))) as client:
        answer = await client.get("/health/ready")
        assert (answer.status_code, answer.json()["status"]) == (200, "degraded")
        graph_said = next(each for each in answer.json()["engines"] if each["name"] == "graph")
        assert graph_said["condition"] == "down"
        assert graph_said["mend"]
        assert (await ask(client, SEARCH))["data"]["search"]["edges"]
    graph.close()


async def test_down_without_postgresql(engines: Engines) -> None:
    nowhere = Database("postgresql+psycopg://nobody@127.0.0.1:1/none")
    async with serving(create_app(replace(engines, database=nowhere))) as client:
        answer = await client.get("/health/ready")
        assert (answer.status_code, answer.json()["status"]) == (503, "down")
        assert (await client.get("/health/live")).status_code == 200


async def test_a_newer_index_is_taken_in_while_serving(engines: Engines, encoder: Encoder, tmp_path: Path) -> None:
    def opened() -> VectorIndex:
        return VectorIndex.open(tmp_path, encoder_name=encoder.name, dimensions=encoder.dimensions)

    served, written = opened(), opened()
    async with serving(create_app(replace(engines, profile_index=lambda: served), reload_seconds=0.01)) as client:
        assert (await ask(client, SEARCH))["data"]["search"]["edges"] == []
        written.upsert(["p003i"], ["digest"], encoder.encode(["fresh bread"]))
        written.save()
        while not (found := (await ask(client, SEARCH))["data"]["search"]["edges"]):
            await asyncio.sleep(0.01)
    assert found == [{"node": {"creator": {"displayName": "Maker 03"}}}]


async def test_background_work_runs_and_its_failure_stops_nothing(
    engines: Engines, caplog: pytest.LogCaptureFixture
) -> None:
    ran, stopped = asyncio.Event(), asyncio.Event()

    async def works() -> None:
        ran.set()
        try:
            await asyncio.Event().wait()
        finally:
            stopped.set()

    async def fails() -> None:
        raise DamagedError("torn")

    async with serving(create_app(engines, background=(works, fails))) as client:
        await asyncio.wait_for(ran.wait(), 10)
        assert (await client.get("/health/live")).status_code == 200
    assert stopped.is_set()
    assert "torn" in caplog.text
