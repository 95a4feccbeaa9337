"""Training from what stewards decided, when there is enough of it, and only where it proves better.

The review queue picks what is unsure and what is odd (a link that clustering refused, a bridge, a second account). So
decided pairs are no random sample, neither of all pairs nor of the pairs of one weight: taken as one, they teach that
good links are bad (measured: docs/decisions/0013). Therefore
- in training a decided pair is known and nothing more (semi-supervised EM, estimate.Known): the prior and u are counted over
  all pairs as before, and no level counts for more because more of it was looked at;
- for calibration pairs are sorted into cells by what the queue picks them by (one bit of weight; apart, held together by
  others or by themselves alone; second account). Within a cell what is picked does not depend on the answer, so its decided pairs
  speak for all pairs of the cell (post-stratification); cells that nobody looked at stay as the model believes.

A part of the decided pairs, the same in every run (by hash of the pair), is held out. What was learned from the others
is used only if it foretells the held-out answers, each weighing what its cell weighs, better than the model without
decisions by more than chance explains; then everything is learned anew from all of them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import NDArray

from creatorgraph.resolution.clustering.constraint import Constraints
from creatorgraph.resolution.evaluation.calibration import calibration as assessed
from creatorgraph.resolution.feature.incidence import Indices
from creatorgraph.resolution.model.calibration import Calibration, CalibrationMethod, identity, isotonic, sigmoid
from creatorgraph.resolution.model.estimate import Estimate, Known, probability_of
from creatorgraph.resolution.model.pattern import Patterns

Weights = NDArray[np.float64]
Flags = NDArray[np.bool_]
Choice = tuple[bool, CalibrationMethod]

LEAST_DECIDED, LEAST_OF_EACH = 100, 10
"""Decided pairs, and such of either verdict, from which something may be learned: of a share near a half 100 answers tell
.1, and fewer than ten of one verdict may all be mistakes where one answer in twenty is."""
UNSURE_BITS = 4.5
"""A pair whose weight is farther from even odds (probability under .04 or over .96) was not picked for being unsure."""
_BELIEF = 4.0
"""The model's belief in a cell weighs as much as this many decided pairs."""
_Z95 = 1.645
"""The 95th percentile of the normal distribution: a gain that chance explains one time in twenty."""
_HELD_OUT = 3
"""Every third pair, by its hash, is held out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidedPairs:
    """Candidate pairs (`row` among them) with a standing verdict."""

    row: Indices
    same: Flags
    held_out: Flags

    def subset(self, kept: Flags) -> "DecidedPairs":
        return DecidedPairs(row=self.row[kept], same=self.same[kept], held_out=self.held_out[kept])


@dataclass(frozen=True, slots=True, kw_only=True)
class Scoring:
    """Final weights of all candidate pairs before calibration, and the number of each pair's cell."""

    weight: Weights
    cell: Indices


@dataclass(frozen=True, slots=True, kw_only=True)
class Trained:
    """`report` is JSON-able: how much was decided, log loss and ECE of each choice on the held-out part, what was chosen."""

    fitted: Estimate
    calibration: Calibration
    report: dict[str, Any]


def decided_pairs(constraints: Constraints, left: Indices, right: Indices, ids: Sequence[str]) -> DecidedPairs:
    """The decided ones of the candidate pairs, which ascend; `ids` are of the profiles by row."""
    rows, same, held_out = [], [], []
    codes = left * len(ids) + right
    for pairs, verdict in ((constraints.must, True), (constraints.never, False)):
        wanted = pairs[:, 0] * len(ids) + pairs[:, 1]
        at = np.minimum(np.searchsorted(codes, wanted), max(len(codes) - 1, 0))
        found = codes[at] == wanted if len(codes) else np.zeros(len(wanted), dtype=bool)
        rows.append(at[found])
        same.append(np.full(int(found.sum()), verdict))
        held_out += [_held_out(ids[one], ids[other]) for one, other in pairs[found].tolist()]
    return DecidedPairs(
        row=np.concatenate(rows).astype(np.int64), same=np.concatenate(same), held_out=np.array(held_out, dtype=bool)
    )


def _held_out(one: str, other: str) -> bool:
    text = f"{len(one)} {one} {other}".encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(text, digest_size=8).digest(), "big") % _HELD_OUT == 0


