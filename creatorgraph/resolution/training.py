"""Training: the model of one population's candidate pairs, without labels, and with stewards' decisions where they help."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from creatorgraph.resolution.clustering.cluster import cluster
from creatorgraph.resolution.clustering.constraint import Constraints
from creatorgraph.resolution.comparison.pairs import Pairs
from creatorgraph.resolution.feature.incidence import Indices
from creatorgraph.resolution.model.competition import competed
from creatorgraph.resolution.model.decided import Scoring, Trained, decided_pairs, train_with
from creatorgraph.resolution.model.estimate import Estimate, Known, estimate
from creatorgraph.resolution.model.non_match import non_match_shares
from creatorgraph.resolution.model.pattern import Patterns
from creatorgraph.resolution.model.score import level_scores
from creatorgraph.resolution.signals import SIGNALS

Weights = NDArray[np.float64]

_BANDS = 5
_NOBODY = np.zeros((0, 2), dtype=np.int64)
_NO_CONSTRAINTS = Constraints(must=_NOBODY, never=_NOBODY)


def train(
    pairs: Pairs, patterns: Patterns, constraints: Constraints, ids: Sequence[str], *, threshold: float, seed: int
) -> Trained:
    """The model of all candidate pairs; `ids` are the profile ids by row, `constraints` what was decided, `threshold` the
    weight from which a link is accepted, in bits."""
    population = pairs.population
    u = non_match_shares(SIGNALS, population, patterns, pairs, seed)
    full_names = int(population.names.full.sum())

    def fit(known: Known | None) -> Estimate:
        return estimate(SIGNALS, patterns, u, pairs=population.pairs, full_names=full_names, known=known)

    def score(fitted: Estimate) -> Scoring:
        weight = level_scores(SIGNALS, fitted, patterns.levels)[0][patterns.of_pair]
        final, _ = competed(population, pairs.left, pairs.right, weight)
        return Scoring(weight=final, cell=review_cells(pairs, final, threshold, seed))

    return train_with(decided_pairs(constraints, pairs.left, pairs.right, ids), patterns, fit, score)


def review_cells(pairs: Pairs, weight: Weights, threshold: float, seed: int) -> Indices:
    """The number of each pair's cell: pairs that the review queue tells apart only by size and order.

    That is by bits of weight, whether clustering leaves them apart, holds them together by third profiles too or by
    their own link alone (a bridge), and whether they are two accounts on one platform.
    """
    population, left, right = pairs.population, pairs.left, pairs.right
    labels = cluster(population.size, left, right, weight - threshold, _NO_CONSTRAINTS, seed=seed).labels
    together = labels[left] == labels[right]
    joins = together & (weight >= threshold)
    one, other = np.concatenate([left[joins], right[joins]]), np.concatenate([right[joins], left[joins]])
    graph = sparse.csr_matrix((np.ones(len(one), dtype=np.int32), (one, other)), shape=(population.size,) * 2)
    supported = np.zeros(len(left), dtype=bool)
    rows = np.flatnonzero(together)
    supported[rows] = np.asarray((graph @ graph)[left[rows], right[rows]]).ravel() > 0
    second = (
        (population.platform[left] == population.platform[right]) & population.single[left] & population.single[right]
    )
    second &= population.username[left] != population.username[right]
    kind = (together.astype(np.int64) + supported) * 2 + second
    band = np.clip(np.floor(weight), -_BANDS, _BANDS - 1).astype(np.int64) + _BANDS
    cells: Indices = kind * 2 * _BANDS + band
    return cells
