"""Review items: what a steward should look at, why, and how much depends on it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from creatorgraph.domain.decision import Pair
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


class ReviewEventKind(StrEnum):
    """What happened to an item of the queue; the history of the queue is made of these."""

    OPENED = "opened"
    CLAIMED = "claimed"
    RELEASED = "released"
    DECIDED = "decided"
    CLOSED = "closed"
    UNDONE = "undone"


class Band(StrEnum):
    """Probabilities in words; `floor` is the smallest probability of each."""

    LIKELY_SAME = "likely_same"
    LEANING_SAME = "leaning_same"
    TOSS_UP = "toss_up"
    LEANING_DIFFERENT = "leaning_different"
    LIKELY_DIFFERENT = "likely_different"

    @property
    def floor(self) -> float:
        return _FLOORS[self]


_FLOORS = {
    Band.LIKELY_SAME: 0.9,
    Band.LEANING_SAME: 0.6,
    Band.TOSS_UP: 0.4,
    Band.LEANING_DIFFERENT: 0.1,
    Band.LIKELY_DIFFERENT: 0.0,
}


def band_of(probability: float) -> Band:
    return next(band for band in Band if probability >= band.floor)


def ceiling_of(band: Band) -> float | None:
    """The probability from which the next band begins; None for the highest."""
    above = [each.floor for each in Band if each.floor > band.floor]
    return min(above) if above else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewItem:
    """`priority` = uncertainty (0-1, 1 at probability 0.5) x impact (log2 of 1 + followers that would move + members)."""

    left: ProfileId
    right: ProfileId
    reason: ReviewReason
    probability: float
    priority: float
    state: ReviewState = ReviewState.OPEN

    @property
    def pair(self) -> Pair:
        return self.left, self.right


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewComment:
    """What somebody wrote beside an item; never changed afterwards."""

    comment_id: str
    left: ProfileId
    right: ProfileId
    author: str
    text: str
    at: datetime
