"""Profiles with like bios: nearest vectors, and full names found in the bios of nameless profiles."""

import faiss
import numpy as np
from numpy.typing import NDArray

from creatorgraph.resolution.blocking.block import RulePairs, pair_codes, pairs_of_codes
from creatorgraph.resolution.feature.population import Population

NEAREST = 8
_LEAST_COSINE = 0.6
_EXACT_UP_TO = 20_000
"""Vectors that are searched exhaustively; above, an inverted file looks at the nearest cells only."""
_CELL_SIZE = 200
_PROBES = 8
_TRAIN_PER_CELL = 40
_QUERIES = 8_192


def nearest_bios(population: Population, seed: int) -> RulePairs:
    rows = np.flatnonzero(population.has_vector)
    if population.vectors is None or len(rows) < 2:
        return pairs_of_codes("bio", np.zeros(0, dtype=np.int64))
    vectors = np.ascontiguousarray(population.vectors[rows])
    index = _index(vectors, seed)
    one, two = [], []
    for begin in range(0, len(rows), _QUERIES):
        cosine, near = index.search(vectors[begin : begin + _QUERIES], min(NEAREST + 1, len(rows)))
        close = (cosine >= _LEAST_COSINE) & (near >= 0)
        query, rank = np.nonzero(close)
        one.append(rows[query + begin])
        two.append(rows[near[query, rank]])
    return pairs_of_codes("bio", pair_codes(np.concatenate(one), np.concatenate(two), population.size))


def _index(vectors: NDArray[np.float32], seed: int) -> faiss.Index:
    size, dimensions = vectors.shape
    flat = faiss.IndexFlatIP(dimensions)
    if size <= _EXACT_UP_TO:
        flat.add(vectors)
        return flat
    cells = size // _CELL_SIZE
    index = faiss.IndexIVFFlat(flat, dimensions, cells, faiss.METRIC_INNER_PRODUCT)
    index.cp.seed, index.cp.niter = seed, 6
    sample = np.random.default_rng(seed).choice(size, min(size, cells * _TRAIN_PER_CELL), replace=False)
    index.train(vectors[np.sort(sample)])
    index.add(vectors)
    index.nprobe = _PROBES
    return index


def names_in_bios(population: Population) -> RulePairs:
    found = population.bio_names
    return pairs_of_codes("name in bio", pair_codes(found[:, 0], found[:, 1], population.size))
