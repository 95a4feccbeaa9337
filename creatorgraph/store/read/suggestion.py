"""Suggestions: names, usernames and categories that begin as what was typed so far."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import TSQUERY, aggregate_order_by

from creatorgraph.domain.creator import CreatorId
from creatorgraph.store.table import creator, membership, profile, search_document


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedCreator:
    """A creator with the usernames of its accounts, those with most followers first."""

    creator_id: CreatorId
    display_name: str
    followers: int
    usernames: tuple[str, ...]


def creators_named(connection: sa.Connection, queries: Sequence[str], *, limit: int) -> list[NamedCreator]:
    """Living creators whose names or usernames match all of these tsqueries, most followers first, equals by id."""
    found = (
        sa.select(creator.c.creator_id, creator.c.display_name, creator.c.total_followers)
        .join(search_document, search_document.c.creator_id == creator.c.creator_id)
        .where(
            creator.c.retired_at.is_(None),
            *(search_document.c.words.bool_op("@@")(sa.cast(query, TSQUERY)) for query in queries),
        )
        .order_by(creator.c.total_followers.desc(), creator.c.creator_id)
        .limit(limit)
        .subquery()
    )
    usernames = (
        sa.select(
            sa.func.array_agg(
                aggregate_order_by(profile.c.username, profile.c.followers.desc().nulls_last(), profile.c.profile_id)
            )
        )
        .select_from(profile.join(membership, membership.c.profile_id == profile.c.profile_id))
        .where(membership.c.creator_id == found.c.creator_id, profile.c.username.is_not(None))
        .scalar_subquery()
    )
    rows = connection.execute(
        sa.select(found, usernames.label("usernames")).order_by(found.c.total_followers.desc(), found.c.creator_id)
    )
    return [
        NamedCreator(
            creator_id=CreatorId(row.creator_id),
            display_name=row.display_name,
            followers=row.total_followers,
            usernames=tuple(row.usernames or ()),
        )
        for row in rows
    ]


def categories_like(connection: sa.Connection, prefix: str, *, limit: int) -> list[tuple[str, int]]:
    """Categories of which a word begins with `prefix`, in any case, and how many creators have each, most first."""
    escaped = prefix.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    rows = connection.execute(
        sa.select(creator.c.category, sa.func.count().label("creators"))
        .where(
            creator.c.retired_at.is_(None),
            sa.or_(
                creator.c.category.ilike(f"{escaped}%", escape="\\"),
                creator.c.category.ilike(f"% {escaped}%", escape="\\"),
            ),
        )
        .group_by(creator.c.category)
        .order_by(sa.func.count().desc(), creator.c.category)
        .limit(limit)
    )
    return [(row.category, row.creators) for row in rows]
