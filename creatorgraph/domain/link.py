"""Links: scored pairs of profiles with their evidence."""

from dataclasses import dataclass
from enum import StrEnum

from creatorgraph.domain.profile import ProfileId


class LinkDecider(StrEnum):
    """Who or what accepted or scored the link."""

    MODEL = "model"
    STEWARD = "steward"
    LINK_IN_BIO = "link_in_bio"
    PLATFORM = "platform"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What one signal saw in one pair. `match_weight` is its log2 Bayes factor (bits); 0 is neutral."""

    signal: str
    level: str
    left_value: str | None
    right_value: str | None
    match_weight: float
    explanation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A scored pair; `left` < `right` as strings, so that a pair has one spelling.

    `match_weight` is the log2 Bayes factor with the prior included, `probability` = 2^w / (1 + 2^w).
    `accepted` says that the probability reached the threshold of the run (not that the two ended in one cluster).
    """

    left: ProfileId
    right: ProfileId
    probability: float
    match_weight: float
    evidence: tuple[Evidence, ...]
    decided_by: LinkDecider = LinkDecider.MODEL
    accepted: bool = True
    model_version: str = ""
