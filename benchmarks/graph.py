"""Projecting into Neo4j, and neighbourhoods asked of both graph engines over the same data."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from benchmarks.benchmark import Benchmark, SkippedError
from benchmarks.measure import in_child, percentile, timed
from benchmarks.measurement import Measurement
from benchmarks.stored import engines_of, ingest, resolve
from creatorgraph.domain.error import CreatorgraphError
from creatorgraph.domain.profile import ProfileId
from creatorgraph.graph.neo4j.address import local_address
from creatorgraph.graph.neo4j.graph import Neo4jGraph
from creatorgraph.graph.neo4j.local.jar import jar_folder, require_jars
from creatorgraph.graph.neo4j.local.launcher import LocalNeo4j
from creatorgraph.graph.port import Graph
from creatorgraph.services.engines import Engines
from creatorgraph.services.relay import rebuild_graph
from creatorgraph.store.embedded import start_embedded, stop_embedded
from creatorgraph.store.read.bulk import read_memberships
from creatorgraph.synth.world import write_world

PROFILES = 20_000
SEED = 7
QUESTIONS = 200
WARM_UP = 20
DEPTH = 2


def measure_graph(folder: Path) -> Iterator[Measurement]:
    """The embedded engine answers from PostgreSQL's own tables, so that only Neo4j has something to project."""
    try:
        require_jars(jar_folder())
    except CreatorgraphError as error:
        raise SkippedError("Neo4j is not installed; `creatorgraph neo4j install` fetches it") from error
    folder.chmod(0o711)  # as root PostgreSQL runs as another user, who must reach its own folder below
    data_dir = folder / "data"
    world = write_world(folder / "world", PROFILES, SEED)
    start_embedded(data_dir)
    try:
        in_child(ingest, data_dir, world.profiles)
        in_child(resolve, data_dir)
        local = LocalNeo4j(folder / "neo4j")
        local.start()
        try:
            with engines_of(data_dir) as engines, closing(Neo4jGraph(local_address(local))) as neo4j:
                yield from _projection(replace(engines, graph=neo4j))
                yield from _neighbourhoods(engines.graph, neo4j, _asked(engines))
        finally:
            local.stop()
    finally:
        stop_embedded(data_dir)


def _projection(engines: Engines) -> Iterator[Measurement]:
    _, seconds = timed(rebuild_graph, engines)
    counts = engines.graph.counts()
    nodes, edges = sum(counts.nodes.values()), sum(counts.edges.values())
    yield Measurement(name="graph.projection.seconds", value=seconds, unit="s")
    yield Measurement(name="graph.projection.nodes", value=nodes / seconds, unit="nodes/s")
    yield Measurement(name="graph.projection.edges", value=edges / seconds, unit="edges/s")


def _asked(engines: Engines) -> list[ProfileId]:
    """Profile ids spread evenly over the world."""
    with engines.database.transaction() as connection:
        known = sorted(read_memberships(connection))
    return known[:: max(1, len(known) // QUESTIONS)]


def _neighbourhoods(embedded: Graph, neo4j: Graph, asked: Sequence[ProfileId]) -> Iterator[Measurement]:
    """The same questions in the same order, one engine after the other for each; equal answers are required."""
    for profile in asked[:WARM_UP]:
        for graph in (embedded, neo4j):
            graph.neighbourhood(profile, depth=DEPTH)
    ours, theirs = [], []
    for profile in asked:
        one, seconds = timed(embedded.neighbourhood, profile, depth=DEPTH)
        ours.append(seconds)
        other, seconds = timed(neo4j.neighbourhood, profile, depth=DEPTH)
        theirs.append(seconds)
        if {node.id for node in one.nodes} != {node.id for node in other.nodes}:
            raise ValueError("the engines' neighbourhoods differ")
    for name, share in (("p50", 0.5), ("p95", 0.95)):
        yield Measurement(
            name=f"graph.neighbourhood.{name}",
            value=1000 * percentile(ours, share),
            unit="ms",
            peer="Neo4j",
            peer_value=1000 * percentile(theirs, share),
        )


GRAPH = Benchmark(
    run=measure_graph,
    names=(
        "graph.projection.seconds",
        "graph.projection.nodes",
        "graph.projection.edges",
        "graph.neighbourhood.p50",
        "graph.neighbourhood.p95",
    ),
)
