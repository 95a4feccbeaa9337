"""Collections as their tenant sees them: redirects are followed, so that merged creators count once and erased ones do not."""

from collections.abc import Sequence
from functools import cache

import sqlalchemy as sa

from creatorgraph.domain.collection import Collection, CollectionId
from creatorgraph.domain.creator import CreatorId
from creatorgraph.store.read.keyset import (
    AnyRow,
    AnySelect,
    CreatorUuid,
    Key,
    Page,
    Part,
    any_bound,
    any_of,
    part_statement,
    read_parts,
    to_page,
    wanted,
)
from creatorgraph.store.table import collection, collection_member, creator

_C = collection.c
_ENTRIES_OF = sa.text(
    """
    WITH RECURSIVE led (id) AS (
        SELECT each FROM unnest(CAST(:ids AS uuid[])) AS each
        UNION
        SELECT former.creator_id FROM creator AS former JOIN led ON former.successor_id = led.id
    )
    SELECT id::text FROM led
    """
)


def collections_by_ids(connection: sa.Connection, ids: Sequence[CollectionId]) -> list[Collection | None]:
    """One for each id, None where the tenant of this transaction has none."""
    rows = connection.execute(sa.select(collection).where(_C.collection_id == any_of(ids, CreatorUuid))).all()
    found = {each.collection_id: each for each in _counted(connection, rows)}
    return [found.get(each) for each in ids]


def page_of_collections(connection: sa.Connection, *, first: int, after: Key | None = None) -> Page[Collection]:
    """The tenant's collections by name. The key of a row is (name, collection_id)."""
    order = (_C.name.collate("C"), _C.collection_id)
    statement = sa.select(collection).order_by(*order).limit(first + 1)
    if after is not None:
        statement = statement.where(sa.tuple_(*order) > sa.tuple_(*after))
    page = to_page(connection.execute(statement).all(), first, ("name", "collection_id"), lambda row: row)
    return Page(items=tuple(_counted(connection, page.items)), keys=page.keys, more=page.more)


def count_collections(connection: sa.Connection) -> int:
    return int(connection.scalar(sa.select(sa.func.count()).select_from(collection)) or 0)


def members_of_collections(connection: sa.Connection, parts: Sequence[Part]) -> list[Page[CreatorId]]:
    """Living creators by id, each once, one page for each part. The key of a row is (creator_id,)."""
    return read_parts(connection, parts, _page_of_members(), ("creator_id",), lambda row: CreatorId(row.creator_id))


def entries_of(connection: sa.Connection, creators: Sequence[CreatorId]) -> list[CreatorId]:
    """Under which ids these creators may have been added: their own, and those that lead to them."""
    return [CreatorId(each) for each in connection.scalars(_ENTRIES_OF, {"ids": list(creators)})]


def _counted(connection: sa.Connection, rows: Sequence[AnyRow]) -> list[Collection]:
    found = connection.execute(_counts(), {"ids": [each.collection_id for each in rows]})
    counts = {row.collection_id: row.members for row in found}
    return [
        Collection(
            collection_id=CollectionId(row.collection_id),
            name=row.name,
            members=counts.get(row.collection_id, 0),
            created_at=row.created_at,
            updated_at=row.updated_at,
        )
        for row in rows
    ]


def _living(ids: str) -> sa.CTE:
    """From what was added to the collections along the redirects to who lives; `ids` names the parameter with the collections."""
    added = sa.select(collection_member.c.collection_id, collection_member.c.creator_id.label("id")).where(
        collection_member.c.collection_id == any_bound(CreatorUuid, ids)
    )
    walk = added.cte("walk", recursive=True)
    # a UNION, so that a circle would end
    walk = walk.union(
        sa.select(walk.c.collection_id, creator.c.successor_id)
        .join(creator, creator.c.creator_id == walk.c.id)
        .where(creator.c.retired_at.is_not(None), creator.c.successor_id.is_not(None))
    )
    return (
        sa.select(walk.c.collection_id, walk.c.id.label("creator_id"))
        .join(creator, creator.c.creator_id == walk.c.id)
        .where(creator.c.retired_at.is_(None))
        .cte("living")
    )


@cache
def _counts() -> AnySelect:
    living = _living("ids")
    return sa.select(living.c.collection_id, sa.func.count().label("members")).group_by(living.c.collection_id)


@cache
def _page_of_members() -> AnySelect:
    asked, living = wanted(CreatorUuid, CreatorUuid), _living("wanted_parent")
    child = (
        sa.select(living.c.creator_id)
        .where(
            living.c.collection_id == asked.c.parent,
            sa.or_(asked.c.after_0.is_(None), living.c.creator_id > asked.c.after_0),
        )
        .order_by(living.c.creator_id)
    )
    return part_statement(asked, child)
