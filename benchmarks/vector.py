"""A million vectors: how many of the nearest are found, how soon, in how many bytes, with a filter and while others add."""

import multiprocessing
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from time import perf_counter
from typing import Any

import faiss as faiss_library
import numpy as np

from benchmarks.benchmark import Benchmark
from benchmarks.measure import in_child, percentile, timed
from benchmarks.measurement import Measurement
from benchmarks.vector_world import DIMENSIONS, like_texts
from creatorgraph.api.app import SWITCH_SECONDS
from creatorgraph.embeddings.encoder import Vectors
from creatorgraph.embeddings.index import Neighbour, VectorIndex
from creatorgraph.embeddings.index_filter import Allowed
from creatorgraph.embeddings.index_option import IndexOptions
from creatorgraph.embeddings.text import text_digest

# The type stubs in FAISS's wheel lag behind its functions.
faiss: Any = faiss_library
VECTORS = 1_000_000
QUERIES = 1_000
NEAREST_K = 10
KEPT = 0.01
"""Share of the vectors that the filter keeps."""
ADDED, BATCH = 10_000, 1_000
EXHAUSTIVE_QUERIES = 30
EXHAUSTIVE = "exhaustive search"
_OPTIONS = IndexOptions(compress_from=VECTORS)
_POLL_SECONDS = 0.25
"""How often the serving process looks for what was saved; the API does so every second."""
_QUIET_SECONDS = 10


def measure_vectors(folder: Path) -> Iterator[Measurement]:
    """The index is built in a process of its own, as a worker would, and served in this one."""
    built = in_child(build, folder / "index", VECTORS)
    yield Measurement(name="vector.build", value=built.seconds, unit="s")
    yield Measurement(name="vector.build.memory", value=built.peak_bytes / 1e6, unit="MB")
    yield from figures(folder / "index", VECTORS)


def build(folder: Path, count: int) -> None:
    index = _opened(folder)
    ids = _ids(count)
    index.upsert(ids, [text_digest(name) for name in ids], like_texts(count, seed=1))
    index.save()
    index.rebuild()


def figures(folder: Path, count: int) -> Iterator[Measurement]:
    """Of the index of `count` vectors that lies in `folder`; adds to it at the end."""
    size = sum(path.stat().st_size for path in folder.iterdir())
    yield Measurement(name="vector.bytes", value=size / 1e6, unit="MB", bar="<= 450")
    vectors, queries, index = like_texts(count, seed=1), like_texts(QUERIES, seed=2), _opened(folder)
    ids = _ids(count)
    faiss.omp_set_num_threads(1)
    exhaustive = [
        timed(faiss.knn, query[None], vectors, NEAREST_K, metric=faiss.METRIC_INNER_PRODUCT)[1]
        for query in queries[:EXHAUSTIVE_QUERIES]
    ]
    faiss.omp_set_num_threads(multiprocessing.cpu_count())
    nearest = faiss.knn(queries, vectors, NEAREST_K, metric=faiss.METRIC_INNER_PRODUCT)[1]
    kept = np.sort(np.random.default_rng(3).choice(count, int(count * KEPT), replace=False))
    among = kept[faiss.knn(queries, vectors[kept], NEAREST_K, metric=faiss.METRIC_INNER_PRODUCT)[1]]
    del vectors
    # one query at a time: another's may use the other core
    faiss.omp_set_num_threads(1)

    index.search(queries[:50], NEAREST_K)
    free = [timed(index.search, query[None], NEAREST_K) for query in queries]
    yield Measurement(name="vector.recall", value=_recall(ids, free, nearest), unit="share", bar=">= 0.95")
    seconds = [seconds for _, seconds in free]
    yield Measurement(name="vector.p50", value=1000 * percentile(seconds, 0.5), unit="ms")
    yield _milliseconds("vector.p95", seconds, exhaustive, "<= 2")

    allowed = Allowed(ids[row] for row in kept.tolist())
    index.search(queries[:1], NEAREST_K, among=allowed)
    filtered = [timed(index.search, query[None], NEAREST_K, among=allowed) for query in queries]
    yield Measurement(name="vector.filtered.recall", value=_recall(ids, filtered, among), unit="share", bar=">= 0.95")
    yield _milliseconds("vector.filtered.p95", [seconds for _, seconds in filtered], exhaustive, "<= 10")
    wanted = [ids[row] for row in kept.tolist()]
    new = [timed(index.search, query[None], NEAREST_K, among=wanted)[1] for query in queries[:200]]
    yield Measurement(name="vector.filtered.unprepared.p95", value=1000 * percentile(new, 0.95), unit="ms")
    yield from _adding(folder, index, queries)


