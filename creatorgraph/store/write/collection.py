"""Collections: made, renamed, deleted, filled and emptied, by their own tenant."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from creatorgraph.domain.collection import CollectionId
from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.tenant import TenantId
from creatorgraph.store.read.keyset import CreatorUuid, any_of
from creatorgraph.store.table import collection, collection_member

_C, _M = collection.c, collection_member.c


def insert_collection(connection: sa.Connection, tenant_id: TenantId, collection_id: CollectionId, name: str) -> bool:
    """Whether the tenant had none of the name."""
    statement = insert(collection).values(tenant_id=tenant_id, collection_id=collection_id, name=name)
    made = connection.execute(statement.on_conflict_do_nothing(index_elements=["tenant_id", "name"]).returning(_C.name))
    return made.one_or_none() is not None


def rename_collection(connection: sa.Connection, collection_id: CollectionId, name: str) -> bool:
    """Whether the name was free: the collection itself is known to be there."""
    statement = collection.update().where(_C.collection_id == collection_id).values(name=name, updated_at=sa.func.now())
    try:
        with connection.begin_nested():
            connection.execute(statement)
    except sa.exc.IntegrityError:
        return False
    return True


def delete_collection(connection: sa.Connection, collection_id: CollectionId) -> bool:
    """Whether there was one of the id."""
    return connection.execute(collection.delete().where(_C.collection_id == collection_id)).rowcount > 0


def lock_collection(connection: sa.Connection, collection_id: CollectionId) -> bool:
    """Whether there is one; nobody else changes it until the transaction ends."""
    statement = sa.select(_C.collection_id).where(_C.collection_id == collection_id).with_for_update()
    return connection.execute(statement).one_or_none() is not None


def add_members(
    connection: sa.Connection, tenant_id: TenantId, collection_id: CollectionId, creators: Sequence[CreatorId]
) -> int:
    """How many were not in it."""
    if not creators:
        return 0
    rows = [{"tenant_id": tenant_id, "collection_id": collection_id, "creator_id": each} for each in creators]
    statement = insert(collection_member).values(rows).on_conflict_do_nothing().returning(_M.creator_id)
    added = len(connection.execute(statement).all())
    _touch(connection, collection_id)
    return added


def remove_members(connection: sa.Connection, collection_id: CollectionId, creators: Sequence[CreatorId]) -> int:
    """How many entries went."""
    statement = collection_member.delete().where(
        _M.collection_id == collection_id, _M.creator_id == any_of(creators, CreatorUuid)
    )
    removed = connection.execute(statement).rowcount
    _touch(connection, collection_id)
    return removed


def forget_creators(connection: sa.Connection, creators: Sequence[CreatorId]) -> int:
    """Takes them out of every collection that may be seen here; how many entries went."""
    if not creators:
        return 0
    statement = collection_member.delete().where(_M.creator_id == any_of(creators, CreatorUuid))
    return connection.execute(statement).rowcount


def _touch(connection: sa.Connection, collection_id: CollectionId) -> None:
    connection.execute(
        collection.update().where(_C.collection_id == collection_id).values(updated_at=sa.func.clock_timestamp())
    )
