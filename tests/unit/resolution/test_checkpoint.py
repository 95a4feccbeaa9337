"""With checkpoints, without them, and going on from them, a run ends the same to the last bit."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from numpy.typing import NDArray

from creatorgraph.domain.decision import Decision, Verdict
from creatorgraph.domain.profile import ProfileId
from creatorgraph.resolution.checkpoint import CANDIDATES, PATTERNS, Kept
from creatorgraph.resolution.model.engine.duckdb_engine import DuckDBEngine
from creatorgraph.resolution.option import ResolveOptions
from creatorgraph.resolution.pipeline import Resolution, resolve
from creatorgraph.resolution.watch import Watch

MakeTable = Callable[[Sequence[Mapping[str, object]]], pa.Table]
Rows = list[dict[str, object]]
Vectors = NDArray[np.float32]


class Memory:
    """Keeps stages as a folder would, one of a name."""

    def __init__(self) -> None:
        self.kept: dict[str, tuple[str, Kept]] = {}
        self.made: list[str] = []
        self.used: list[str] = []

    def load(self, stage: str, key: str) -> Kept | None:
        known, kept = self.kept.get(stage, ("", None))
        if kept is None or known != key:
            return None
        self.used.append(stage)
        return kept

    def save(self, stage: str, key: str, kept: Kept) -> None:
        self.made.append(stage)
        self.kept[stage] = (key, replace(kept, arrays={name: each.copy() for name, each in kept.arrays.items()}))


class Stopped(DuckDBEngine):
    """Ends the run where scoring begins."""

    def score(self, *_: Any, **__: Any) -> Iterator[NDArray[np.float64]]:
        raise KeyboardInterrupt


@pytest.fixture(scope="module")
def world(make_table: MakeTable, people: Rows) -> pa.Table:
    return make_table([{k: v for k, v in row.items() if k != "person"} for row in people])


@pytest.fixture(scope="module")
def vectors(world: pa.Table) -> Vectors:
    found = np.random.default_rng(3).normal(size=(world.num_rows, 24)).astype(np.float32)
    found /= np.linalg.norm(found, axis=1, keepdims=True)
    found[::3] = 0
    return found


@pytest.fixture(scope="module")
def plain(world: pa.Table, vectors: Vectors) -> Resolution:
    return resolve(world, bio_vectors=vectors)


@pytest.fixture(scope="module")
def kept(world: pa.Table, vectors: Vectors) -> Mapping[str, tuple[str, Kept]]:
    memory = Memory()
    resolve(world, bio_vectors=vectors, checkpoint=memory)
    return memory.kept


@pytest.fixture
def filled(kept: Mapping[str, tuple[str, Kept]]) -> Memory:
    """What a whole run keeps."""
    memory = Memory()
    memory.kept = dict(kept)
    return memory


def same(one: Resolution, two: Resolution) -> bool:
    told, others = (replace(found.summary, seconds={}, cpu_seconds={}) for found in (one, two))
    return (
        one.links.equals(two.links)
        and one.clusters.equals(two.clusters)
        and one.model == two.model
        and told == others
        and one.watched == two.watched
    )


def test_a_run_with_checkpoints_ends_as_one_without(world: pa.Table, vectors: Vectors, plain: Resolution) -> None:
    memory = Memory()
    assert same(resolve(world, bio_vectors=vectors, checkpoint=memory), plain)
    assert memory.made == [CANDIDATES, PATTERNS]
    assert memory.used == []
    again = resolve(world, bio_vectors=vectors, checkpoint=memory)
    assert memory.used == [CANDIDATES, PATTERNS]
    assert same(again, plain)


def test_a_run_that_was_stopped_goes_on(world: pa.Table, vectors: Vectors, plain: Resolution) -> None:
    memory = Memory()
    with pytest.raises(KeyboardInterrupt):
        resolve(world, bio_vectors=vectors, checkpoint=memory, scoring=Stopped())
    assert same(resolve(world, bio_vectors=vectors, checkpoint=memory), plain)
    assert memory.made == memory.used == [CANDIDATES, PATTERNS]
    # or stopped before: what is there is enough
    del memory.kept[PATTERNS]
    assert same(resolve(world, bio_vectors=vectors, checkpoint=memory), plain)
    assert memory.made == [CANDIDATES, PATTERNS, PATTERNS]


def test_what_was_watched_is_seen_again(world: pa.Table, vectors: Vectors, filled: Memory) -> None:
    ids = [ProfileId(i) for i in world.column("profile_id").to_pylist()]
    watch = Watch(pairs=list(pairwise(ids[:40])))
    expected = resolve(world, bio_vectors=vectors, watch=watch)
    assert same(resolve(world, bio_vectors=vectors, watch=watch, checkpoint=filled), expected)
    assert filled.used == [CANDIDATES, PATTERNS]


def test_neither_order_nor_thresholds_nor_threads_nor_decisions_need_another(
    world: pa.Table, vectors: Vectors, filled: Memory
) -> None:
    ids = sorted(world.column("profile_id").to_pylist())
    decision = Decision(
        decision_id="d",
        left=ProfileId(ids[0]),
        right=ProfileId(ids[1]),
        verdict=Verdict.SAME,
        actor="test",
        at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    options = ResolveOptions(match_threshold=0.6, review_threshold=0.3, floor=0.1, threads=1, memory_limit="1GB")
    order = np.random.default_rng(1).permutation(world.num_rows)
    found = resolve(
        world.take(order), bio_vectors=vectors[order], options=options, decisions=[decision], checkpoint=filled
    )
    assert filled.made == []
    assert same(found, resolve(world, bio_vectors=vectors, options=options, decisions=[decision]))


@pytest.mark.parametrize("change", ["block size", "seed", "profile", "fewer", "vectors", "no vectors", "model"])
def test_what_was_made_of_something_else_is_not_used(
    world: pa.Table, vectors: Vectors, plain: Resolution, filled: Memory, change: str
) -> None:
    options, table, model = ResolveOptions(), world, None
    bios: Vectors | None = vectors
    match change:
        case "block size":
            options = ResolveOptions(max_block_size=199)
        case "seed":
            options = ResolveOptions(seed=2)
        case "profile":
            bio = table.column("bio").to_pylist()
            bio[7] = "somebody else by now"
            table = table.set_column(table.column_names.index("bio"), "bio", pa.array(bio, pa.string()))
        case "fewer":
            table, bios = table.slice(1), vectors[1:]
        case "vectors":
            bios = vectors.copy()
            bios[1] = bios[1][::-1]
        case "no vectors":
            bios = None
        case _:
            model = plain.artefact
    with pytest.raises(KeyboardInterrupt):
        resolve(table, bio_vectors=bios, options=options, model=model, checkpoint=filled, scoring=Stopped())
    assert filled.used == []
    assert filled.made == [CANDIDATES, PATTERNS]


def test_no_profiles_and_no_pairs_are_kept_too(make_table: MakeTable) -> None:
    for rows in ([], [{"profile_id": "alone", "platform": "x"}]):
        memory, table = Memory(), make_table(rows)
        first = resolve(table, checkpoint=memory)
        assert same(resolve(table, checkpoint=memory), first)
        assert memory.used == [CANDIDATES, PATTERNS]
