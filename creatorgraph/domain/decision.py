"""Decisions: what a person said about two profiles. Append-only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from creatorgraph.domain.profile import ProfileId

Pair = tuple[ProfileId, ProfileId]
"""Two profile ids, the smaller one first."""


class Verdict(StrEnum):
    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


class Act(StrEnum):
    """What a person did; one act may write many decisions, which share their `group`."""

    DECIDE = "decide"
    MERGE = "merge"
    SPLIT = "split"
    MOVE = "move"
    UNDO = "undo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One statement about one pair; the newest of a pair counts. `undoes` names the decision that it takes back.

    `group` is the act that it is part of ("": itself alone). `blind` says that the probability was held back while the
    person decided, `shown_probability` what was shown otherwise, `item_version` which version of the review item.
    """

    decision_id: str
    left: ProfileId
    right: ProfileId
    verdict: Verdict
    actor: str
    at: datetime
    comment: str | None = None
    undoes: str | None = None
    act: Act = Act.DECIDE
    group: str = ""
    blind: bool = False
    shown_probability: float | None = None
    item_version: int | None = None

    @property
    def pair(self) -> Pair:
        return (self.left, self.right) if self.left < self.right else (self.right, self.left)


def in_order(decisions: Iterable[Decision]) -> list[Decision]:
    """Oldest first. Ids are UUIDv7, so they order what one transaction wrote at one moment."""
    return sorted(decisions, key=lambda d: (d.at, d.decision_id))


def undone_ids(decisions: Iterable[Decision]) -> frozenset[str]:
    """The ids of what was taken back. An undo that was itself taken back does not count, so undoing it is a redo."""
    undone: set[str] = set()
    for decision in reversed(in_order(decisions)):
        if decision.undoes and decision.decision_id not in undone:
            undone.add(decision.undoes)
    return frozenset(undone)


def standing_decisions(decisions: Iterable[Decision]) -> dict[Pair, Decision]:
    """The newest decision of each pair (smaller id first), in any order given; what was undone does not count."""
    every = in_order(decisions)
    undone = undone_ids(every)
    return {d.pair: d for d in every if d.decision_id not in undone and not d.undoes and d.left != d.right}


def settled_pairs(decisions: Iterable[Decision]) -> list[Pair]:
    """The pairs of which a person has said that they are the same or different: nobody need look at them again."""
    return [pair for pair, d in standing_decisions(decisions).items() if d.verdict is not Verdict.UNSURE]
