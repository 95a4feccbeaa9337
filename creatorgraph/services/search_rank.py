"""The ranking formula: what a creator's score is made of, and why it stands where it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from math import exp

from creatorgraph.config import Settings
from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.profile import ProfileId

NEUTRAL = 0.5
"""The follower quality of creators of whom it is not known: neither for nor against them."""
_DAY = 86_400.0


class SearchMode(StrEnum):
    HYBRID = "hybrid"
    """By meaning and by words, fused."""
    SEMANTIC = "semantic"
    """By meaning: cosine of the query's vector and the profile's, by exact or approximate nearest neighbours."""
    TEXT = "text"
    """By words alone: all must be there, the last one may go on; for names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RankPart:
    """One part of a score: `contribution` = `weight` x `value`; the contributions add up to the score."""

    part: str
    weight: float
    value: float

    @property
    def contribution(self) -> float:
        return self.weight * self.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A creator that was found, through its best matching profile. `cached`: its figures were read for an earlier search."""

    creator_id: CreatorId
    matched: ProfileId
    score: float
    parts: tuple[RankPart, ...]
    cached: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A creator that a search may rank: how much it is about the query (0-1), and what is stored of it.

    `engagement_rate` is percent; None where it is not known.
    """

    creator_id: CreatorId
    matched: ProfileId
    relevance: float
    engagement_rate: float | None
    follower_quality: float | None
    last_active_at: datetime | None
    verified: bool


def ranked(candidates: Sequence[Candidate], settings: Settings, mode: SearchMode, as_of: datetime) -> list[Hit]:
    """The candidates by falling score, equals by id.

    Score = (0.4 relevance + 0.3 engagement + 0.2 follower quality + 0.1 freshness) x 1.1 where verified; the figures are
    settings. Engagement is the rate over 10 %, at most 1 (0 where it is not known); freshness exp(-days / 30) since a source
    last saw one of the accounts. What the factor adds is a part of its own, so that the parts add up.
    """
    hits = [_hit(each, settings, mode, as_of) for each in candidates]
    return sorted(hits, key=lambda hit: (-hit.score, hit.creator_id))


def _hit(candidate: Candidate, settings: Settings, mode: SearchMode, as_of: datetime) -> Hit:
    quality = candidate.follower_quality
    parts = [
        RankPart(
            part="text" if mode is SearchMode.TEXT else "semantic",
            weight=settings.search_semantic_weight,
            value=candidate.relevance,
        ),
        RankPart(
            part="engagement",
            weight=settings.search_engagement_weight,
            value=min(1.0, max(0.0, candidate.engagement_rate or 0.0) / settings.search_engagement_cap),
        ),
        RankPart(
            part="follower_quality",
            weight=settings.search_quality_weight,
            value=NEUTRAL if quality is None else quality,
        ),
        RankPart(
            part="freshness",
            weight=settings.search_freshness_weight,
            value=freshness(candidate.last_active_at, as_of, settings.search_freshness_days),
        ),
    ]
    bare = sum(part.contribution for part in parts)
    if candidate.verified:
        parts.append(RankPart(part="verified", weight=settings.search_verified_factor - 1, value=bare))
    return Hit(
        creator_id=candidate.creator_id,
        matched=candidate.matched,
        # a score is a key of pages: the last bits must not depend on how it was summed
        score=round(sum(part.contribution for part in parts), 9),
        parts=tuple(parts),
    )


def freshness(seen: datetime | None, as_of: datetime, days: float) -> float:
    """exp(-age / `days`); 1 for what was seen in the future, 0 for what was never seen."""
    return 0.0 if seen is None else exp(-max(0.0, (as_of - seen).total_seconds()) / _DAY / days)
