"""Decisions as constraints: what must be together and what must never be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from creatorgraph.domain.decision import Decision, Verdict, standing_decisions
from creatorgraph.resolution.feature.incidence import Indices


@dataclass(frozen=True, slots=True, kw_only=True)
class Constraints:
    """(n, 2) rows each, smaller row first, sorted."""

    must: Indices
    never: Indices


def constraints_of(decisions: Sequence[Decision], row_of: Mapping[str, int]) -> Constraints:
    """The newest decision of each pair counts; one that was undone, or is of unknown profiles, does not."""
    newest = {
        (min(rows), max(rows)): decision
        for (left, right), decision in standing_decisions(decisions).items()
        if len(rows := {row_of.get(left, -1), row_of.get(right, -1)} - {-1}) == 2
    }
    return Constraints(must=_pairs(newest, Verdict.SAME), never=_pairs(newest, Verdict.DIFFERENT))


def _pairs(newest: Mapping[tuple[int, int], Decision], verdict: Verdict) -> Indices:
    pairs = sorted(pair for pair, decision in newest.items() if decision.verdict is verdict)
    return np.array(pairs, dtype=np.int64).reshape(-1, 2)
