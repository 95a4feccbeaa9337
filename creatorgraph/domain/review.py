"""Review items: what a steward should look at, why, and how much depends on it."""

from dataclasses import dataclass
from enum import StrEnum

from creatorgraph.domain.profile import ProfileId


class ReviewReason(StrEnum):
    UNCERTAIN_LINK = "uncertain_link"
    BRIDGE = "bridge"
    SAME_PLATFORM_TWICE = "same_platform_twice"
    TOO_LARGE = "too_large"
    CONFLICT = "conflict"


class ReviewState(StrEnum):
    OPEN = "open"
    CLAIMED = "claimed"
    DECIDED = "decided"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewItem:
    """`priority` = uncertainty (0-1, 1 at probability 0.5) x impact (log2 of 1 + followers that would move + members)."""

    left: ProfileId
    right: ProfileId
    reason: ReviewReason
    probability: float
    priority: float
    state: ReviewState = ReviewState.OPEN
