"""A peer's clusters at other thresholds than its own."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from benchmarks.accuracy.labelled import LabelledSet
from creatorgraph.resolution.evaluation import Evaluation, evaluate

STEP = 0.5
"""Bits between two thresholds."""
HIGHEST = 40.0


@dataclass(frozen=True, slots=True, kw_only=True)
class AtThreshold:
    weight: float
    clusters: dict[str, str]
    score: Evaluation


def by_threshold(scores: Path, labelled: LabelledSet, least: float) -> Iterator[AtThreshold]:
    """Connected components over the scored pairs of at least each weight, from `least` bits upwards."""
    pairs = pq.read_table(scores)
    place = {profile: row for row, profile in enumerate(labelled.truth)}
    sides = [[place.get(profile, -1) for profile in pairs.column(f"unique_id_{side}").to_pylist()] for side in "lr"]
    left, right = (np.array(side, dtype=np.int64) for side in sides)
    weights = pairs.column("match_weight").to_numpy()
    known = (left >= 0) & (right >= 0)
    for threshold in np.arange(least, HIGHEST + STEP, STEP):
        kept = known & (weights >= threshold)
        linked = coo_array((np.ones(kept.sum(), dtype=np.int8), (left[kept], right[kept])), shape=(len(place),) * 2)
        _, labels = connected_components(linked, directed=False)
        clusters = {profile: str(label) for profile, label in zip(place, labels.tolist(), strict=True)}
        yield AtThreshold(
            weight=float(threshold), clusters=clusters, score=evaluate(clusters, labelled.truth, labelled.ignored)
        )


def best_f1(tried: list[AtThreshold]) -> AtThreshold:
    return max(tried, key=lambda found: found.score.f1)


def at_precision(tried: list[AtThreshold], precision: float) -> AtThreshold:
    """The one of most recall among those of at least `precision`; the most precise where none is."""
    enough = [found for found in tried if found.score.precision >= precision and found.score.recall > 0]
    if enough:
        return max(enough, key=lambda found: found.score.recall)
    return max(tried, key=lambda found: (found.score.recall > 0, found.score.precision))
