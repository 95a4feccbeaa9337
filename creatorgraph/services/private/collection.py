"""A tenant's collections of creators. What is added leads to the living creator, whatever becomes of it later."""

from collections.abc import Sequence
from uuid import uuid4

import sqlalchemy as sa

from creatorgraph.domain.collection import (
    MOST_COLLECTIONS,
    MOST_MEMBERS,
    Collection,
    CollectionChange,
    CollectionId,
)
from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.error import InvalidInputError, NotFoundError
from creatorgraph.domain.tenant import TenantId
from creatorgraph.services.engines import Engines
from creatorgraph.store.read.collection import collections_by_ids, count_collections, entries_of
from creatorgraph.store.read.creator import creators_by_ids
from creatorgraph.store.read.history import retirements
from creatorgraph.store.write.collection import (
    add_members,
    delete_collection,
    insert_collection,
    lock_collection,
    remove_members,
    rename_collection,
)

MOST_NAME = 100
MOST_AT_ONCE = 1_000
"""Creators of one call."""


def make_collection(engines: Engines, tenant_id: TenantId, name: str) -> Collection:
    """
    Raises:
        InvalidInputError: the tenant has one of the name, or too many; or it is no name.
    """
    name = _usable(name)
    made = CollectionId(str(uuid4()))
    with engines.database.for_tenant(tenant_id) as connection:
        if count_collections(connection) >= MOST_COLLECTIONS:
            raise InvalidInputError(
                f"a tenant has {MOST_COLLECTIONS} collections at most", where="name", mend="Delete one."
            )
        if not insert_collection(connection, tenant_id, made, name):
            raise _taken()
        return _found(connection, made)


def name_collection(engines: Engines, tenant_id: TenantId, collection_id: CollectionId, name: str) -> Collection:
    """
    Raises:
        NotFoundError: the tenant has no such collection.
        InvalidInputError: another one has the name, or it is no name.
    """
    name = _usable(name)
    with engines.database.for_tenant(tenant_id) as connection:
        _lock(connection, collection_id)
        if not rename_collection(connection, collection_id, name):
            raise _taken()
        return _found(connection, collection_id)


def drop_collection(engines: Engines, tenant_id: TenantId, collection_id: CollectionId) -> bool:
    """Deletes it; whether there was one. The creators stay."""
    with engines.database.for_tenant(tenant_id) as connection:
        return delete_collection(connection, collection_id)


def add_to_collection(
    engines: Engines, tenant_id: TenantId, collection_id: CollectionId, creators: Sequence[CreatorId]
) -> CollectionChange:
    """Adds creators, retired ones as the living ones that they lead to; those that nobody has are named, the others go in.

    Raises:
        NotFoundError: the tenant has no such collection.
        InvalidInputError: too many at once, or in all.
    """
    _check_number(creators)
    with engines.database.for_tenant(tenant_id) as connection:
        _lock(connection, collection_id)
        leads = _living(connection, creators)
        known = sorted({each for each in leads.values() if each is not None})
        changed = add_members(connection, tenant_id, collection_id, known)
        found = _found(connection, collection_id)
        if found.members > MOST_MEMBERS:
            raise InvalidInputError(
                f"a collection has {MOST_MEMBERS} creators at most", where="creators", mend="Begin another one."
            )
        unknown = tuple(each for each in dict.fromkeys(creators) if leads[each] is None)
        return CollectionChange(collection=found, changed=changed, unknown=unknown)


def remove_from_collection(
    engines: Engines, tenant_id: TenantId, collection_id: CollectionId, creators: Sequence[CreatorId]
) -> CollectionChange:
    """Takes creators out, under whichever of their ids they were added; who is not in it changes nothing.

    Raises:
        NotFoundError: the tenant has no such collection.
        InvalidInputError: too many at once.
    """
    _check_number(creators)
    with engines.database.for_tenant(tenant_id) as connection:
        _lock(connection, collection_id)
        before = _found(connection, collection_id).members
        leads = _living(connection, creators)
        living = sorted({each for each in leads.values() if each is not None} | set(creators))
        remove_members(connection, collection_id, entries_of(connection, living))
        found = _found(connection, collection_id)
        unknown = tuple(each for each in dict.fromkeys(creators) if leads[each] is None)
        return CollectionChange(collection=found, changed=before - found.members, unknown=unknown)


def _living(connection: sa.Connection, creators: Sequence[CreatorId]) -> dict[CreatorId, CreatorId | None]:
    """For each id the living creator that it is, or leads to."""
    ids = list(dict.fromkeys(creators))
    seen = creators_by_ids(connection, ids)
    gone = retirements(connection, ids)
    return {
        each: each if living is not None else (ended.successor if ended is not None else None)
        for each, living, ended in zip(ids, seen, gone, strict=True)
    }


def _lock(connection: sa.Connection, collection_id: CollectionId) -> None:
    if not lock_collection(connection, collection_id):
        raise no_collection()


def _found(connection: sa.Connection, collection_id: CollectionId) -> Collection:
    [found] = collections_by_ids(connection, [collection_id])
    if found is None:
        raise no_collection()
    return found


def no_collection() -> NotFoundError:
    return NotFoundError("there is no such collection", where="id", mend="Pass an id as the API gave it.")


def _taken() -> InvalidInputError:
    return InvalidInputError("another collection has this name", where="name", mend="Give another one.")


def _usable(name: str) -> str:
    name = name.strip()
    if not name or len(name) > MOST_NAME or not name.isprintable():
        raise InvalidInputError("this is no name", where="name", mend=f"Give 1 to {MOST_NAME} printable characters.")
    return name


def _check_number(creators: Sequence[CreatorId]) -> None:
    if not 1 <= len(creators) <= MOST_AT_ONCE:
        raise InvalidInputError(
            f"{len(creators)} creators at once", where="creators", mend=f"Send 1 to {MOST_AT_ONCE} at a time."
        )
