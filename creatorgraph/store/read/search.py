"""What ranks creators in a search: those whose words match, and the figures of any of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import TSQUERY

from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.profile import ProfileId
from creatorgraph.store.read.creator import NO_FILTER, CreatorFilter, conditions
from creatorgraph.store.read.keyset import CreatorUuid, any_of
from creatorgraph.store.table import creator, membership, search_document

CLASS_WEIGHTS = (1.0, 0.5, 0.8, 0.6)
"""What a word counts for in the classes D (places), C (bios), B (category, job, company) and A (names and usernames): whoever
names a place or a trade means it, while bios and names hold all sorts of words. Only their proportions count."""
_COUNTS = Path(__file__).with_name("term_count.sql").read_text()

SINGLE = 0.6079271
"""What ts_rank gives a word that stands once in a class of weight 1: 6 / pi^2, the first term of its sum over places."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A part of a query as a tsquery, and what finding it is worth."""

    query: str
    worth: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RankFacts:
    """The stored figures of one creator; `text` is 0 to 1, the share of the terms' worth that its words have."""

    creator_id: CreatorId
    primary: ProfileId
    engagement_rate: float | None
    follower_quality: float | None
    last_active_at: datetime | None
    verified: bool
    text: float


def profiles_within(connection: sa.Connection, filter_by: CreatorFilter, *, limit: int) -> list[ProfileId]:
    """The profiles of creators that pass the filter, at most `limit`, in no order."""
    statement = (
        sa.select(membership.c.profile_id)
        .join(creator, creator.c.creator_id == membership.c.creator_id)
        .where(creator.c.retired_at.is_(None), *conditions(filter_by))
        .limit(limit)
    )
    return [ProfileId(each) for each in connection.scalars(statement)]


def term_counts(connection: sa.Connection, queries: Sequence[str], *, common: float) -> tuple[dict[str, int], int]:
    """How many documents each of these tsqueries matches, and how many documents there are.

    Counted exactly, but for single words that more than the share `common` of the documents has: those are known from the
    planner's statistics, and left out, because to read where they stand is what would cost.
    """
    rows = connection.execute(sa.text(_COUNTS), {"queries": list(queries), "common": common}).all()
    total = rows[0].total if rows else 0
    if total <= 0:
        # never analysed: a table that is new, and small
        total = connection.scalar(sa.select(sa.func.count()).select_from(search_document)) or 0
    return {row.query: row.documents for row in rows}, int(total)


def text_matches(
    connection: sa.Connection, terms: Sequence[Term], filter_by: CreatorFilter = NO_FILTER, *, every: bool, limit: int
) -> list[tuple[CreatorId, float]]:
    """Living creators that pass the filter and have one of the terms (`every`: all of them), with their share of the
    terms' worth (0-1), the best first, equals by id; at most `limit`."""
    if not terms:
        return []
    score = _score(terms)
    statement = sa.select(search_document.c.creator_id, score.label("score")).join(
        creator, creator.c.creator_id == search_document.c.creator_id
    )
    matches = matches_every(terms)
    statement = (
        statement.where(
            sa.and_(*matches) if every else sa.or_(*matches), creator.c.retired_at.is_(None), *conditions(filter_by)
        )
        .order_by(score.desc(), search_document.c.creator_id)
        .limit(limit)
    )
    return [(CreatorId(row.creator_id), row.score) for row in connection.execute(statement)]


def rank_facts(connection: sa.Connection, ids: Sequence[CreatorId], terms: Sequence[Term]) -> list[RankFacts]:
    """The figures of each of these creators that is living, in no order."""
    statement = (
        sa.select(
            creator.c.creator_id,
            creator.c.primary_profile_id,
            creator.c.average_engagement_rate,
            creator.c.verified,
            search_document.c.follower_quality,
            search_document.c.last_active_at,
            sa.func.coalesce(_score(terms), 0.0).label("text"),
        )
        .join(search_document, search_document.c.creator_id == creator.c.creator_id, isouter=True)
        .where(creator.c.creator_id == any_of(ids, CreatorUuid), creator.c.retired_at.is_(None))
    )
    return [
        RankFacts(
            creator_id=CreatorId(row.creator_id),
            primary=ProfileId(row.primary_profile_id),
            engagement_rate=row.average_engagement_rate,
            follower_quality=row.follower_quality,
            last_active_at=row.last_active_at,
            verified=row.verified,
            text=row.text,
        )
        for row in connection.execute(statement)
    ]


def matches_every(terms: Sequence[Term]) -> list[sa.ColumnElement[bool]]:
    """One condition on the search documents for each of the terms."""
    return [search_document.c.words.bool_op("@@")(_query(term)) for term in terms]


def _query(term: Term) -> sa.ColumnElement[object]:
    return sa.cast(term.query, TSQUERY)


def _score(terms: Sequence[Term]) -> sa.ColumnElement[float]:
    """The share of the terms' worth that a document has, each term's by the class of its best place."""
    whole = sum(term.worth for term in terms)
    if not whole:
        return sa.literal(0.0, sa.Float())
    weights = sa.cast(list(CLASS_WEIGHTS), sa.ARRAY(sa.REAL))
    parts = [
        term.worth
        / whole
        * sa.func.least(1.0, sa.func.ts_rank(weights, search_document.c.words, _query(term)) / SINGLE)
        for term in terms
    ]
    # a query has a handful of terms
    found: sa.ColumnElement[float] = parts[0]
    for part in parts[1:]:
        found = found + part
    return sa.func.round(sa.cast(found, sa.Numeric), 6).cast(sa.Float())
