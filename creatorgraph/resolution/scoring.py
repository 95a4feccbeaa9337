"""Pairs and their weights: of the many candidates those that matter to anybody, with all that is known of them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from creatorgraph.domain.progress import Progress
from creatorgraph.resolution.clustering.cluster import FORGOTTEN
from creatorgraph.resolution.comparison.pairs import Pairs
from creatorgraph.resolution.feature.incidence import Indices
from creatorgraph.resolution.model.calibration import Calibration
from creatorgraph.resolution.model.competition import LEAST, competed
from creatorgraph.resolution.model.engine.port import ScoringEngine
from creatorgraph.resolution.model.estimate import Estimate
from creatorgraph.resolution.model.pattern import Patterns
from creatorgraph.resolution.model.score import level_scores
from creatorgraph.resolution.model.splink_model import splink_settings
from creatorgraph.resolution.signals import SIGNALS
from creatorgraph.resolution.signals.signal import Levels

Weights = NDArray[np.float64]

_STEP = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """Pairs after scoring, one entry each: which of the candidates it is (ascending, -1 where it is none), levels, bits that
    context, competition and calibration add, the final weight."""

    row: Indices
    pairs: Pairs
    levels: Levels
    context: Weights
    competition: Weights
    calibration: Weights
    weight: Weights

    def subset(self, rows: Indices) -> "Scored":
        """The same for some of the pairs."""
        return Scored(
            row=self.row[rows],
            pairs=self.pairs.subset(rows),
            levels=self.levels[rows],
            context=self.context[rows],
            competition=self.competition[rows],
            calibration=self.calibration[rows],
            weight=self.weight[rows],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a pair is kept for: a weight of `floor` bits or more, a say in clusters made at `threshold`, or that its `rows`
    among the candidates are asked for."""

    floor: float
    threshold: float
    rows: Indices


def scored_pairs(
    pairs: Pairs,
    patterns: Patterns,
    fitted: Estimate,
    calibration: Calibration,
    engine: ScoringEngine,
    *,
    wanted: Wanted,
    gain: Weights | None,
    progress: Progress,
) -> tuple[Scored, Weights]:
    """The wanted ones of the candidate pairs, and what winners gained in competition.

    `gain` is theirs when a model is used again. Raises UnavailableError where the engine does.
    """
    context = level_scores(SIGNALS, fitted, patterns.levels)[1]
    settings = splink_settings(SIGNALS, fitted, engine.dialect)
    told = engine.score(settings, patterns.codes, _batches(patterns), progress)
    row, weight = _kept(told, patterns, context, calibration, wanted)
    kept, pattern = pairs.subset(row), patterns.of_pair[row]
    competing, gain = competed(pairs.population, kept.left, kept.right, weight, gain)
    final = calibration.apply(competing)
    scored = Scored(
        row=row,
        pairs=kept,
        levels=patterns.levels[pattern],
        context=context[pattern],
        competition=competing - weight,
        calibration=final - competing,
        weight=final,
    )
    return scored, gain


def _batches(patterns: Patterns) -> Iterator[Indices]:
    for begin in range(0, max(len(patterns.of_pair), 1), _STEP):
        yield patterns.of_pair[begin : begin + _STEP].astype(np.int64)


def _kept(
    told: Iterable[Weights], patterns: Patterns, context: Weights, calibration: Calibration, wanted: Wanted
) -> tuple[Indices, Weights]:
    """Which candidates matter, and their weights: what is no rival to anybody keeps its weight, so it is known here."""
    least = min(wanted.floor, wanted.threshold + FORGOTTEN)
    rows, weights, begin = [], [], 0
    for batch in told:
        weight = batch + context[patterns.of_pair[begin : begin + len(batch)]]
        matters = (weight > LEAST) | (calibration.apply(weight) >= least)
        asked = wanted.rows[np.searchsorted(wanted.rows, begin) : np.searchsorted(wanted.rows, begin + len(batch))]
        matters[asked - begin] = True
        kept = np.flatnonzero(matters)
        rows.append(kept + begin)
        weights.append(weight[kept])
        begin += len(batch)
    return np.concatenate(rows), np.concatenate(weights)
