"""Training without labels: u and m in turn, each from what the other makes of the pairs."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from creatorgraph.resolution.model.estimate import Estimate, estimate, probability_of
from creatorgraph.resolution.model.pattern import Patterns
from creatorgraph.resolution.record.comparison import Comparison
from creatorgraph.resolution.record.non_match import Observed, drawn_shares, non_match_shares

Shares = NDArray[np.float64]

_LATER_TURNS = 3


def trained(comparisons: Sequence[Comparison], seen: Observed, records: int) -> Estimate:
    """The model of the records.

    It begins with m as believed, u as drawn, and one match per record; from these the first probabilities follow, from
    them u without matches, from it m, and so on for a fixed number of turns.
    """
    u = drawn_shares(comparisons, seen.drawn)
    m = tuple(_believed(comparison) for comparison in comparisons)
    prior = float(np.log2(1 / max(records, 3)))
    found, drawn = (_probability(patterns, m, u, prior) for patterns in (seen.found, seen.drawn))
    fitted = _turn(comparisons, seen, found, drawn)
    for _ in range(_LATER_TURNS):
        prior = float(np.log2(fitted.prior / (1 - fitted.prior)))
        found, drawn = (_probability(patterns, fitted.m, fitted.u, prior) for patterns in (seen.found, seen.drawn))
        fitted = _turn(comparisons, seen, found, drawn)
    return fitted


def _turn(comparisons: Sequence[Comparison], seen: Observed, found: Shares, drawn: Shares) -> Estimate:
    u = non_match_shares(comparisons, seen, found, drawn)
    return estimate(comparisons, seen.found, u, pairs=seen.pairs, full_names=0)


def _believed(comparison: Comparison) -> Shares:
    m = np.array([level.m for level in comparison.levels])
    normal: Shares = m / m.sum()
    return normal


def _probability(patterns: Patterns, m: Sequence[Shares], u: Sequence[Shares], prior: float) -> Shares:
    score = np.full(len(patterns.counts), prior)
    for index in range(len(m)):
        column = patterns.levels[:, index]
        score += np.where(column >= 0, np.log2(m[index] / u[index])[np.maximum(column, 0)], 0.0)
    return probability_of(score)
