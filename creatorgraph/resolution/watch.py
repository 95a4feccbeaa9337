"""Pairs that a caller asks about: what blocking and scoring made of them, also where no link was kept."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from creatorgraph.resolution.blocking.candidate import RULES, Candidates
from creatorgraph.resolution.comparison.pairs import Pairs
from creatorgraph.resolution.evidence import evidence_lists
from creatorgraph.resolution.feature.incidence import Indices
from creatorgraph.resolution.feature.population import Population
from creatorgraph.resolution.model.calibration import Calibration
from creatorgraph.resolution.model.estimate import Estimate, probability_of
from creatorgraph.resolution.model.score import level_scores
from creatorgraph.resolution.result import SELF_SCHEMA, WATCH_SCHEMA, Watched
from creatorgraph.resolution.signals import SIGNALS
from creatorgraph.resolution.signals.signal import Levels

Weights = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """What to report beside the links: `pairs` of profile ids in either order, and every profile against itself."""

    pairs: Sequence[tuple[str, str]] = ()
    selves: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """The candidate pairs after scoring, one entry each: levels, bits that context, competition and calibration add, the
    final weight."""

    pairs: Pairs
    levels: Levels
    context: Weights
    competition: Weights
    calibration: Weights
    weight: Weights

    def subset(self, rows: Indices) -> "Scored":
        """The same for some of the pairs."""
        return Scored(
            pairs=self.pairs.subset(rows),
            levels=self.levels[rows],
            context=self.context[rows],
            competition=self.competition[rows],
            calibration=self.calibration[rows],
            weight=self.weight[rows],
        )


def watched(
    watch: Watch,
    row_of: Mapping[str, int],
    candidates: Candidates,
    scored: Scored,
    fitted: Estimate,
    calibration: Calibration,
    *,
    floor: float,
    compare: Callable[[Pairs], Levels],
) -> Watched:
    """`floor` is the weight in bits from which a pair is among the links; `compare` gives the levels of other pairs."""
    population = scored.pairs.population
    left, right = _rows(watch, row_of)
    code, known = left * population.size + right, candidates.left * population.size + candidates.right
    at = np.minimum(np.searchsorted(known, code), max(len(known) - 1, 0))
    found = known[at] == code if len(known) else np.zeros(len(code), dtype=bool)
    inside, outside = at[found], np.flatnonzero(~found)
    strangers = _direct(population, left[outside], right[outside], fitted, calibration, compare)

    ids = population.table.column("profile_id").combine_chunks()
    parts = []
    for part, rules, unseen in (
        (scored.subset(inside), candidates.rules[inside], scored.weight[inside] < floor),
        (strangers, np.zeros(len(outside), dtype=np.int64), np.ones(len(outside), dtype=bool)),
    ):
        parts.append(
            pa.table(
                {
                    "left": ids.take(pa.array(part.pairs.left)),
                    "right": ids.take(pa.array(part.pairs.right)),
                    "rules": pa.array(_names(rules), pa.list_(pa.string())),
                    "probability": probability_of(part.weight),
                    "match_weight": part.weight,
                    "evidence": _evidence(part, fitted, unseen),
                },
                schema=WATCH_SCHEMA,
            )
        )
    return Watched(
        pairs=pa.concat_tables(parts).sort_by([("left", "ascending"), ("right", "ascending")]),
        selves=_selves(population, fitted, calibration, compare) if watch.selves else SELF_SCHEMA.empty_table(),
    )


def _rows(watch: Watch, row_of: Mapping[str, int]) -> tuple[Indices, Indices]:
    pairs = {
        (min(one, other), max(one, other))
        for one, other in ((row_of.get(a, -1), row_of.get(b, -1)) for a, b in watch.pairs)
        if min(one, other) >= 0 and one != other
    }
    rows = np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2)
    return rows[:, 0], rows[:, 1]


def _direct(
    population: Population,
    left: Indices,
    right: Indices,
    fitted: Estimate,
    calibration: Calibration,
    compare: Callable[[Pairs], Levels],
) -> Scored:
    """Pairs that were no candidates, scored as if they had been, each for itself."""
    pairs = Pairs(population=population, left=left, right=right)
    levels = compare(pairs)
    weight, taken = level_scores(SIGNALS, fitted, levels)
    final = calibration.apply(weight)
    return Scored(
        pairs=pairs,
        levels=levels,
        context=taken,
        competition=np.zeros(len(left)),
        calibration=final - weight,
        weight=final,
    )


def _selves(
    population: Population, fitted: Estimate, calibration: Calibration, compare: Callable[[Pairs], Levels]
) -> pa.Table:
    everyone = np.arange(population.size, dtype=np.int64)
    scored = _direct(population, everyone, everyone, fitted, calibration, compare)
    return pa.table(
        {"profile_id": population.table.column("profile_id"), "match_weight": scored.weight}, schema=SELF_SCHEMA
    )


def _names(rules: Indices) -> list[list[str]]:
    return [[name for bit, name in enumerate(RULES) if mask >> bit & 1] for mask in rules.tolist()]


def _evidence(scored: Scored, fitted: Estimate, wanted: NDArray[np.bool_]) -> pa.Array:
    rows = np.flatnonzero(wanted)
    part = scored.subset(rows)
    lists = evidence_lists(SIGNALS, fitted, part.pairs, part.levels, part.context, part.competition, part.calibration)
    place = np.zeros(len(wanted), dtype=np.int64)
    place[rows] = np.arange(len(rows))
    return lists.take(pa.array(place, mask=~wanted))
