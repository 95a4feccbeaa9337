"""What ranks creators in a search: those whose words match, and the figures of any of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import TSQUERY

from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.profile import ProfileId
from creatorgraph.store.read.creator import NO_FILTER, CreatorFilter, conditions
from creatorgraph.store.read.keyset import AnyRow, AnySelect, CreatorUuid, Id
from creatorgraph.store.table import creator, membership, search_document

_WEIGHTS = "'{1.0, 0.5, 0.8, 0.6}'::real[]"
"""What a word counts for in the classes D (places), C (bios), B (category, job, company) and A (names and usernames): whoever
names a place or a trade means it, while bios and names hold all sorts of words. Only their proportions count."""
_SAMPLE = 100
"""Documents with a word that are looked at for whether it is a place."""
_COUNTS = Path(__file__).with_name("term_count.sql").read_text()

SINGLE = 0.6079271
"""What ts_rank gives a word that stands once in a class of weight 1: 6 / pi^2, the first term of its sum over places."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A part of a query as a tsquery, and what finding it is worth."""

    query: str
    worth: float
    place: bool = False
    """Whether it names a place: most who have it have it there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TermCount:
    """How many documents a tsquery matches, and the share of some of them that have it in their places."""

    documents: int
    located: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RankFacts:
    """The stored figures of one creator. `profiles` are those of its accounts by which it was found: by words all of them."""

    creator_id: CreatorId
    primary: ProfileId
    profiles: tuple[ProfileId, ...]
    engagement_rate: float | None
    follower_quality: float | None
    last_active_at: datetime | None
    verified: bool
    category: str | None


def profiles_within(
    connection: sa.Connection, filter_by: CreatorFilter, *, places: Sequence[Term] = (), limit: int
) -> list[ProfileId]:
    """The profiles of creators that pass the filter and name one of the `places` (none: of all); at most `limit`, in no order."""
    statement = (
        sa.select(membership.c.profile_id)
        .join(creator, creator.c.creator_id == membership.c.creator_id)
        .where(creator.c.retired_at.is_(None), *conditions(filter_by))
        .limit(limit)
    )
    if places:
        named = sa.cast(" | ".join(f"({_there(each)})" for each in places), TSQUERY)
        statement = statement.join(search_document, search_document.c.creator_id == creator.c.creator_id).where(
            search_document.c.words.bool_op("@@")(named)
        )
    return [ProfileId(each) for each in connection.scalars(statement)]


def places_named(connection: sa.Connection, ids: Sequence[CreatorId], places: Sequence[Term]) -> dict[CreatorId, float]:
    """The share of the `places` that each of these creators names."""
    rows = connection.execute(_NAMED, {"queries": [_there(each) for each in places], "ids": list(ids)}).all()
    return {CreatorId(row.creator): row.share for row in rows}


def term_counts(
    connection: sa.Connection, queries: Sequence[str], *, common: float
) -> tuple[dict[str, TermCount], int]:
    """How many documents each of these tsqueries matches and whether it names a place, and how many documents there are.

    Counted exactly, but for single words that more than the share `common` of the documents has: those are known from the
    planner's statistics, and left out, because to read where they stand is what would cost.
    """
    bound = {"queries": list(queries), "common": common, "sample": _SAMPLE}
    rows = connection.execute(sa.text(_COUNTS), bound).all()
    total = rows[0].total if rows else 0
    if total <= 0:
        # never analysed: a table that is new, and small
        total = connection.scalar(sa.select(sa.func.count()).select_from(search_document)) or 0
    return {
        row.query: TermCount(documents=row.documents, located=row.located / row.seen if row.seen else 0.0)
        for row in rows
    }, int(total)


def facts_by_words(
    connection: sa.Connection, terms: Sequence[Term], filter_by: CreatorFilter = NO_FILTER, *, every: bool, limit: int
) -> list[tuple[RankFacts, float]]:
    """Living creators that pass the filter and have one of the terms (`every`: all of them), each with its share of the terms'
    worth (0 to 1), the largest first, equals by id; at most `limit`."""
    if not terms:
        return []
    query = (" & " if every else " | ").join(f"({term.query})" for term in terms)
    bound = {**_bound(terms), "query": query, "most": limit}
    return [(_facts(row), row.text) for row in connection.execute(_by_words(filter_by), bound).all()]


def facts_by_profiles(
    connection: sa.Connection, ids: Sequence[ProfileId], filter_by: CreatorFilter = NO_FILTER
) -> list[RankFacts]:
    """The creators of these profiles that pass the filter, in no order."""
    return [_facts(row) for row in connection.execute(_by_profiles(filter_by), {"ids": list(ids)}).all()]


def text_shares(connection: sa.Connection, ids: Sequence[CreatorId], terms: Sequence[Term]) -> dict[CreatorId, float]:
    """The share of the terms' worth that each of these creators has."""
    rows = connection.execute(_SHARES, {**_bound(terms), "ids": list(ids)}).all()
    return {CreatorId(row.creator): row.text for row in rows}


