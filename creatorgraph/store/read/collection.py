"""Collections as their tenant sees them: redirects are followed, so that merged creators count once and erased ones do not."""

from collections.abc import Sequence

import sqlalchemy as sa

from creatorgraph.domain.collection import Collection, CollectionId
from creatorgraph.domain.creator import CreatorId
from creatorgraph.store.read.keyset import AnyRow, CreatorUuid, Key, Page, any_of, to_page
from creatorgraph.store.table import collection

_C = collection.c
# from what was added along the redirects to who lives; a UNION, so that a circle would end
_LIVING = """
    WITH RECURSIVE walk (collection_id, id) AS (
        SELECT collection_id, creator_id FROM collection_member WHERE collection_id = ANY(CAST(:collections AS uuid[]))
        UNION
        SELECT walk.collection_id, creator.successor_id FROM walk JOIN creator ON creator.creator_id = walk.id
        WHERE creator.retired_at IS NOT NULL AND creator.successor_id IS NOT NULL
    ), living AS (
        SELECT walk.collection_id, walk.id FROM walk JOIN creator ON creator.creator_id = walk.id
        WHERE creator.retired_at IS NULL
    )
"""
_COUNTS = sa.text(_LIVING + "SELECT collection_id::text AS owner, count(*) AS members FROM living GROUP BY 1")  # noqa: S608
_MEMBERS = sa.text(
    _LIVING  # noqa: S608  no value is formatted into it
    + "SELECT id::text AS creator_id FROM living WHERE CAST(:after AS uuid) IS NULL OR id > CAST(:after AS uuid) "
    "ORDER BY id LIMIT :size"
)
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


def page_of_members(
    connection: sa.Connection, collection_id: CollectionId, *, first: int, after: Key | None = None
) -> Page[CreatorId]:
    """Living creators by id, each once. The key of a row is (creator_id,)."""
    rows = connection.execute(
        _MEMBERS, {"collections": [collection_id], "after": after[0] if after else None, "size": first + 1}
    ).all()
    return to_page(rows, first, ("creator_id",), lambda row: CreatorId(row.creator_id))


def entries_of(connection: sa.Connection, creators: Sequence[CreatorId]) -> list[CreatorId]:
    """Under which ids these creators may have been added: their own, and those that lead to them."""
    return [CreatorId(each) for each in connection.scalars(_ENTRIES_OF, {"ids": list(creators)})]


def _counted(connection: sa.Connection, rows: Sequence[AnyRow]) -> list[Collection]:
    counts = {
        row.owner: row.members
        for row in connection.execute(_COUNTS, {"collections": [each.collection_id for each in rows]})
    }
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
