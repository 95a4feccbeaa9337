"""Decisions: what a person said about two profiles. Append-only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from creatorgraph.domain.profile import ProfileId


class Verdict(StrEnum):
    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One statement about one pair; the newest of a pair counts. `undoes` names the decision that it takes back."""

    decision_id: str
    left: ProfileId
    right: ProfileId
    verdict: Verdict
    actor: str
    at: datetime
    comment: str | None = None
    undoes: str | None = None


def standing_decisions(decisions: Iterable[Decision]) -> dict[tuple[ProfileId, ProfileId], Decision]:
    """The newest decision of each pair (smaller id first), in any order given; what was undone does not count."""
    every = sorted(decisions, key=lambda d: (d.at, d.decision_id))
    undone = {d.undoes for d in every if d.undoes}
    return {
        (min(d.left, d.right), max(d.left, d.right)): d
        for d in every
        if d.decision_id not in undone and not d.undoes and d.left != d.right
    }
