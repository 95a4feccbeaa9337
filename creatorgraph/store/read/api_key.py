"""Keys of tenants with their tenant's name, the newest first. What is read is what the transaction's role may see."""

from dataclasses import dataclass

import sqlalchemy as sa

from creatorgraph.domain.tenant import ApiKey, KeyId, TenantId
from creatorgraph.store.read.keyset import AnyRow, AnySelect, Key, Page, to_page
from creatorgraph.store.read.tenant import KEY_COLUMNS, STANDING, key_of
from creatorgraph.store.table import api_key, tenant

_ORDER = (api_key.c.created_at, api_key.c.key_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedKey:
    """A key and the name of the tenant that it belongs to; `stands` is whether it still lets its caller in."""

    key: ApiKey
    tenant: str
    stands: bool


def page_of_keys(connection: sa.Connection, *, first: int, after: Key | None = None) -> Page[NamedKey]:
    """Keys in the order of their making. The key of a row is (created_at, key_id)."""
    statement = _named().order_by(*_ORDER).limit(first + 1)
    if after is not None:
        statement = statement.where(sa.tuple_(*_ORDER) > sa.tuple_(*after, types=[each.type for each in _ORDER]))
    return to_page(connection.execute(statement).all(), first, ("created_at", "key_id"), _with_name)


def page_of_newest_keys(
    connection: sa.Connection, *, standing: bool | None = None, first: int, after: Key | None = None
) -> Page[NamedKey]:
    """Keys of all tenants that may be seen here, the newest first. The key of a row is (created_at, key_id).

    `standing` keeps those that let their callers in, or those that do not; None: all.
    """
    statement = _named().order_by(*(each.desc() for each in _ORDER)).limit(first + 1)
    if standing is not None:
        statement = statement.where(STANDING if standing else sa.not_(STANDING))
    if after is not None:
        statement = statement.where(sa.tuple_(*_ORDER) < sa.tuple_(*after, types=[each.type for each in _ORDER]))
    return to_page(connection.execute(statement).all(), first, ("created_at", "key_id"), _with_name)


def key_by_id(connection: sa.Connection, key_id: KeyId) -> NamedKey | None:
    row = connection.execute(_named().where(api_key.c.key_id == key_id)).one_or_none()
    return None if row is None else _with_name(row)


def standing_key_named(connection: sa.Connection, tenant_id: TenantId, name: str) -> NamedKey | None:
    """The key of this tenant that has this name and still lets its caller in; the newest where several do."""
    statement = _named().where(api_key.c.tenant_id == tenant_id, api_key.c.name == name, STANDING)
    row = connection.execute(statement.order_by(*(each.desc() for each in _ORDER)).limit(1)).one_or_none()
    return None if row is None else _with_name(row)


def _named() -> AnySelect:
    return sa.select(*KEY_COLUMNS, tenant.c.name.label("tenant_name"), STANDING.label("stands")).join(
        tenant, tenant.c.tenant_id == api_key.c.tenant_id
    )


def _with_name(row: AnyRow) -> NamedKey:
    return NamedKey(key=key_of(row), tenant=row.tenant_name, stands=bool(row.stands))
