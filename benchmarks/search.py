"""Nearest neighbours among 100,000 vectors: latency, recall and time to open, beside brute force in numpy."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from benchmarks.benchmark import Benchmark
from benchmarks.measure import percentile, timed
from benchmarks.measurement import Measurement
from creatorgraph.embeddings.encoder import Vectors
from creatorgraph.embeddings.index import VectorIndex

VECTORS = 100_000
QUERIES = 300
DIMENSIONS = 384
FACTORS = 18
"""With this many, IVF finds as much among 7,000 of these vectors as among 7,000 encoded real profiles (recall 0.95)."""
NEAREST_K = 10
NUMPY = "numpy brute force"


def overlapping(count: int, seed: int) -> Vectors:
    """Unit vectors of shape (count, DIMENSIONS) on a smooth surface of FACTORS dimensions, with a little noise.

    So are the vectors of texts, and they have no gaps between topics that would make an approximate search easy.
    """
    surface = np.random.default_rng(0).standard_normal((FACTORS, DIMENSIONS)).astype(np.float32)
    random = np.random.default_rng(seed)
    rows = random.standard_normal((count, FACTORS)).astype(np.float32) @ surface
    rows += random.standard_normal((count, DIMENSIONS)).astype(np.float32)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def measure_nearest(folder: Path) -> Iterator[Measurement]:
    vectors, queries = overlapping(VECTORS, seed=1), overlapping(QUERIES, seed=2)
    ids = [f"profile-{place:06d}" for place in range(VECTORS)]
    index = VectorIndex.open(folder, encoder_name="benchmark", dimensions=DIMENSIONS)

    def build() -> None:
        index.upsert(ids, ids, vectors)
        index.save()

    _, seconds = timed(build)
    yield Measurement(name="search.index.build", value=VECTORS / seconds, unit="vectors/s")
    index, seconds = timed(VectorIndex.open, folder, encoder_name="benchmark", dimensions=DIMENSIONS)
    yield Measurement(name="search.index.open", value=seconds, unit="s", bar="< 5")

    index.search(queries[:1], NEAREST_K)
    ours = [timed(index.search, query[None], NEAREST_K) for query in queries]
    theirs = [timed(brute_force, vectors, query, NEAREST_K) for query in queries]
    for name, share in (("p50", 0.5), ("p95", 0.95)):
        yield Measurement(
            name=f"search.nearest.{name}",
            value=1000 * percentile([seconds for _, seconds in ours], share),
            unit="ms",
            peer=NUMPY,
            peer_value=1000 * percentile([seconds for _, seconds in theirs], share),
            bar="ratio <= 1",
        )
    right = sum(
        len({int(neighbour.id.rpartition("-")[2]) for neighbour in found[0]} & set(expected.tolist()))
        for (found, _), (expected, _) in zip(ours, theirs, strict=True)
    )
    yield Measurement(
        name="search.nearest.recall_at_10", value=right / (QUERIES * NEAREST_K), unit="share", bar=">= 0.95"
    )


def brute_force(vectors: Vectors, query: Vectors, k: int) -> np.ndarray:
    """The places of the `k` rows with the largest inner product, unordered."""
    return np.argpartition(-(vectors @ query), k)[:k]


NEAREST = Benchmark(
    run=measure_nearest,
    names=(
        "search.index.build",
        "search.index.open",
        "search.nearest.p50",
        "search.nearest.p95",
        "search.nearest.recall_at_10",
    ),
)
