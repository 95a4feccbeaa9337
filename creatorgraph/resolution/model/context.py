"""A limit on context: what people who only belong together (colleagues, one event) share too proves no identity.

Signals of context are not independent of each other: the same employer brings the same website, words and place. So
their sum is held against pairs whose full names contradict each other, and never counts for more than the rate at which
such pairs reach as much.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from creatorgraph.resolution.model.pattern import Patterns
from creatorgraph.resolution.signals import identity
from creatorgraph.resolution.signals.signal import Scale

Weights = NDArray[np.float64]

STEPS = (0.0, 3.0, 6.0, 9.0, 12.0, 15.0, 18.0, 22.0)
_FIRST_LIMITED = 3
_LEAST_LIMIT = 3.0
_SHARE_APART = 0.97


@dataclass(frozen=True, slots=True, kw_only=True)
class ContextLimit:
    """`limits[i]` is the most that context may weigh when its sum reached STEPS[i - 1]; bits."""

    limits: Weights

    def apply(self, context: Weights) -> Weights:
        """The context sums with the limit on."""
        limited: Weights = np.minimum(context, self.limits[np.digitize(context, STEPS)])
        return limited


def context_sum(signals: Sequence[Scale], weights: Sequence[Weights]) -> Weights:
    """The summed weight of the context signals; `weights` per signal and pattern."""
    total = np.zeros(len(weights[0]))
    for signal, weight in zip(signals, weights, strict=True):
        if signal.context:
            total += weight
    return total


def no_limit() -> ContextLimit:
    return ContextLimit(limits=np.full(len(STEPS) + 1, np.inf))


def context_limit(context: Weights, patterns: Patterns, probability: Weights, full_names: int) -> ContextLimit:
    """Learned from how often surely equal and surely different pairs reach each step of context."""
    step = np.digitize(context, STEPS)
    bins = len(STEPS) + 1
    different = max(1.0, _SHARE_APART * full_names * (full_names - 1) / 2)
    sure = np.isin(patterns.column(identity.SIGNAL.name), identity.RARE_EXACT)
    apart = np.bincount(step[patterns.apart], weights=patterns.counts[patterns.apart], minlength=bins)
    same = np.bincount(step, weights=probability * patterns.counts * sure, minlength=bins)
    reach_apart, reach_same = np.cumsum(apart[::-1])[::-1], np.cumsum(same[::-1])[::-1]
    rate_same = (reach_same + 0.1) / (same.sum() + 1)
    limit = np.log2(np.maximum(rate_same / ((reach_apart + 0.5) / different), 1e-6))
    limits = np.where(np.arange(bins) >= _FIRST_LIMITED, np.maximum(limit, _LEAST_LIMIT), np.inf)
    return ContextLimit(limits=limits)
