"""Neo4j goes away while profiles come in: PostgreSQL serves on, and the outbox catches up when it is back."""

import os
import signal
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from creatorgraph.api.app import create_app
from creatorgraph.graph.element import NodeKind
from creatorgraph.graph.neo4j.address import local_address
from creatorgraph.graph.neo4j.graph import Neo4jGraph
from creatorgraph.graph.neo4j.local.command import ServerMemory
from creatorgraph.graph.neo4j.local.launcher import LocalNeo4j
from creatorgraph.services.engines import Engines
from creatorgraph.services.health import Condition, conditions, overall
from creatorgraph.services.ingest import ingest_files
from creatorgraph.services.relay import relay
from creatorgraph.services.resolve import resolve_all

pytestmark = [pytest.mark.neo4j, pytest.mark.slow, pytest.mark.timeout(600)]
QUESTION = "{ creators(first: 3) { edges { node { displayName neighbours { nodes { id } } } } } }"


@pytest.fixture
def local(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalNeo4j]:
    local = LocalNeo4j(tmp_path_factory.mktemp("outage"), memory=ServerMemory(heap=768, page_cache=64))
    local.start(timeout=240)
    yield local
    local.stop()


@pytest.fixture
def with_neo4j(engines: Engines, local: LocalNeo4j) -> Iterator[Engines]:
    graph = Neo4jGraph(local_address(local))
    yield replace(engines, graph=graph)
    graph.close()


def nodes(engines: Engines) -> tuple[int, int]:
    counted = engines.graph.counts().nodes
    return counted.get(NodeKind.PROFILE, 0), counted.get(NodeKind.CREATOR, 0)


async def test_the_outbox_catches_up_after_neo4j_was_killed(
    with_neo4j: Engines, local: LocalNeo4j, world: Path, tmp_path: Path
) -> None:
    engines = with_neo4j
    lines = (world / "profiles.jsonl").read_text().splitlines(keepends=True)
    first, second = tmp_path / "first.jsonl", tmp_path / "second.jsonl"
    first.write_text("".join(lines[:150]))
    second.write_text("".join(lines[150:]))

    ingest_files(engines, [first])
    known = resolve_all(engines).creators
    assert relay(engines).failures == {}
    assert nodes(engines) == (150, known)

    server = local.server()
    assert server is not None
    os.kill(server.pid, signal.SIGKILL)
    ingest_files(engines, [second])
    known = resolve_all(engines).creators
    failures = relay(engines).failures
    assert failures.keys() == {"graph"}
    assert "creatorgraph neo4j start" in failures["graph"]
    assert engines.profile_index().count == 300, "the index does not wait for the graph"
    found = conditions(engines)
    assert overall(found) is Condition.DEGRADED
    assert {c.name: c.condition for c in found}["graph"] is Condition.DOWN

    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=create_app(engines)), base_url="http://localhost"
    ) as client:
        ready = await client.get("/health/ready")
        answer = (await client.post("/graphql", json={"query": QUESTION})).json()
    assert (ready.status_code, ready.json()["status"]) == (200, "degraded")
    served = [edge["node"] for edge in answer["data"]["creators"]["edges"]]
    assert all(node["displayName"] and node["neighbours"] is None for node in served)
    assert {error["extensions"]["code"] for error in answer["errors"]} == {"unavailable"}

    local.start(timeout=240)
    assert relay(engines).failures == {}
    assert nodes(engines) == (300, known)
    assert overall(conditions(engines)) is Condition.OK
