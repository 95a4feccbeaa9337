"""How far a segment must be searched to find what was asked: measured on its own vectors when it is built."""

from collections.abc import Iterator
from itertools import product
from typing import Any

import faiss as faiss_library
import numpy as np

from creatorgraph.embeddings.encoder import Vectors
from creatorgraph.embeddings.index_id import Rows
from creatorgraph.embeddings.index_manifest import Tuning
from creatorgraph.embeddings.index_option import DEPTH
from creatorgraph.embeddings.index_structure import CHUNK, Gather, ask, cells_of, code_of

# The type stubs in FAISS's wheel lag behind its functions.
faiss: Any = faiss_library

QUERIES = 512
"""Recall of so many queries has a standard error of about 0.004."""
_RESERVE = 0.2
"""Of what may be missed: what comes later is not what was measured."""
_LADDER = (4, 8, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024, 2048, 4096)
_RANKED = (5, 10, 20, 40)
_RANKING_COST = 50
"""A random read of a long code takes the time of so many short ones in a row (FAISS 1.15, AVX2 and AVX-512)."""
UNMEASURED = Tuning(probes=64, ranked=20, neighbours=DEPTH, recall=None)
"""For segments that were written before this was measured, and flat ones."""


def tuned(index: Any, gather: Gather, rows: int, recall: float) -> Tuning:
    """The least work that finds `recall` of the nearest ten, with a reserve; all cells where nothing less does.

    The same rows give the same answer: work is counted, not timed.
    """
    cells = cells_of(index)
    if not cells or rows <= DEPTH + 1:
        return UNMEASURED
    # From the end: a compressed segment was trained on its first rows.
    asked = np.arange(rows - 1, -1, -max(1, rows // QUERIES))[:QUERIES]
    queries = gather(asked)
    nearest = _nearest(queries, asked, gather, rows)
    goal, best = recall + _RESERVE * (1 - recall), 0.0
    for probes, ranked in _by_cost(cells, rows, compressed=code_of(index) is not None):
        tuning = Tuning(probes=probes, ranked=ranked, neighbours=DEPTH + 1, recall=None)
        found = ask(index, queries, DEPTH + 1, tuning)[1]
        hits = [
            np.isin(true, row[row != own][:DEPTH]).mean()
            for true, row, own in zip(nearest, found, asked.tolist(), strict=True)
        ]
        best = max(best, float(np.mean(hits)))
        if np.mean(hits) >= goal:
            return Tuning(probes=probes, ranked=ranked, neighbours=DEPTH, recall=round(float(np.mean(hits)), 4))
    return Tuning(probes=cells, ranked=_RANKED[-1], neighbours=DEPTH, recall=round(best, 4))


def _by_cost(cells: int, rows: int, *, compressed: bool) -> Iterator[tuple[int, int]]:
    """Ways to search, the cheapest first."""
    probes = [*(step for step in _LADDER if step < cells), cells]
    if not compressed:
        return ((step, 1) for step in probes)
    ways = product(probes, _RANKED)
    return iter(sorted(ways, key=lambda way: (way[0] * rows / cells + _RANKING_COST * way[1] * DEPTH, way)))


def _nearest(queries: Vectors, own: Rows, gather: Gather, rows: int) -> Rows:
    """The rows of the ten nearest of each query, compared with all, itself left out; shape (len(queries), 10)."""
    wanted = min(DEPTH + 1, rows)
    scores = np.full((len(queries), 0), 0, dtype=np.float32)
    found = np.zeros((len(queries), 0), dtype=np.int64)
    for start in range(0, rows, CHUNK):
        chunk = gather(np.arange(start, min(rows, start + CHUNK)))
        near, places = faiss.knn(queries, chunk, min(wanted, len(chunk)), metric=faiss.METRIC_INNER_PRODUCT)
        scores = np.concatenate([scores, near], axis=1)
        found = np.concatenate([found, places + start], axis=1)
        order = np.argsort(-scores, axis=1, kind="stable")[:, :wanted]
        scores, found = np.take_along_axis(scores, order, axis=1), np.take_along_axis(found, order, axis=1)
    # Where itself is not among them (equals before it), the last one goes.
    keep = found != own[:, None]
    keep[keep.all(axis=1), -1] = False
    nearest: Rows = found[keep].reshape(len(queries), wanted - 1)
    return nearest
