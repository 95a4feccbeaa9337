"""The shape with servers of their own: a real Neo4j for the graph, a real Redis for rates and jobs."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import neo4j
import pytest
from dramatiq import Worker

from creatorgraph.graph.neo4j.address import local_address
from creatorgraph.graph.neo4j.graph import Neo4jGraph
from creatorgraph.graph.neo4j.local.command import ServerMemory
from creatorgraph.graph.neo4j.local.launcher import LocalNeo4j
from creatorgraph.services.engines import Engines
from creatorgraph.worker.actor import declare_actors, enqueue
from creatorgraph.worker.broker import open_broker
from tests.database_wait import wait_until
from tests.redis_server import RedisServer

EMBEDDED, SERVICES = "embedded", "services"
SHAPES = (EMBEDDED, pytest.param(SERVICES, marks=[pytest.mark.neo4j, pytest.mark.redis]))
"""For the parameters of a test that must hold on both; where Neo4j or Redis is missing the second is left out by name."""
START_SECONDS = 240


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """Both servers while they run."""

    neo4j: LocalNeo4j
    redis: RedisServer

    def under(self, engines: Engines) -> Engines:
        """The engines with these servers, whose graph is empty."""
        graph = Neo4jGraph(local_address(self.neo4j))
        graph.prepare()
        graph.clear()
        settings = engines.settings.model_copy(update={"graph": "neo4j", "redis_url": self.redis.url})
        return replace(engines, settings=settings, graph=graph)

    def graph_text(self) -> str:
        """All labels, types and properties of nodes and relationships, as Neo4j itself tells them."""
        server = self.neo4j.server()
        assert server is not None
        # a driver that waits, unlike the product's: how busy the machine is does not matter here
        with neo4j.GraphDatabase.driver(server.url, auth=(server.user, server.password)) as driver:
            nodes, edges = (
                [record.values() for record in driver.execute_query(query, database_="neo4j").records]
                for query in (
                    "MATCH (n) RETURN labels(n), properties(n)",
                    "MATCH ()-[r]->() RETURN type(r), properties(r)",
                )
            )
        return json.dumps([nodes, edges], default=str, ensure_ascii=False).lower()

    def files_with(self, names: set[str]) -> set[str]:
        """The files of Neo4j that hold one of the names, in any case."""
        needles = [name.encode() for name in names]
        home = self.neo4j.home
        files = [path for path in home.rglob("*") if path.is_file()]
        return {
            str(path.relative_to(home))
            for path in files
            if any(needle in path.read_bytes().lower() for needle in needles)
        }


@contextmanager
def started(folder: Path) -> Iterator[Services]:
    neo4j = LocalNeo4j(folder / "neo4j", memory=ServerMemory(heap=768, page_cache=64))
    (folder / "redis").mkdir()
    redis = RedisServer(folder / "redis")
    try:
        redis.start()
        neo4j.start(timeout=START_SECONDS)
        yield Services(neo4j=neo4j, redis=redis)
    finally:
        redis.kill()
        neo4j.stop()


def perform(engines: Engines, job: str, until: str) -> None:
    """Sends the job through the queue of the settings to a worker, which goes on until the SQL `until` holds."""
    broker = open_broker(engines.settings, engines.database.url)
    declare_actors(broker, lambda: engines)
    worker = Worker(broker, worker_threads=1, worker_timeout=100)
    worker.start()
    try:
        enqueue(broker, job)
        wait_until(engines.database, until)
    finally:
        worker.stop()
        broker.close()
