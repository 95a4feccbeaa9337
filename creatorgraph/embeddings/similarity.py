"""Which profiles have bios that say nearly the same: the SIMILAR_TO edges of the graph."""

from collections.abc import Iterator, Sequence
from typing import Any

import faiss as faiss_library
import numpy as np

from creatorgraph.embeddings.encoder import Vectors

# The type stubs in FAISS's wheel lag behind its functions.
faiss: Any = faiss_library

NEIGHBOURS = 6
"""Edges per profile: enough to walk the network of a niche, few enough to stay a sparse graph."""
MINIMUM_COSINE = 0.6
"""Below this MiniLM's neighbours share a language or a mood, not a subject (read by eye on the development data)."""
_EXACT_UP_TO = 50_000


def similar_pairs(ids: Sequence[str], vectors: Vectors) -> Iterator[tuple[str, str, float]]:
    """Each pair once (left id < right id, cosine) where one is among the other's nearest; rows of zeros are left out.

    Exact up to 50,000 vectors; above, an inverted file of sqrt(n) cells of which 16 are searched (FAISS's own guideline
    for this size), so that the cost stays near n * sqrt(n).
    """
    rows = np.flatnonzero(np.any(vectors != 0, axis=1))
    if len(rows) < 2:
        return
    dense = np.ascontiguousarray(vectors[rows], dtype=np.float32)
    if len(rows) <= _EXACT_UP_TO:
        index = faiss.IndexFlatIP(dense.shape[1])
    else:
        index = faiss.index_factory(dense.shape[1], f"IVF{int(len(rows) ** 0.5)},Flat", faiss.METRIC_INNER_PRODUCT)
        index.train(dense[:: max(1, len(rows) // 50_000)])
        index.nprobe = 16
    index.add(dense)
    found: dict[tuple[str, str], float] = {}
    for start in range(0, len(rows), 4096):
        cosines, neighbours = index.search(dense[start : start + 4096], NEIGHBOURS + 1)
        near, column = np.nonzero((cosines >= MINIMUM_COSINE) & (neighbours >= 0))
        for row, other, cosine in zip(near + start, neighbours[near, column], cosines[near, column], strict=True):
            left, right = sorted((ids[rows[row]], ids[rows[other]]))
            if left != right:
                found[left, right] = min(1.0, float(cosine))
    yield from ((left, right, cosine) for (left, right), cosine in found.items())
