"""Training from what stewards decided, when there is enough of it, and only where it proves better.

What decisions may teach. The review queue picks pairs for their probability, and sure ones for what is odd about them (a
bridge, a second account). So decided pairs are no random sample of all pairs: counted as they are they would move the
prior to the queue's share of matches and u to what near-matches look like. But *of one pattern of levels*, and *of one
weight*, what is picked does not depend on the answer. So
- a pattern's decided pairs say which share of the pattern's pairs are matches (semi-supervised EM, estimate.Known), each
  pattern weighing what it weighs in the population; where competition had a say, the pair tells of its rivals too and is
  left out;
- a weight's decided pairs say how often pairs of this weight are matches (calibration).
Surely scored pairs are left out of both, for they were picked for being odd.

A part of the decided pairs, the same in every run (by hash of the pair), is held out. What was learned from the others
is used only if it foretells the held-out answers better than the model without decisions by more than chance explains;
then everything is learned anew from all of them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import NDArray

from creatorgraph.resolution.clustering.constraint import Constraints
from creatorgraph.resolution.feature.incidence import Indices
from creatorgraph.resolution.model.calibration import Calibration, CalibrationMethod, identity, isotonic, sigmoid
from creatorgraph.resolution.model.estimate import Estimate, Known, probability_of
from creatorgraph.resolution.model.pattern import Patterns

Weights = NDArray[np.float64]
Flags = NDArray[np.bool_]

LEAST_DECIDED = 50
"""Decided pairs of each verdict from which there is something to learn. Of a share near a half 100 answers tell .1."""
UNSURE_BITS = 4.5
"""A pair whose weight is farther from even odds (probability under .04 or over .96) was not picked for being unsure."""
_ALONE_BITS = 1.0
"""Competition that took or gave less hardly had a say."""
_HELD_OUT = 3
"""Every third pair, by its hash, is held out."""
_BINS = 10


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
    """Final weights of all candidate pairs before calibration, and what competition added to them."""

    weight: Weights
    competition: Weights


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
    if not _enough(decided):
        return Trained(fitted=alone, calibration=identity(), report=_counts(decided))
    scoring = score(alone)
    usable = decided.subset(np.abs(scoring.weight[decided.row]) <= UNSURE_BITS)
    learned, held = usable.subset(~usable.held_out), usable.subset(usable.held_out)
    if not _enough(usable) or not len(held.row) or not 0 < learned.same.sum() < len(learned.same):
        return Trained(fitted=alone, calibration=identity(), report=_counts(usable))
    told = fit(_known(learned, patterns, scoring))
    losses: dict[tuple[bool, CalibrationMethod], Weights] = {}
    eces: dict[str, float] = {}
    for with_decisions, weight in ((False, scoring.weight), (True, score(told).weight)):
        for method in CalibrationMethod:
            calibration = _calibrated(method, weight[learned.row], learned.same)
            foretold = probability_of(calibration.apply(weight[held.row]))
            losses[with_decisions, method] = _log_losses(foretold, held.same)
            eces[_name(with_decisions, method)] = round(_ece(foretold, held.same), 6)
    chosen = _chosen(losses)
    with_decisions, method = chosen
    fitted = fit(_known(usable, patterns, scoring)) if with_decisions else alone
    weight = score(fitted).weight if with_decisions else scoring.weight
    return Trained(
        fitted=fitted,
        calibration=_calibrated(method, weight[usable.row], usable.same),
        report={
            **_counts(usable),
            "held_out": len(held.row),
            "log_loss": {_name(*choice): round(float(loss.mean()), 6) for choice, loss in losses.items()},
            "ece": eces,
            "chosen": _name(*chosen),
        },
    )


def _enough(decided: DecidedPairs) -> bool:
    same = int(decided.same.sum())
    return min(same, len(decided.same) - same) >= LEAST_DECIDED


def _counts(decided: DecidedPairs) -> dict[str, Any]:
    same = int(decided.same.sum())
    return {
        "same": same,
        "different": len(decided.same) - same,
        "least_of_each": LEAST_DECIDED,
        "chosen": _name(False, CalibrationMethod.NONE),
    }


def _name(with_decisions: bool, method: CalibrationMethod) -> str:
    base = "decisions" if with_decisions else "unsupervised"
    return base if method is CalibrationMethod.NONE else f"{base}, {method.value}"


def _known(decided: DecidedPairs, patterns: Patterns, scoring: Scoring) -> Known:
    alone = decided.subset(np.abs(scoring.competition[decided.row]) < _ALONE_BITS)
    pattern = patterns.of_pair[alone.row]
    size = len(patterns.counts)
    return Known(
        decided=np.bincount(pattern, minlength=size).astype(np.float64),
        same=np.bincount(pattern, weights=alone.same, minlength=size).astype(np.float64),
    )


def _calibrated(method: CalibrationMethod, weight: Weights, same: Flags) -> Calibration:
    match method:
        case CalibrationMethod.SIGMOID:
            return sigmoid(weight, same)
        case CalibrationMethod.ISOTONIC:
            return isotonic(weight, same)
        case CalibrationMethod.NONE:
            return identity()


def _chosen(losses: dict[tuple[bool, CalibrationMethod], Weights]) -> tuple[bool, CalibrationMethod]:
    """The choice of the least loss, if its gain over no decisions is more than a standard error of that gain."""
    plain = (False, CalibrationMethod.NONE)
    best = min(losses, key=lambda choice: (float(losses[choice].mean()), choice))
    gain = losses[plain] - losses[best]
    error = float(gain.std(ddof=1) / np.sqrt(len(gain))) if len(gain) > 1 else np.inf
    return best if float(gain.mean()) > error else plain


def _log_losses(probability: Weights, same: Flags) -> Weights:
    losses: Weights = -np.log(np.where(same, probability, 1 - probability))
    return losses


def _ece(probability: Weights, same: Flags) -> float:
    """Expected calibration error over _BINS bins of equal width (Naeini, Cooper and Hauskrecht, AAAI 2015)."""
    place = np.minimum((probability * _BINS).astype(np.int64), _BINS - 1)
    believed = np.bincount(place, weights=probability, minlength=_BINS)
    found = np.bincount(place, weights=same, minlength=_BINS)
    return float(np.abs(believed - found).sum() / max(len(same), 1))
