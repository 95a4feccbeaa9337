"""Facets: how many creators of a set have each platform, category, language and country."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import sqlalchemy as sa

from creatorgraph.domain.creator import CreatorId
from creatorgraph.store.read.creator import CreatorFilter, conditions
from creatorgraph.store.read.keyset import CreatorUuid, any_of
from creatorgraph.store.read.search import Term, matches_every
from creatorgraph.store.table import creator, search_document


class FacetField(StrEnum):
    PLATFORM = "platform"
    CATEGORY = "category"
    LANGUAGE = "language"
    COUNTRY = "country"


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetValue:
    value: str
    creators: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """`total` creators, and per field its most frequent values with how many of them have each, equals by value."""

    total: int
    values: Mapping[FacetField, tuple[FacetValue, ...]]


def facets_of(connection: sa.Connection, ids: Sequence[CreatorId], *, most: int) -> Facets:
    """Of these creators; at most `most` values a field."""
    return _facets(connection, creator.c.creator_id == any_of(ids, CreatorUuid), most=most)


def facets_within(
    connection: sa.Connection, filter_by: CreatorFilter, terms: Sequence[Term] = (), *, most: int
) -> Facets:
    """Of all creators that pass the filter and have every term."""
    return _facets(connection, *conditions(filter_by), *matches_every(terms), most=most)


def _facets(connection: sa.Connection, *where: sa.ColumnElement[bool], most: int) -> Facets:
    matched = (
        sa.select(creator.c.platforms, creator.c.category, creator.c.language, search_document.c.country)
        .join(search_document, search_document.c.creator_id == creator.c.creator_id, isouter=True)
        .where(creator.c.retired_at.is_(None), *where)
        .cte("matched")
    )
    total = sa.select(sa.literal("").label("field"), sa.literal("").label("value"), sa.func.count().label("creators"))
    parts = [total.select_from(matched)]
    for field in FacetField:
        value = sa.func.unnest(matched.c.platforms) if field is FacetField.PLATFORM else matched.c[field.value]
        valued = sa.select(value.label("value")).select_from(matched).subquery()
        counted = (
            sa.select(sa.literal(field.value).label("field"), valued.c.value, sa.func.count().label("creators"))
            .where(valued.c.value.is_not(None))
            .group_by(valued.c.value)
            .order_by(sa.func.count().desc(), valued.c.value)
            .limit(most)
            .subquery()
        )
        parts.append(sa.select(counted))
    rows = connection.execute(sa.union_all(*parts)).all()
    return Facets(
        total=next(row.creators for row in rows if not row.field),
        values={
            field: tuple(
                sorted(
                    (FacetValue(value=row.value, creators=row.creators) for row in rows if row.field == field.value),
                    key=lambda each: (-each.creators, each.value),
                )
            )
            for field in FacetField
        },
    )
