"""Both engines over the same store: the graph contract is written once and run on each."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

import pytest
import sqlalchemy as sa

from creatorgraph.domain.profile import ProfileId
from creatorgraph.graph.embedded.graph import EmbeddedGraph
from creatorgraph.graph.neo4j.address import local_address
from creatorgraph.graph.neo4j.graph import Neo4jGraph
from creatorgraph.graph.neo4j.local.command import ServerMemory
from creatorgraph.graph.neo4j.local.launcher import LocalNeo4j
from creatorgraph.graph.port import Graph
from creatorgraph.graph.projection import read_all, read_batch
from creatorgraph.store.database import Database
from creatorgraph.store.table import metadata

World = Mapping[str, Sequence[Mapping[str, object]]]
"""Rows by table name."""
TABLES = ("profile", "identifier", "profile_identifier", "creator", "membership", "link", "similarity")


@dataclass
class Stage:
    """A store and a graph over it. `show` makes both hold a world; `change` alters the store and refreshes the graph."""

    database: Database
    graph: Graph

    def show(self, world: World, batch_size: int = 100) -> None:
        self.store(world)
        self.graph.clear()
        with self.database.transaction() as connection:
            for batch in read_all(connection, batch_size):
                self.graph.refresh(batch)

    def store(self, world: World) -> None:
        with self.database.transaction() as connection:
            connection.execute(sa.text("TRUNCATE profile, identifier, creator CASCADE"))
            for name in TABLES:
                rows = [dict(row) for row in world.get(name, ())]
                if rows:
                    connection.execute(metadata.tables[name].insert(), rows)

    def refresh(self, profile_ids: Sequence[str]) -> None:
        with self.database.transaction() as connection:
            batch = read_batch(connection, [ProfileId(i) for i in profile_ids])
        self.graph.refresh(batch)


@pytest.fixture(scope="session")
def local_neo4j(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalNeo4j]:
    """A real Neo4j with Graph Data Science, started by our own launcher."""
    local = LocalNeo4j(tmp_path_factory.mktemp("neo4j"), memory=ServerMemory(heap=768, page_cache=64))
    local.start(timeout=240)
    yield local
    local.stop()


MakeStage = Callable[[str], Stage]


@pytest.fixture(scope="module")
def make_stage(module_database: Database, request: pytest.FixtureRequest) -> Iterator[MakeStage]:
    """A stage of the named engine, over the one database of the module."""
    with ExitStack() as stack:

        def make(engine: str) -> Stage:
            graph: Graph
            if engine == "neo4j":
                graph = Neo4jGraph(local_address(request.getfixturevalue("local_neo4j")))
            else:
                graph = EmbeddedGraph(module_database.engine)
            stack.callback(graph.close)
            graph.prepare()
            return Stage(database=module_database, graph=graph)

        yield make


@pytest.fixture(scope="module", params=["embedded", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def stage(request: pytest.FixtureRequest, make_stage: MakeStage) -> Stage:
    return make_stage(request.param)


@pytest.fixture(scope="module")
def small_world() -> World:
    """Ana on X and Instagram is one creator, Ben on X another; an agency's email ties Ana's X to Ben."""
    creators = {"ana": "01900000-0000-7000-8000-00000000000a", "ben": "01900000-0000-7000-8000-00000000000b"}
    identifiers = [
        ("username", "x:ana", "ana"),
        ("username", "instagram:ana.b", "ana.b"),
        ("username", "x:ben", "ben"),
        ("email", "e" * 64, "a***@agency.example"),
        ("url", "https://ana.example/", "https://ana.example/"),
        ("account", "x:ben", "x:ben"),
        ("mention", "ben", "@ben"),
        ("host", "ana.example", "ana.example"),
    ]
    numbers = {(kind, value): n for n, (kind, value, _) in enumerate(identifiers, start=1)}

    def profile(profile_id: str, platform: str, username: str) -> Mapping[str, object]:
        return {
            "profile_id": profile_id,
            "platform": platform,
            "username": username,
            "source": "test",
            "digest": profile_id.encode(),
        }

    def holds(profile_id: str, kind: str, value: str, field: str = "bio") -> Mapping[str, object]:
        return {"profile_id": profile_id, "identifier_id": numbers[kind, value], "field": field}

    def creator(name: str, members: int) -> Mapping[str, object]:
        return {
            "creator_id": creators[name],
            "display_name": name.title(),
            "kind": "person",
            "golden": {},
            "members": members,
            "total_followers": 0,
            "verified": False,
        }

    return {
        "profile": [profile("p1", "x", "ana"), profile("p2", "instagram", "ana.b"), profile("p3", "x", "ben")],
        "identifier": [
            {"identifier_id": n, "kind": kind, "value": value, "shown": shown}
            for n, (kind, value, shown) in enumerate(identifiers, start=1)
        ],
        "profile_identifier": [
            holds("p1", "username", "x:ana"),
            holds("p2", "username", "instagram:ana.b"),
            holds("p3", "username", "x:ben"),
            holds("p1", "email", "e" * 64, "email"),
            holds("p3", "email", "e" * 64),
            holds("p1", "url", "https://ana.example/", "website"),
            holds("p1", "url", "https://ana.example/", "links"),
            holds("p1", "host", "ana.example"),
            holds("p2", "account", "x:ben"),
            holds("p1", "mention", "ben"),
            # a bare handle means the platform that it stands on: Instagram has no ben
            holds("p2", "mention", "ben"),
        ],
        "creator": [creator("ana", 2), creator("ben", 1)],
        "membership": [
            {"profile_id": "p1", "creator_id": creators["ana"]},
            {"profile_id": "p2", "creator_id": creators["ana"]},
            {"profile_id": "p3", "creator_id": creators["ben"]},
        ],
        "link": [
            {
                "left_id": left,
                "right_id": right,
                "probability": probability,
                "match_weight": weight,
                "decided_by": "model",
                "accepted": probability >= 0.5,
                "model_version": "1",
                "evidence": [],
            }
            for left, right, probability, weight in (("p1", "p2", 0.97, 5.0), ("p1", "p3", 0.2, -2.0))
        ],
        "similarity": [{"left_id": "p1", "right_id": "p2", "cosine": 0.8}],
    }
