"""Calibration: from the model's weights to weights whose probabilities come true as often as they say.

Learned from pairs that stewards decided. They are no random sample, for the review queue picks pairs by their probability;
but which share of the pairs *of one weight* is the same person does not depend on how many of that weight were picked, so
a function of the weight alone may be learned from them. Without enough decisions the weights stay as they are: the
posteriors of the model, whose competition keeps the number of matches that it expects (model/competition.py).

Isotonic regression is by pool adjacent violators (Zadrozny and Elkan, Transforming classifier scores into accurate multiclass
probability estimates, KDD 2002), the sigmoid Platt's (Probabilistic outputs for support vector machines, 1999). Both are
functions of the log odds, ascend strictly, and never reach 0 or 1.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import isotonic_regression, minimize

Weights = NDArray[np.float64]

_PRIOR = 1.0
"""Pairs that each block is given in advance, spread as the blocks' neighbours say: few pairs prove no certainty."""
_LEAST_BLOCK = 10
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


def sigmoid(weight: Weights, same: NDArray[np.bool_]) -> Calibration:
    """Platt's: the straight line of log odds that makes the decided pairs likeliest, with his targets off 0 and 1."""
    positives, negatives = int(same.sum()), int((~same).sum())
    target = np.where(same, (positives + 1) / (positives + 2), 1 / (negatives + 2))

    def loss(line: Weights) -> float:
        odds = (line[0] * weight + line[1]) * np.log(2)
        return float(np.sum(np.logaddexp(0, odds) - target * odds))

    bounds = ((_LEAST_SLOPE, _MOST_SLOPE), (-_REACH, _REACH))
    slope, shift = minimize(loss, np.array([1.0, 0.0]), method="L-BFGS-B", bounds=bounds).x
    before = np.array([weight.min(), weight.max()])
    return _fading(CalibrationMethod.SIGMOID, before, slope * before + shift)


def isotonic(weight: Weights, same: NDArray[np.bool_]) -> Calibration:
    """The rising steps that fit the decided pairs best, joined at the middle of each step."""
    order = np.argsort(weight, kind="stable")
    ordered, hit = weight[order], same[order].astype(np.float64)
    blocks = isotonic_regression(hit).blocks
    ends = _wide(np.asarray(blocks[1:]))
    size = np.diff(ends, prepend=0).astype(np.float64)
    place = np.repeat(np.arange(len(ends)), size.astype(np.int64))
    matches = np.bincount(place, weights=hit)
    usual = float(same.mean())
    share = (matches + _PRIOR * usual) / (size + _PRIOR)
    before = np.bincount(place, weights=ordered) / size
    distinct, position = np.unique(before, return_inverse=True)
    total = np.bincount(position, weights=size)
    odds = np.bincount(position, weights=np.log2(share / (1 - share)) * size) / total
    after = isotonic_regression(odds, weights=total).x
    return _fading(CalibrationMethod.ISOTONIC, distinct, _rising(distinct, after))


def _wide(ends: NDArray[np.int64]) -> NDArray[np.int64]:
    """The ends of steps of _LEAST_BLOCK pairs or more: smaller ones are joined with what follows, the last with what
    goes before."""
    kept: list[int] = []
    begin = 0
    for end in ends.tolist():
        if end - begin >= _LEAST_BLOCK:
            kept.append(end)
            begin = end
    if not kept:
        return ends[-1:]
    kept[-1] = int(ends[-1])
    return np.array(kept, dtype=np.int64)


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
