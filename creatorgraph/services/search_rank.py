"""The ranking formula: what a creator's score is made of, and why it stands where it stands."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from itertools import count
from math import exp

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
    parts = _parts(candidates, settings, as_of)
    bare = sum((weight * values for _, weight, values in parts), np.zeros(len(candidates)))
    factor = np.array([settings.search_verified_factor if each.verified else 1.0 for each in candidates])
    # rounded: a score is a key of pages, and its last bits must not depend on how it was summed
    keys = sorted(zip(np.round(-bare * factor, 9).tolist(), (each.creator_id for each in candidates), count()))
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


def _parts(
    candidates: Sequence[Candidate], settings: Settings, as_of: datetime
) -> list[tuple[str, float, NDArray[np.float64]]]:
    """Name, weight and values of each part of the formula; the values in the order of the candidates."""

    def column(values: Iterable[float]) -> NDArray[np.float64]:
        return np.fromiter(values, dtype=np.float64, count=len(candidates))

    rates = column(each.engagement_rate or 0.0 for each in candidates)
    return [
        ("semantic", settings.search_semantic_weight, column(each.relevance for each in candidates)),
        ("engagement", settings.search_engagement_weight, np.clip(rates / settings.search_engagement_cap, 0.0, 1.0)),
        (
            "follower_quality",
            settings.search_quality_weight,
            column(NEUTRAL if each.follower_quality is None else each.follower_quality for each in candidates),
        ),
        (
            "freshness",
            settings.search_freshness_weight,
            column(freshness(each.last_active_at, as_of, settings.search_freshness_days) for each in candidates),
        ),
    ]


def freshness(seen: datetime | None, as_of: datetime, days: float) -> float:
    """exp(-age / `days`); 1 for what was seen in the future, 0 for what was never seen."""
    return 0.0 if seen is None else exp(-max(0.0, (as_of - seen).total_seconds()) / _DAY / days)