def _adding(folder: Path, index: VectorIndex, queries: Vectors) -> Iterator[Measurement]:
    """The writer is a process of its own, the taking in of what it saved a thread beside the searches, as in the API."""
    added = folder.parent / "added.npy"
    np.save(added, like_texts(ADDED, seed=4))
    here, there = multiprocessing.get_context("spawn").Pipe()
    writer = multiprocessing.get_context("spawn").Process(target=_add, args=(folder, added, there))

    def follow() -> None:
        while writer.is_alive():
            writer.join(_POLL_SECONDS)
            index.reload_if_changed()

    follower = threading.Thread(target=follow)
    sys.setswitchinterval(SWITCH_SECONDS)
    before = index.count
    writer.start()
    follower.start()
    here.recv()
    until = perf_counter() + _QUIET_SECONDS
    quiet = _searched(index, queries, lambda: perf_counter() < until)
    here.send("add")
    busy = _searched(index, queries, follower.is_alive)
    if writer.exitcode or index.count != before + ADDED:
        raise RuntimeError(f"{index.count - before:,} of {ADDED:,} vectors were added")
    after = [timed(index.search, query[None], NEAREST_K)[1] for query in queries]
    p95 = percentile(quiet, 0.95)
    # A machine does other things too. What these cost is seen in as many searches just before, with nothing added.
    floor = quiet[-len(busy) :]
    for name, value, bar in (
        ("ratio", percentile(busy, 0.95), True),
        ("after", percentile(after, 0.95), True),
        ("slowest", max(busy), True),
        ("slowest_before", max(floor), False),
    ):
        yield Measurement(
            name=f"vector.adding.{name}",
            value=1000 * value,
            unit="ms",
            peer="p95 before",
            peer_value=1000 * p95,
            bar="ratio <= 2" if bar else None,
        )
    for name, searches in (("slow", busy), ("slow_before", floor)):
        slow = sum(each > 2 * p95 for each in searches) / len(searches)
        yield Measurement(name=f"vector.adding.{name}", value=slow, unit="share")


def _searched(index: VectorIndex, queries: Vectors, goes_on: Callable[[], bool]) -> list[float]:
    """The seconds of each search, one after the other for as long as it goes on."""
    seconds: list[float] = []
    while goes_on():
        seconds.append(timed(index.search, queries[len(seconds) % len(queries)][None], NEAREST_K)[1])
    return seconds


def _add(folder: Path, added: Path, parent: Connection) -> None:
    index, vectors = _opened(folder), np.load(added)
    parent.send("open")
    parent.recv()
    for start in range(0, len(vectors), BATCH):
        ids = [f"later:somebody.{row:07d}" for row in range(start, min(len(vectors), start + BATCH))]
        index.upsert(ids, [text_digest(name) for name in ids], vectors[start : start + len(ids)])
        index.save()


def _opened(folder: Path) -> VectorIndex:
    return VectorIndex.open(folder, encoder_name="benchmark", dimensions=DIMENSIONS, options=_OPTIONS)


def _ids(count: int) -> list[str]:
    return [f"instagram:somebody.{row:07d}" for row in range(count)]


def _milliseconds(name: str, seconds: Sequence[float], exhaustive: Sequence[float], bar: str) -> Measurement:
    return Measurement(
        name=name,
        value=1000 * percentile(seconds, 0.95),
        unit="ms",
        peer=EXHAUSTIVE,
        peer_value=1000 * percentile(exhaustive, 0.95),
        bar=bar,
    )


def _recall(ids: Sequence[str], found: Sequence[tuple[list[list[Neighbour]], float]], nearest: np.ndarray) -> float:
    right = sum(
        len({neighbour.id for neighbour in near[0]} & {ids[row] for row in true})
        for (near, _), true in zip(found, nearest.tolist(), strict=True)
    )
    return right / (len(nearest) * NEAREST_K)


VECTOR_INDEX = Benchmark(
    run=measure_vectors,
    names=(
        "vector.build",
        "vector.build.memory",
        "vector.bytes",
        "vector.recall",
        "vector.p50",
        "vector.p95",
        "vector.filtered.recall",
        "vector.filtered.p95",
        "vector.filtered.unprepared.p95",
        "vector.adding.ratio",
        "vector.adding.after",
        "vector.adding.slowest",
        "vector.adding.slowest_before",
        "vector.adding.slow",
        "vector.adding.slow_before",
    ),
)
