"""Decisions as constraints: what must be together and what must never be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from creatorgraph.domain.decision import Decision, Verdict
from creatorgraph.resolution.feature.incidence import Indices


@dataclass(frozen=True, slots=True, kw_only=True)
class Constraints:
    """(n, 2) rows each, smaller row first, sorted."""

    must: Indices
    never: Indices


def constraints_of(decisions: Sequence[Decision], row_of: Mapping[str, int]) -> Constraints:
    """The newest decision of each pair counts; one that was undone, or is of unknown profiles, does not."""
    undone = {decision.undoes for decision in decisions if decision.undoes}
    newest: dict[tuple[int, int], Decision] = {}
    for decision in sorted(decisions, key=lambda d: (d.at, d.decision_id)):
        left, right = row_of.get(decision.left), row_of.get(decision.right)
        if decision.decision_id in undone or decision.undoes or left is None or right is None or left == right:
            continue
        newest[min(left, right), max(left, right)] = decision
    return Constraints(must=_pairs(newest, Verdict.SAME), never=_pairs(newest, Verdict.DIFFERENT))


def _pairs(newest: Mapping[tuple[int, int], Decision], verdict: Verdict) -> Indices:
    pairs = sorted(pair for pair, decision in newest.items() if decision.verdict is verdict)
    return np.array(pairs, dtype=np.int64).reshape(-1, 2)
