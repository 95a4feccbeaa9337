"""Creators: by id, page by page with a filter, and what became of ids that are retired."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from creatorgraph.domain.creator import CreatorId, CreatorKind, GoldenField, GoldenRecord
from creatorgraph.domain.platform import Platform
from creatorgraph.domain.profile import ProfileId
from creatorgraph.store.read.keyset import AnyRow, CreatorUuid, Key, Page, any_bound, any_of, to_page
from creatorgraph.store.table import creator, membership, search_document


@dataclass(frozen=True, slots=True, kw_only=True)
class CreatorSeen:
    """A living creator without the list of its members (`members` is their number)."""

    creator_id: CreatorId
    display_name: str
    kind: CreatorKind
    golden: GoldenRecord
    members: int
    version: int
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CreatorFilter:
    """All that is set must hold. `platforms`: a profile on one of them. The texts are sought anywhere, in any case.

    Engagement is in percent, `country` an ISO 3166-1 code. `country` and `active_since` go by the search documents.
    """

    platforms: tuple[Platform, ...] | None = None
    min_followers: int | None = None
    max_followers: int | None = None
    category: str | None = None
    language: str | None = None
    location_contains: str | None = None
    name_contains: str | None = None
    verified: bool | None = None
    min_members: int | None = None
    min_engagement: float | None = None
    max_engagement: float | None = None
    country: str | None = None
    active_since: datetime | None = None


class CreatorOrderField(StrEnum):
    FOLLOWERS = "followers"
    NAME = "name"
    UPDATED = "updated"
    CREATED = "created"


NO_FILTER = CreatorFilter()

_FIELDS = ("creator_id", "display_name", "kind", "members", "version", "created_at", "updated_at")
_COLUMNS = [
    creator.c[name]
    for name in (
        *_FIELDS, "golden", "primary_profile_id", "platforms", "total_followers", "average_engagement_rate", "verified",
    )
]  # fmt: skip
# a creator_id is a UUIDv7, so its order is the order of creation
_KEYS: Mapping[CreatorOrderField, tuple[str, ...]] = {
    CreatorOrderField.FOLLOWERS: ("total_followers", "creator_id"),
    CreatorOrderField.NAME: ("display_name", "creator_id"),
    CreatorOrderField.UPDATED: ("updated_at", "creator_id"),
    CreatorOrderField.CREATED: ("creator_id",),
}

# made once: putting a statement together takes longer than running it
_BY_ID = sa.select(*_COLUMNS).where(creator.c.creator_id == any_bound(CreatorUuid), creator.c.retired_at.is_(None))


def creators_by_ids(connection: sa.Connection, ids: Sequence[CreatorId]) -> list[CreatorSeen | None]:
    """One entry per id, in the order of `ids`; None where no living creator has it."""
    rows = connection.execute(_BY_ID, {"ids": list(ids)})
    found = {row.creator_id: to_creator(row) for row in rows}
    return [found.get(each) for each in ids]


def page_of_creators(
    connection: sa.Connection,
    filter_by: CreatorFilter = NO_FILTER,
    *,
    order_by: CreatorOrderField = CreatorOrderField.FOLLOWERS,
    descending: bool = True,
    first: int,
    after: Key | None = None,
) -> Page[CreatorSeen]:
    """Living creators that pass the filter. The key is the value that orders them and the creator id (CREATED: the id)."""
    names = _KEYS[order_by]
    columns = [creator.c[name] for name in names]
    statement = sa.select(*_COLUMNS).where(creator.c.retired_at.is_(None), *conditions(filter_by))
    if after is not None:
        here, there = (
            sa.tuple_(*columns),
            sa.tuple_(*(sa.bindparam(None, v, c.type) for v, c in zip(after, columns, strict=True))),
        )
        statement = statement.where(here < there if descending else here > there)
    statement = statement.order_by(*(column.desc() if descending else column for column in columns)).limit(first + 1)
    return to_page(connection.execute(statement).all(), first, names, to_creator)


def matching_creators(
    connection: sa.Connection, profile_ids: Sequence[ProfileId], filter_by: CreatorFilter = NO_FILTER
) -> dict[ProfileId, CreatorId]:
    """The creators of those profiles whose creator passes the filter; profiles without one are left out."""
    statement = (
        sa.select(membership.c.profile_id, membership.c.creator_id)
        .join(creator, creator.c.creator_id == membership.c.creator_id)
        .where(
            membership.c.profile_id == any_of(profile_ids, sa.Text(collation="C")),
            creator.c.retired_at.is_(None),
            *conditions(filter_by),
        )
    )
    return {ProfileId(row.profile_id): CreatorId(row.creator_id) for row in connection.execute(statement)}


def redirects(connection: sa.Connection) -> dict[CreatorId, CreatorId | None]:
    """Every retired id and what it leads to, one step on."""
    rows = connection.execute(
        sa.select(creator.c.creator_id, creator.c.successor_id).where(creator.c.retired_at.is_not(None))
    )
    return {CreatorId(row.creator_id): CreatorId(row.successor_id) if row.successor_id else None for row in rows}


def conditions(filter_by: CreatorFilter) -> list[sa.ColumnElement[bool]]:
    """The filter as conditions on the creator table."""
    found: list[sa.ColumnElement[bool] | None] = [
        creator.c.platforms.bool_op("&&")(sa.cast([p.value for p in filter_by.platforms], sa.ARRAY(sa.Text)))
        if filter_by.platforms is not None
        else None,
        creator.c.total_followers >= filter_by.min_followers if filter_by.min_followers is not None else None,
        creator.c.total_followers <= filter_by.max_followers if filter_by.max_followers is not None else None,
        creator.c.category == filter_by.category if filter_by.category is not None else None,
        creator.c.language == filter_by.language if filter_by.language is not None else None,
        creator.c.location.icontains(filter_by.location_contains, autoescape=True)
        if filter_by.location_contains is not None
        else None,
        creator.c.display_name.icontains(filter_by.name_contains, autoescape=True)
        if filter_by.name_contains is not None
        else None,
        creator.c.verified.is_(filter_by.verified) if filter_by.verified is not None else None,
        creator.c.members >= filter_by.min_members if filter_by.min_members is not None else None,
        creator.c.average_engagement_rate >= filter_by.min_engagement if filter_by.min_engagement is not None else None,
        creator.c.average_engagement_rate <= filter_by.max_engagement if filter_by.max_engagement is not None else None,
        _documented(search_document.c.country == filter_by.country) if filter_by.country is not None else None,
        _documented(search_document.c.last_active_at >= filter_by.active_since)
        if filter_by.active_since is not None
        else None,
    ]
    return [condition for condition in found if condition is not None]


def _documented(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """Of a creator's search document, wherever the creator is selected from."""
    return creator.c.creator_id.in_(sa.select(search_document.c.creator_id).where(condition))


def to_creator(row: AnyRow) -> CreatorSeen:
    fields = {name: _golden(value) for name, value in row.golden.items()}
    return CreatorSeen(
        golden=GoldenRecord(
            **fields,
            primary_profile=ProfileId(row.primary_profile_id),
            platforms=tuple(Platform(each) for each in row.platforms),
            total_followers=row.total_followers,
            average_engagement_rate=row.average_engagement_rate,
            verified_anywhere=row.verified,
        ),
        kind=CreatorKind(row.kind),
        **{name: getattr(row, name) for name in _FIELDS if name != "kind"},
    )


def _golden(value: dict[str, Any] | None) -> Any:
    if value is None:
        return None
    return GoldenField(
        value=value["value"],
        source=ProfileId(value["source"]),
        confidence=value["confidence"],
        alternatives=tuple(value["alternatives"]),
    )
