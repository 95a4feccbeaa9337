"""Calibration: from the model's weights to weights whose probabilities come true as often as they say.

Learned from shares of matches that stewards' decisions tell (model/decided.py). Without enough decisions the weights stay as
they are: the posteriors of the model, whose competition keeps the number of matches that it expects (model/competition.py).

Isotonic regression is by pool adjacent violators (Zadrozny and Elkan, Transforming classifier scores into accurate multiclass
probability estimates, KDD 2002), the sigmoid Platt's (Probabilistic outputs for support vector machines, 1999). Both are
functions of the log odds, ascend strictly, and never reach 0 or 1.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import isotonic_regression, minimize

Weights = NDArray[np.float64]

_PRIOR = 1.0
"""Pairs that each step is given in advance, with the share of all of them: few pairs prove no certainty."""
_USUAL = (0.05, 0.95)
"""That share at least and at most: steps must not reach 0 or 1 where all the answers were one."""
_LEAST_STEP = 10
_LEAST_SLOPE, _MOST_SLOPE = 0.2, 5.0
_LEAST_RISE = 1e-3
"""Bits by which a weight rises at least per bit, so that an order between pairs is never lost."""
_REACH = 12.0
"""The most bits that the sigmoid's line may be shifted by."""
_FADE = 2.0
"""Bits, per bit of the outermost shift, within which it fades: more than 1, so that the line rises."""


class CalibrationMethod(StrEnum):
    NONE = "none"
    SIGMOID = "sigmoid"
    ISOTONIC = "isotonic"


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """A rising line through the knots (`before[i]`, `after[i]`), in bits; beyond the outermost knots their shift stays.

    What is learned ends in knots without a shift: far from the weights that were decided nothing is known.
    """

    method: CalibrationMethod
    before: Weights
    after: Weights

    def apply(self, weight: Weights) -> Weights:
        """The calibrated weights."""
        if not len(self.before):
            return weight
        inside = np.clip(weight, self.before[0], self.before[-1])
        calibrated: Weights = np.interp(inside, self.before, self.after) + (weight - inside)
        return calibrated


def identity() -> Calibration:
    """Weights as they are."""
    return Calibration(method=CalibrationMethod.NONE, before=np.zeros(0), after=np.zeros(0))


def sigmoid(weight: Weights, share: Weights) -> Calibration:
    """Platt's: the straight line of log odds under which the pairs' shares of matches are likeliest."""

    def loss(line: Weights) -> float:
        odds = (line[0] * weight + line[1]) * np.log(2)
        return float(np.sum(np.logaddexp(0, odds) - share * odds))

    bounds = ((_LEAST_SLOPE, _MOST_SLOPE), (-_REACH, _REACH))
    slope, shift = minimize(loss, np.array([1.0, 0.0]), method="L-BFGS-B", bounds=bounds).x
    before = np.unique([weight.min(), weight.max()])
    return _fading(CalibrationMethod.SIGMOID, before, slope * before + shift)


def isotonic(weight: Weights, share: Weights) -> Calibration:
    """The rising steps that fit the pairs' shares of matches best, joined at their middles; the outermost reach to their ends."""
    levels, position = np.unique(weight, return_inverse=True)
    pairs = np.bincount(position).astype(np.float64)
    matches = np.bincount(position, weights=share)
    step = _steps(isotonic_regression(matches / pairs, weights=pairs).blocks, pairs)
    size, matches = np.bincount(step, weights=pairs), np.bincount(step, weights=matches)
    usual = float(np.clip(share.mean(), *_USUAL))
    smooth = (matches + _PRIOR * usual) / (size + _PRIOR)
    after = isotonic_regression(np.log2(smooth / (1 - smooth)), weights=size).x
    middle = np.bincount(step, weights=pairs * levels) / size
    before, first = np.unique(np.concatenate([levels[:1], middle, levels[-1:]]), return_index=True)
    ends = np.concatenate([after[:1], after, after[-1:]])[first]
    return _fading(CalibrationMethod.ISOTONIC, before, _rising(before, ends))


def _steps(begins: NDArray[np.integer[Any]], pairs: Weights) -> NDArray[np.int64]:
    """The step of each level of weight, from where steps begin: one of fewer than _LEAST_STEP pairs is joined with what
    follows, the last with what goes before."""
    kept = [0]
    total = np.concatenate([[0.0], np.cumsum(pairs)])
    for begin in begins[1:-1].tolist():
        if total[begin] - total[kept[-1]] >= _LEAST_STEP <= total[-1] - total[begin]:
            kept.append(begin)
    return np.searchsorted(kept, np.arange(len(pairs)), side="right") - 1


def _fading(method: CalibrationMethod, before: Weights, after: Weights) -> Calibration:
    """The line through the knots, whose first and last shift fade out beyond them."""
    low = before[0] - _FADE * abs(after[0] - before[0])
    high = before[-1] + _FADE * abs(after[-1] - before[-1])
    # nothing fades where nothing was shifted, and a knot must not come twice
    ends = (np.array([low]) if low < before[0] else np.zeros(0), np.array([high]) if high > before[-1] else np.zeros(0))
    return Calibration(
        method=method,
        before=np.concatenate([ends[0], before, ends[1]]),
        after=np.concatenate([ends[0], after, ends[1]]),
    )


def _rising(before: Weights, after: Weights) -> Weights:
    """The same made to rise everywhere."""
    slope = _LEAST_RISE * before
    rising: Weights = np.maximum.accumulate(after - slope) + slope
    return rising