def matches_every(terms: Sequence[Term]) -> list[sa.ColumnElement[bool]]:
    """One condition on the search documents for each of the terms."""
    return [search_document.c.words.bool_op("@@")(sa.cast(term.query, TSQUERY)) for term in terms]


def _there(place: Term) -> str:
    """The place in bios and places: in a name it is somebody's name."""
    return f"{place.query}:CD"


def _bound(terms: Sequence[Term]) -> dict[str, object]:
    whole = sum(term.worth for term in terms)
    return {"queries": [term.query for term in terms], "shares": [term.worth / whole for term in terms]}


def _score() -> sa.ColumnElement[float]:
    """The share of the worth of the terms (`queries` and their `shares`) that a document has, each term's by the class of its
    best place."""
    queries = sa.bindparam("queries", type_=sa.ARRAY(TSQUERY))
    term = (
        sa.func.unnest(queries, sa.bindparam("shares", type_=sa.ARRAY(sa.Float)))
        .table_valued(sa.column("query", TSQUERY), sa.column("share", sa.Float), name="term")
        .render_derived()
    )
    rank = sa.func.ts_rank(sa.literal_column(_WEIGHTS), search_document.c.words, term.c.query)
    whole = sa.select(sa.func.sum(term.c.share * sa.func.least(1.0, rank / SINGLE)))
    return sa.func.round(sa.cast(whole.scalar_subquery(), sa.Numeric), 6).cast(sa.Float())


_FIGURES = (
    # as text: PostgreSQL spells a UUID faster than we do
    sa.cast(creator.c.creator_id, sa.Text).label("creator"),
    creator.c.primary_profile_id,
    creator.c.average_engagement_rate,
    creator.c.verified,
    creator.c.category,
    search_document.c.follower_quality,
    search_document.c.last_active_at,
)


def _facts(row: AnyRow) -> RankFacts:
    return RankFacts(
        creator_id=CreatorId(row.creator),
        primary=ProfileId(row.primary_profile_id),
        profiles=tuple(row.profiles),
        engagement_rate=row.average_engagement_rate,
        follower_quality=row.follower_quality,
        last_active_at=row.last_active_at,
        verified=row.verified,
        category=row.category,
    )


@lru_cache(maxsize=256)
def _by_words(filter_by: CreatorFilter) -> AnySelect:
    best = (
        sa.select(search_document.c.creator_id, _score().label("text"))
        .join(creator, creator.c.creator_id == search_document.c.creator_id)
        .where(
            search_document.c.words.bool_op("@@")(sa.bindparam("query", type_=TSQUERY)),
            creator.c.retired_at.is_(None),
            *conditions(filter_by),
        )
        .order_by(sa.desc("text"), search_document.c.creator_id)
        .limit(sa.bindparam("most", type_=sa.Integer))
        .cte("best")
    )
    own = sa.select(membership.c.profile_id).where(membership.c.creator_id == best.c.creator_id).scalar_subquery()
    return (
        sa.select(*_FIGURES, best.c.text, sa.func.array(own, type_=sa.ARRAY(sa.Text)).label("profiles"))
        .select_from(best)
        .join(creator, creator.c.creator_id == best.c.creator_id)
        .join(search_document, search_document.c.creator_id == best.c.creator_id)
        .order_by(best.c.text.desc(), best.c.creator_id)
    )


@lru_cache(maxsize=256)
def _by_profiles(filter_by: CreatorFilter) -> AnySelect:
    found = (
        sa.select(membership.c.creator_id, sa.func.array_agg(membership.c.profile_id).label("profiles"))
        .where(membership.c.profile_id == sa.func.any(sa.bindparam("ids", type_=sa.ARRAY(Id))))
        .group_by(membership.c.creator_id)
        .cte("found")
    )
    return (
        sa.select(*_FIGURES, found.c.profiles)
        .select_from(found)
        .join(creator, creator.c.creator_id == found.c.creator_id)
        .join(search_document, search_document.c.creator_id == found.c.creator_id, isouter=True)
        .where(creator.c.retired_at.is_(None), *conditions(filter_by))
    )


_SHARES = sa.select(sa.cast(search_document.c.creator_id, sa.Text).label("creator"), _score().label("text")).where(
    search_document.c.creator_id == sa.func.any(sa.bindparam("ids", type_=sa.ARRAY(CreatorUuid)))
)
_PLACE = (
    sa.func.unnest(sa.bindparam("queries", type_=sa.ARRAY(TSQUERY)))
    .table_valued(sa.column("query", TSQUERY))
    .render_derived("place")
)
_IS_NAMED = sa.cast(search_document.c.words.bool_op("@@")(_PLACE.c.query), sa.Integer)
_NAMED = sa.select(
    sa.cast(search_document.c.creator_id, sa.Text).label("creator"),
    sa.select(sa.cast(sa.func.avg(_IS_NAMED), sa.Float)).scalar_subquery().label("share"),
).where(search_document.c.creator_id == sa.func.any(sa.bindparam("ids", type_=sa.ARRAY(CreatorUuid))))
