"""The figures that rank creators in a search: of those whose words match, and of those whose profiles are near."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import TSQUERY

from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.profile import ProfileId
from creatorgraph.store.number import Texts, rows_of
from creatorgraph.store.read.creator import NO_FILTER, CreatorFilter, conditions
from creatorgraph.store.read.keyset import AnySelect, Id, any_bound
from creatorgraph.store.read.search import Term, where_it_is
from creatorgraph.store.table import creator, membership, search_document

LEAST_WEIGHT = 0.5
_WEIGHTS = f"'{{1.0, {LEAST_WEIGHT}, 0.8, 0.6}}'::real[]"
"""What a word counts for in the classes D (places), C (bios), B (category, job, company) and A (names and usernames): whoever
names a place or a trade means it, while bios and names hold all sorts of words. Only their proportions count."""
SINGLE = 0.6079271
"""What ts_rank gives a word that stands once in a class of weight 1: 6 / pi^2, the first term of its sum over places."""
_PLACES = 6
"""Decimals of a share: sums may differ in their last bits."""


class RankFacts(NamedTuple):
    """The stored figures of one creator, and what it has of a query. A tuple, because a search reads hundreds of them, and rows
    are tuples already.

    `profiles` are those of its accounts by which it was found: by words all of them. `last_active` counts seconds since 1970;
    `text` is the share of the terms' worth that it has, `named` the share of the places that it names (0 to 1).
    """

    creator_id: CreatorId
    primary: ProfileId
    profiles: Sequence[ProfileId]
    engagement_rate: float | None
    follower_quality: float | None
    last_active: float | None
    verified: bool
    category: str | None
    text: float
    named: float


def facts_by_words(
    connection: sa.Connection,
    terms: Sequence[Term],
    filter_by: CreatorFilter = NO_FILTER,
    *,
    places: Sequence[Term] = (),
    every: bool,
    limit: int,
) -> list[RankFacts]:
    """Living creators that pass the filter and have one of the terms (`every`: all of them), those with the largest share of the
    terms' worth first, equals by id; at most `limit`."""
    if not terms:
        return []
    sought = terms if every else telling(terms, limit)
    found = _having(connection, terms, sought, filter_by, places, every=every, limit=limit)
    others = 1 - _worth(sought) / _worth(terms)
    if len(sought) < len(terms) and (len(found) < limit or found[-1].text <= others + 10.0**-_PLACES):
        return _having(connection, terms, terms, filter_by, places, every=every, limit=limit)
    return found


def telling(terms: Sequence[Term], limit: int) -> list[Term]:
    """Those of the terms that the best `limit` creators are likely to have one of, in their order.

    The words that tell least are those that most have, and whoever has nothing else is not among the best: `limit` have a word
    that is worth more, wherever it stands, than all of these together. After the bounds of Turtle and Flood (Query evaluation:
    strategies and optimizations, 1995). Only likely, because not all who have a word are living and pass a filter.
    """
    sure = max((LEAST_WEIGHT * term.worth for term in terms if term.documents >= limit), default=0.0)
    left, kept = 0.0, set(terms)
    for term in sorted(terms, key=lambda each: each.worth):
        left += term.worth
        if left >= sure:
            break
        kept.remove(term)
    return [term for term in terms if term in kept]


def facts_by_profiles(
    connection: sa.Connection,
    ids: Sequence[ProfileId],
    filter_by: CreatorFilter = NO_FILTER,
    *,
    terms: Sequence[Term] = (),
    places: Sequence[Term] = (),
) -> list[RankFacts]:
    """The creators of these profiles that pass the filter, by their ids."""
    statement = _by_profiles(filter_by, len(terms), len(places))
    return _facts(rows_of(connection, statement, ids=Texts(ids), **_bound(terms, places)))


def _having(
    connection: sa.Connection,
    terms: Sequence[Term],
    sought: Sequence[Term],
    filter_by: CreatorFilter,
    places: Sequence[Term],
    *,
    every: bool,
    limit: int,
) -> list[RankFacts]:
    query = (" & " if every else " | ").join(f"({term.query})" for term in sought)
    statement = _by_words(filter_by, len(terms), len(places))
    return _facts(rows_of(connection, statement, query=query, most=limit, **_bound(terms, places)))


def _facts(rows: Iterable[tuple[object, ...]]) -> list[RankFacts]:
    return list(map(RankFacts._make, rows))


def _worth(terms: Iterable[Term]) -> float:
    return sum(term.worth for term in terms)


def _bound(terms: Sequence[Term], places: Sequence[Term]) -> Mapping[str, object]:
    whole = _worth(terms)
    return {
        **{f"query_{number}": term.query for number, term in enumerate(terms)},
        **{f"share_{number}": term.worth / whole for number, term in enumerate(terms)},
        **{f"place_{number}": where_it_is(place) for number, place in enumerate(places)},
    }


