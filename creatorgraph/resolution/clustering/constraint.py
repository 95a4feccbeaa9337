"""Decisions as constraints: what must be together and what must never be."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from networkx.utils import UnionFind

from creatorgraph.domain.decision import Decision, Pair, Verdict, standing_decisions
from creatorgraph.domain.profile import ProfileId
from creatorgraph.resolution.feature.incidence import Indices


@dataclass(frozen=True, slots=True, kw_only=True)
class Constraints:
    """(n, 2) rows each, smaller row first, sorted."""

    must: Indices
    never: Indices


def constraints_of(decisions: Sequence[Decision], row_of: Mapping[str, int]) -> Constraints:
    """The newest decision of each pair counts; one that was undone does not.

    A decision outlives its profiles: those that were tied to one that is gone stay tied to each other, and what was kept
    apart from it is kept apart from them.
    """
    standing = standing_decisions(decisions)
    must = [pair for pair, decision in standing.items() if decision.verdict is Verdict.SAME]
    never = [pair for pair, decision in standing.items() if decision.verdict is Verdict.DIFFERENT]
    heirs = _heirs(must, row_of)
    ties = [tie for known in heirs.values() for tie in pairwise(sorted(set(known)))]
    heir = {gone: known[0] for gone, known in heirs.items() if known}

    def row(profile_id: ProfileId) -> int | None:
        return row_of.get(profile_id, heir.get(profile_id))

    return Constraints(
        must=_pairs([*((row_of.get(one), row_of.get(other)) for one, other in must), *ties]),
        never=_pairs((row(one), row(other)) for one, other in never),
    )


def _heirs(must: Sequence[Pair], row_of: Mapping[str, int]) -> dict[ProfileId, list[int]]:
    """Of each profile that is gone the rows of those that were tied to it, the smallest first."""
    gone = {end for pair in must for end in pair if end not in row_of}
    if not gone:
        return {}
    tied: UnionFind[ProfileId] = UnionFind()
    for pair in must:
        tied.union(*pair)
    rows: defaultdict[ProfileId, list[int]] = defaultdict(list)
    for end in {end for pair in must for end in pair if end in row_of}:
        rows[tied[end]].append(row_of[end])
    return {end: sorted(rows[tied[end]]) for end in gone}


def _pairs(pairs: Iterable[tuple[int | None, int | None]]) -> Indices:
    known = {(min(one, other), max(one, other)) for one, other in pairs if one is not None and other is not None}
    return np.array(sorted(pair for pair in known if pair[0] != pair[1]), dtype=np.int64).reshape(-1, 2)
