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
from creatorgraph.resolution.scoring import Scored
from creatorgraph.resolution.signals import SIGNALS
from creatorgraph.resolution.signals.signal import Levels

Weights = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """What to report beside the links: `pairs` of profile ids in either order, and every profile against itself."""

    pairs: Sequence[tuple[str, str]] = ()
    selves: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """The watched pairs of known profiles as rows of the population, each once, and which candidate it is (-1: none)."""

    left: Indices
    right: Indices
    candidate: Indices

    @property
    def candidates(self) -> Indices:
        """Those of the candidates that are watched, ascending."""
        return self.candidate[self.candidate >= 0]


def sought(watch: Watch, row_of: Mapping[str, int], candidates: Candidates, size: int) -> Sought:
    """`size` is the number of profiles."""
    left, right = _rows(watch, row_of)
    if not len(left) or not len(candidates.left):
        return Sought(left=left, right=right, candidate=np.full(len(left), -1, dtype=np.int64))
    code, known = left * size + right, candidates.left * size + candidates.right
    at = np.minimum(np.searchsorted(known, code), len(known) - 1)
    return Sought(left=left, right=right, candidate=np.where(known[at] == code, at, -1))


def watched(
    pairs: Sought,
    candidates: Candidates,
    scored: Scored,
    fitted: Estimate,
    calibration: Calibration,
    *,
    selves: bool,
    floor: float,
    compare: Callable[[Pairs], Levels],
) -> Watched:
    """`scored` has every candidate that is sought. `floor` is the weight in bits from which a pair is among the links;
    `compare` gives the levels of other pairs."""
    population = scored.pairs.population
    inside, outside = np.searchsorted(scored.row, pairs.candidates), np.flatnonzero(pairs.candidate < 0)
    strangers = _direct(population, pairs.left[outside], pairs.right[outside], fitted, calibration, compare)

    ids = population.table.column("profile_id").combine_chunks()
    parts = []
    for part, rules, unseen in (
        (scored.subset(inside), candidates.rules[pairs.candidates].astype(np.int64), scored.weight[inside] < floor),
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
        selves=_selves(population, fitted, calibration, compare) if selves else SELF_SCHEMA.empty_table(),
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
        row=np.full(len(left), -1, dtype=np.int64),
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
