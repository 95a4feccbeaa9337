"""Profiles with like bios: nearest vectors, and full names found in the bios of nameless profiles."""

import faiss
import numpy as np

from creatorgraph.resolution.blocking.block import RulePairs, pair_codes, pairs_of_codes
from creatorgraph.resolution.blocking.nearest import nearest
from creatorgraph.resolution.feature.population import Population

NEAREST = 5
_LEAST_COSINE = 0.6
_EXACT_UP_TO = 20_000
"""Vectors that are all compared with each other; above, with those of the nearest cells only."""


def nearest_bios(population: Population, seed: int) -> RulePairs:
    rows = np.flatnonzero(population.has_vector)
    if population.vectors is None or len(rows) < 2:
        return pairs_of_codes("bio", np.zeros(0, dtype=np.int64))
    if len(rows) > _EXACT_UP_TO:
        found = nearest(population.vectors, rows, count=NEAREST, least=_LEAST_COSINE, seed=seed)
        return pairs_of_codes("bio", pair_codes(found.row, found.other, population.size))
    index = faiss.IndexFlatIP(population.vectors.shape[1])
    vectors = np.ascontiguousarray(population.vectors[rows])
    index.add(vectors)
    cosine, near = index.search(vectors, min(NEAREST + 1, len(rows)))
    query, rank = np.nonzero((cosine >= _LEAST_COSINE) & (near >= 0))
    return pairs_of_codes("bio", pair_codes(rows[query], rows[near[query, rank]], population.size))


def names_in_bios(population: Population) -> RulePairs:
    found = population.bio_names
    return pairs_of_codes("name in bio", pair_codes(found[:, 0], found[:, 1], population.size))
