"""What a stored profile takes: bytes in PostgreSQL and in the vector indexes, nodes and edges of the graph."""

from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from benchmarks.measure import in_child
from benchmarks.stored import encode, engines_of, ingest, resolve
from creatorgraph.store.embedded import start_embedded, stop_embedded
from creatorgraph.synth.world import write_world

PROFILES = 10_000
SEED = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """Bytes beyond an empty database; `indexes` are the two of vectors, of profiles and of bios."""

    profiles: int
    ingested_mb: float
    resolved_mb: float
    indexes_mb: float
    nodes: int
    edges: int


def stored_world(folder: Path) -> Stored:
    """A world ingested, encoded and resolved in the embedded PostgreSQL."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o711)  # as root PostgreSQL runs as another user, who must reach its own folder below
    data_dir = folder / "data"
    made = write_world(folder / "world", PROFILES, SEED)
    start_embedded(data_dir)
    try:
        empty = in_child(_database_bytes, data_dir).result
        in_child(ingest, data_dir, made.profiles)
        ingested = in_child(_database_bytes, data_dir).result
        in_child(encode, data_dir)
        in_child(resolve, data_dir)
        resolved = in_child(_database_bytes, data_dir).result
        nodes, edges = in_child(_graph, data_dir).result
    finally:
        stop_embedded(data_dir)
    indexes = sum(file.stat().st_size for file in (data_dir / "index").rglob("*") if file.is_file())
    return Stored(
        profiles=PROFILES,
        ingested_mb=(ingested - empty) / 1e6,
        resolved_mb=(resolved - empty) / 1e6,
        indexes_mb=indexes / 1e6,
        nodes=nodes,
        edges=edges,
    )


def _database_bytes(data_dir: Path) -> int:
    with engines_of(data_dir) as engines, engines.database.transaction() as connection:
        return int(connection.execute(sa.text("SELECT pg_database_size(current_database())")).scalar_one())


def _graph(data_dir: Path) -> tuple[int, int]:
    with engines_of(data_dir) as engines:
        counts = engines.graph.counts()
    return sum(counts.nodes.values()), sum(counts.edges.values())