def _text(terms: int) -> sa.ColumnElement[float]:
    """The share of the worth of so many terms (`query_0`, `share_0` ...) that a document has, each term's by the class of its
    best place. Written out term by term: a table of them would be made for every document."""
    score: sa.ColumnElement[float] = _number(0)
    for number in range(terms):
        rank = sa.func.ts_rank(
            sa.literal_column(_WEIGHTS), search_document.c.words, sa.bindparam(f"query_{number}", type_=TSQUERY)
        )
        share = sa.bindparam(f"share_{number}", type_=sa.Double)
        score = score + share * sa.func.least(_number(1), rank / _number(SINGLE))
    many = _number(10**_PLACES)
    return sa.cast(sa.func.round(score * many) / many, sa.Double)


def _named(places: int) -> sa.ColumnElement[float]:
    """The share of so many places (`place_0` ...) that a document names."""
    named: sa.ColumnElement[float] = _number(0)
    for number in range(places):
        there = search_document.c.words.bool_op("@@")(sa.bindparam(f"place_{number}", type_=TSQUERY))
        named = named + sa.cast(sa.cast(there, sa.Integer), sa.Double)
    return named / _number(max(1, places))


def _number(value: float) -> sa.ColumnElement[float]:
    """As a part of the text: a parameter would be one more for each place where it stands."""
    return sa.literal_column(f"{value}::float8", sa.Double)


_SECONDS = sa.cast(sa.extract("epoch", search_document.c.last_active_at), sa.Double).label("last_active")


@lru_cache(maxsize=512)
def _by_words(filter_by: CreatorFilter, terms: int, places: int) -> AnySelect:
    """Documents are ranked before creators are asked for, one by one and until there are enough: to join them first is to read
    all creators."""
    ranked = (
        sa.select(
            search_document.c.creator_id,
            search_document.c.follower_quality,
            _SECONDS,
            _text(terms).label("text"),
            _named(places).label("named"),
        )
        .where(search_document.c.words.bool_op("@@")(sa.bindparam("query", type_=TSQUERY)))
        .order_by(sa.desc("text"), search_document.c.creator_id)
        .offset(sa.literal_column("0"))
        .cte("ranked")
    )
    living = (
        sa.select(
            creator.c.primary_profile_id, creator.c.average_engagement_rate, creator.c.verified, creator.c.category
        )
        .where(creator.c.creator_id == ranked.c.creator_id, creator.c.retired_at.is_(None), *conditions(filter_by))
        .offset(sa.literal_column("0"))
        .lateral("living")
    )
    own = sa.select(membership.c.profile_id).where(membership.c.creator_id == ranked.c.creator_id).scalar_subquery()
    return (
        sa.select(
            # as text: PostgreSQL spells a UUID faster than we do
            sa.cast(ranked.c.creator_id, sa.Text).label("id"),
            living.c.primary_profile_id,
            sa.func.array(own, type_=sa.ARRAY(sa.Text)),
            living.c.average_engagement_rate,
            ranked.c.follower_quality,
            ranked.c.last_active,
            living.c.verified,
            living.c.category,
            ranked.c.text,
            ranked.c.named,
        )
        .select_from(ranked.join(living, sa.true()))
        .order_by(ranked.c.text.desc(), ranked.c.creator_id)
        .limit(sa.bindparam("most", type_=sa.Integer))
    )


@lru_cache(maxsize=512)
def _by_profiles(filter_by: CreatorFilter, terms: int, places: int) -> AnySelect:
    found = (
        sa.select(membership.c.creator_id, sa.func.array_agg(membership.c.profile_id).label("profiles"))
        .where(membership.c.profile_id == any_bound(Id))
        .group_by(membership.c.creator_id)
        .cte("found")
    )
    return (
        sa.select(
            sa.cast(found.c.creator_id, sa.Text),
            creator.c.primary_profile_id,
            found.c.profiles,
            creator.c.average_engagement_rate,
            search_document.c.follower_quality,
            _SECONDS,
            creator.c.verified,
            creator.c.category,
            sa.func.coalesce(_text(terms), _number(0)),
            sa.func.coalesce(_named(places), _number(0)),
        )
        .select_from(found)
        .join(creator, creator.c.creator_id == found.c.creator_id)
        .join(search_document, search_document.c.creator_id == found.c.creator_id, isouter=True)
        .where(creator.c.retired_at.is_(None), *conditions(filter_by))
        # what is equal is taken in the order in which it comes
        .order_by(found.c.creator_id)
    )
