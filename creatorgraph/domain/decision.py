"""Decisions: what a person said about two profiles. Append-only."""

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