def train_with(
    decided: DecidedPairs,
    patterns: Patterns,
    fit: Callable[[Known | None], Estimate],
    score: Callable[[Estimate], Scoring],
) -> Trained:
    """The model of `fit`, without decisions unless they are enough and make it better; `score` says what it would give."""
    alone = fit(None)
    untaught = Trained(fitted=alone, calibration=identity(), report=_counts(decided))
    if not _enough(decided):
        return untaught
    plain = score(alone)
    decided = decided.subset(np.abs(plain.weight[decided.row]) <= UNSURE_BITS)
    learned, held = decided.subset(~decided.held_out), decided.subset(decided.held_out)
    if not _enough(decided) or not len(held.row):
        return untaught
    told = score(fit(_known(learned, patterns)))
    truth = _Cells(plain, held)
    belief = {
        (with_decisions, method): _calibrated(method, scoring, learned).apply(scoring.weight)
        for with_decisions, scoring in ((False, plain), (True, told))
        for method in CalibrationMethod
    }
    losses = {choice: truth.losses(probability_of(weight)) for choice, weight in belief.items()}
    with_decisions, method = truth.chosen(losses)
    fitted = fit(_known(decided, patterns)) if with_decisions else alone
    return Trained(
        fitted=fitted,
        calibration=_calibrated(method, score(fitted) if with_decisions else plain, decided),
        report={
            **_counts(decided),
            "held_out": len(held.row),
            "log_loss": {_name(*choice): round(truth.mean(loss), 6) for choice, loss in losses.items()},
            "ece": {_name(*choice): _ece(weight[held.row], held.same) for choice, weight in belief.items()},
            "chosen": _name(with_decisions, method),
        },
    )


class _Cells:
    """The unsure pairs by cell, with the held-out answers that speak for each."""

    def __init__(self, plain: Scoring, held: DecidedPairs) -> None:
        unsure = np.flatnonzero(np.abs(plain.weight) <= UNSURE_BITS)
        cells = int(plain.cell.max()) + 1
        size = np.bincount(plain.cell[unsure], minlength=cells)
        asked = np.bincount(plain.cell[held.row], minlength=cells)
        silent = unsure[asked[plain.cell[unsure]] == 0]
        # answers first, then the pairs of cells without any, for which the model's belief stands
        self._row = np.concatenate([held.row, silent])
        self._share = np.concatenate([held.same.astype(np.float64), probability_of(plain.weight[silent])])
        of_held = plain.cell[held.row]
        self._weight = np.concatenate([size[of_held] / asked[of_held], np.ones(len(silent))])

    def losses(self, probability: Weights) -> Weights:
        """Log loss of each answer."""
        p = probability[self._row]
        losses: Weights = -(self._share * np.log(p) + (1 - self._share) * np.log(1 - p))
        return losses

    def mean(self, losses: Weights) -> float:
        return float(np.average(losses, weights=self._weight))

    def chosen(self, losses: Mapping[Choice, Weights]) -> Choice:
        """The choice of the least loss, unless chance could explain its gain over no decisions."""
        plain = (False, CalibrationMethod.NONE)
        best = min(losses, key=lambda choice: (self.mean(losses[choice]), choice))
        gain = losses[plain] - losses[best]
        mean = self.mean(gain)
        error = float(np.sqrt(np.sum((self._weight * (gain - mean)) ** 2)) / self._weight.sum())
        return best if mean > _Z95 * error else plain


def _enough(decided: DecidedPairs) -> bool:
    same = int(decided.same.sum())
    return len(decided.same) >= LEAST_DECIDED and min(same, len(decided.same) - same) >= LEAST_OF_EACH


def _counts(decided: DecidedPairs) -> dict[str, Any]:
    same = int(decided.same.sum())
    return {
        "same": same,
        "different": len(decided.same) - same,
        "chosen": _name(False, CalibrationMethod.NONE),
    }


def _name(with_decisions: bool, method: CalibrationMethod) -> str:
    base = "decisions" if with_decisions else "unsupervised"
    return base if method is CalibrationMethod.NONE else f"{base}, {method.value}"


def _known(decided: DecidedPairs, patterns: Patterns) -> Known:
    pattern = patterns.of_pair[decided.row]
    size = len(patterns.counts)
    return Known(
        pairs=patterns.counts.astype(np.float64),
        decided=np.bincount(pattern, minlength=size).astype(np.float64),
        same=np.bincount(pattern, weights=decided.same, minlength=size).astype(np.float64),
    )


def _calibrated(method: CalibrationMethod, scoring: Scoring, decided: DecidedPairs) -> Calibration:
    """From the unsure pairs, each with the share of matches in its cell."""
    if method is CalibrationMethod.NONE:
        return identity()
    cells = int(scoring.cell.max()) + 1
    asked = np.bincount(scoring.cell[decided.row], minlength=cells)
    same = np.bincount(scoring.cell[decided.row], weights=decided.same, minlength=cells)
    unsure = np.flatnonzero(np.abs(scoring.weight) <= UNSURE_BITS)
    weight, cell = scoring.weight[unsure], scoring.cell[unsure]
    share = (same[cell] + _BELIEF * probability_of(weight)) / (asked[cell] + _BELIEF)
    return sigmoid(weight, share) if method is CalibrationMethod.SIGMOID else isotonic(weight, share)


def _ece(weight: Weights, same: Flags) -> float | None:
    measured = assessed(probability_of(weight), same)
    return None if measured is None else round(measured.ece_width, 6)
