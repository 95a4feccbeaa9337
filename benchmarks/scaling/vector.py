"""Vectors squeezed by product quantisation: bytes, and how many of the nearest are still found.

IVF-PQ is FAISS's remedy for vectors that do not fit in memory
(https://github.com/facebookresearch/faiss/wiki/Lower-memory-footprint).
"""

from dataclasses import dataclass
from typing import Any

import faiss as faiss_library
import numpy as np

from benchmarks.search import DIMENSIONS, NEAREST_K, QUERIES, brute_force, overlapping
from creatorgraph.embeddings.encoder import Vectors
from creatorgraph.embeddings.index_structure import TRAINING_ROWS_PER_CELL
from creatorgraph.embeddings.index_tuning import UNMEASURED

# The type stubs in FAISS's wheel lag behind its functions.
faiss: Any = faiss_library
VECTORS = 50_000
CODES = (48, 96)
"""Bytes of a code; each stands for 8 or 4 of the 384 dimensions."""
RANKED_AGAIN = 200
"""Neighbours by code that are compared again by their whole vectors, which may stay on disk."""
ID_BYTES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Squeezed:
    """`bytes` of memory a vector, and the share of the ten nearest that is found: by codes alone, and where the nearest
    RANKED_AGAIN are compared again."""

    bytes: int
    recall: float
    recall_ranked: float


def squeezed() -> dict[str, Squeezed]:
    """By the bytes of a code; on vectors like those of `make bench ONLY=search`."""
    vectors, queries = overlapping(VECTORS, seed=1), overlapping(QUERIES, seed=2)
    nearest = [set(brute_force(vectors, query, NEAREST_K).tolist()) for query in queries]
    return {f"{code}": _squeezed(vectors, queries, nearest, code) for code in CODES}


def _squeezed(vectors: Vectors, queries: Vectors, nearest: list[set[int]], code: int) -> Squeezed:
    cells = int(2 * len(vectors) ** 0.5)
    index = faiss.index_factory(DIMENSIONS, f"IVF{cells},PQ{code}", faiss.METRIC_INNER_PRODUCT)
    index.cp.max_points_per_centroid = index.pq.cp.max_points_per_centroid = TRAINING_ROWS_PER_CELL
    index.train(vectors)
    index.add(vectors)
    index.nprobe = UNMEASURED.probes
    _, found = index.search(queries, RANKED_AGAIN)
    ranked = [_ranked(vectors, query, row[row >= 0]) for query, row in zip(queries, found, strict=True)]
    return Squeezed(
        bytes=int(index.code_size) + ID_BYTES,
        recall=_recall(nearest, [row[:NEAREST_K] for row in found]),
        recall_ranked=_recall(nearest, ranked),
    )


def _ranked(vectors: Vectors, query: Vectors, rows: np.ndarray) -> np.ndarray:
    return rows[np.argsort(-(vectors[rows] @ query), kind="stable")[:NEAREST_K]]


def _recall(nearest: list[set[int]], found: list[np.ndarray]) -> float:
    right = sum(len(true & set(row.tolist())) for true, row in zip(nearest, found, strict=True))
    return round(right / (len(nearest) * NEAREST_K), 3)
