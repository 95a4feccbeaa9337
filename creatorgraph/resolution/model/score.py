"""What Splink will say of each pattern, without Splink: for choosing between models before one of them is used."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from creatorgraph.resolution.model.context import context_sum
from creatorgraph.resolution.model.estimate import Estimate
from creatorgraph.resolution.signals.signal import Levels, Scale

Weights = NDArray[np.float64]


def level_scores(signals: Sequence[Scale], fitted: Estimate, levels: Levels) -> tuple[Weights, Weights]:
    """Per row of (rows, signals) levels: the match weight with the limit on context, and what of it the limit took off."""
    parts = [
        np.where(levels[:, k] >= 0, fitted.weights(k)[np.maximum(levels[:, k], 0)], 0.0) for k in range(len(signals))
    ]
    context = context_sum(signals, parts)
    taken: Weights = fitted.limit.apply(context) - context
    weight: Weights = np.log2(fitted.prior / (1 - fitted.prior)) + np.sum(parts, axis=0) + taken
    return weight, taken
