"""Precision and recall of scored pairs at every threshold."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MOST_POINTS = 250
"""Points that a chart needs; more of them are thinned evenly over the pairs, ends and best point kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """Pairs with a probability of `threshold` or more are taken as the same."""

    threshold: float
    pairs: int
    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """`points` by falling threshold; `average_precision` is the sum of precision over each step of recall."""

    points: tuple[Point, ...]
    best: Point | None
    average_precision: float


def precision_recall(probability: NDArray[np.float64], true: NDArray[np.bool_], positives: int) -> Curve:
    """Of `probability` (n,) and `true` (n,), where `positives` true pairs exist at all: those that are not among the n
    are missed at every threshold. Without a true pair recall is 1."""
    order = np.argsort(-probability, kind="stable")
    falling, hits = probability[order], np.cumsum(true[order])
    # a threshold takes all pairs of one probability
    last = np.flatnonzero(np.diff(falling, append=-1.0))
    taken, hit = last + 1, hits[last] if len(last) else hits
    precision = hit / taken
    recall = hit / positives if positives else np.ones(len(last))
    f1 = 2 * hit / (taken + positives)
    steps = np.diff(recall, prepend=0.0)
    best = int(f1.argmax()) if len(f1) else 0

    def point(i: int) -> Point:
        return Point(
            threshold=float(falling[last[i]]),
            pairs=int(taken[i]),
            precision=float(precision[i]),
            recall=float(recall[i]),
            f1=float(f1[i]),
        )

    return Curve(
        points=tuple(point(i) for i in _thinned(taken, best)),
        best=point(best) if len(last) else None,
        average_precision=float((steps * precision).sum()),
    )


def at_threshold(probability: NDArray[np.float64], true: NDArray[np.bool_], positives: int, threshold: float) -> Point:
    """The one point of `threshold`; without any pair taken precision is 1."""
    taken = probability >= threshold
    pairs, hit = int(taken.sum()), int((taken & true).sum())
    return Point(
        threshold=threshold,
        pairs=pairs,
        precision=hit / pairs if pairs else 1.0,
        recall=hit / positives if positives else 1.0,
        f1=2 * hit / (pairs + positives) if pairs + positives else 1.0,
    )


def _thinned(taken: NDArray[np.int64], best: int) -> list[int]:
    if len(taken) <= MOST_POINTS:
        return list(range(len(taken)))
    wanted = np.linspace(taken[0], taken[-1], MOST_POINTS)
    return sorted({*np.searchsorted(taken, wanted).tolist(), best, len(taken) - 1})
