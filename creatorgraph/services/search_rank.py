"""The ranking formula: what a creator's score is made of, and why it stands where it stands."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from itertools import count
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from creatorgraph.config import Settings
from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.profile import ProfileId
from creatorgraph.store.read.keyset import Key, Page

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


class Candidate(NamedTuple):
    """A creator that a search may rank: how much it is about the query (0-1), and what is stored of it. A tuple, because a search
    makes hundreds of them.

    `engagement_rate` is percent, `last_active` counts seconds since 1970; None where it is not known.
    """

    creator_id: CreatorId
    matched: ProfileId
    relevance: float
    engagement_rate: float | None
    follower_quality: float | None
    last_active: float | None
    verified: bool


def ranked_page(
    candidates: Sequence[Candidate],
    settings: Settings,
    mode: SearchMode,
    *,
    as_of: datetime,
    first: int,
    after: Key | None = None,
    cached: bool = False,
) -> Page[Hit]:
    """The candidates by falling score, equals by id; `first` of them behind the key (score, creator_id, as_of).

    Score = (0.4 relevance + 0.3 engagement + 0.2 follower quality + 0.1 freshness) x 1.1 where verified; the figures are
    settings. Engagement is the rate over 10 %, at most 1 (0 where it is not known); freshness exp(-days / 30) since a source
    last saw one of the accounts. What the factor adds is a part of its own, so that the parts add up.
    """
    ids, _, relevance, rates, quality, seen, verified = zip(*candidates, strict=True) if candidates else [()] * 7
    parts = [
        ("semantic", settings.search_semantic_weight, _column(relevance)),
        (
            "engagement",
            settings.search_engagement_weight,
            np.clip(_column(rates, unknown=0.0) / settings.search_engagement_cap, 0.0, 1.0),
        ),
        ("follower_quality", settings.search_quality_weight, _column(quality, unknown=NEUTRAL)),
        ("freshness", settings.search_freshness_weight, freshness(seen, as_of, settings.search_freshness_days)),
    ]
    bare = sum((weight * values for _, weight, values in parts), np.zeros(len(candidates)))
    factor = np.where(np.array(verified, dtype=np.bool_), settings.search_verified_factor, 1.0)
    # rounded: a score is a key of pages, and its last bits must not depend on how it was summed
    keys = sorted(zip(np.round(-bare * factor, 9).tolist(), ids, count()))
    start = 0 if after is None else bisect_right(keys, (-after[0], after[1]), key=lambda key: key[:2])
    shown = keys[start : start + first]
    hits = []
    for score, creator_id, place in shown:
        candidate = candidates[place]
        made = [RankPart(part=name, weight=weight, value=float(values[place])) for name, weight, values in parts]
        if mode is SearchMode.TEXT:
            made[0] = replace(made[0], part="text")
        if candidate.verified:
            made.append(RankPart(part="verified", weight=settings.search_verified_factor - 1, value=float(bare[place])))
        hits.append(
            Hit(creator_id=creator_id, matched=candidate.matched, score=-score, parts=tuple(made), cached=cached)
        )
    page_keys = tuple((hit.score, hit.creator_id, as_of) for hit in hits)
    return Page(items=tuple(hits), keys=page_keys, more=start + first < len(keys))


def freshness(seen: Sequence[float | None], as_of: datetime, days: float) -> NDArray[np.float64]:
    """exp(-age / `days`) of each moment in seconds since 1970; 1 for what was seen in the future, 0 for what was never seen."""
    ages: NDArray[np.float64] = np.maximum(0.0, as_of.timestamp() - _column(seen, unknown=-np.inf))
    return np.exp(-ages / _DAY / days)


def _column(values: Sequence[float | None], *, unknown: float = np.nan) -> NDArray[np.float64]:
    column = np.array(values, dtype=np.float64)
    return np.where(np.isnan(column), unknown, column)
