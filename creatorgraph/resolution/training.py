"""Training: the model of one population's candidate pairs, without labels, and with stewards' decisions where they help."""

from collections.abc import Sequence

from creatorgraph.resolution.clustering.constraint import Constraints
from creatorgraph.resolution.comparison.pairs import Pairs
from creatorgraph.resolution.model.competition import competed
from creatorgraph.resolution.model.decided import Scoring, Trained, decided_pairs, train_with
from creatorgraph.resolution.model.estimate import Estimate, Known, estimate
from creatorgraph.resolution.model.non_match import non_match_shares
from creatorgraph.resolution.model.pattern import Patterns
from creatorgraph.resolution.model.score import level_scores
from creatorgraph.resolution.signals import SIGNALS


def train(pairs: Pairs, patterns: Patterns, constraints: Constraints, ids: Sequence[str], *, seed: int) -> Trained:
    """The model of all candidate pairs; `ids` are the profile ids by row, `constraints` what was decided."""
    population = pairs.population
    u = non_match_shares(SIGNALS, population, patterns, pairs, seed)
    full_names = int(population.names.full.sum())

    def fit(known: Known | None) -> Estimate:
        return estimate(SIGNALS, patterns, u, pairs=population.pairs, full_names=full_names, known=known)

    def score(fitted: Estimate) -> Scoring:
        weight = level_scores(SIGNALS, fitted, patterns.levels)[0][patterns.of_pair]
        final, _ = competed(population, pairs.left, pairs.right, weight)
        return Scoring(weight=final, competition=final - weight)

    return train_with(decided_pairs(constraints, pairs.left, pairs.right, ids), patterns, fit, score)
