"""Tenants, their keys and their use. What is read is what the transaction's role may see: one tenant's, or all tenants'."""

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa

from creatorgraph.domain.role import Role
from creatorgraph.domain.tenant import ApiKey, KeyId, Plan, Tenant, TenantId
from creatorgraph.domain.usage import UsageHour, Use
from creatorgraph.store.read.keyset import AnyRow, AnySelect, CreatorUuid, Key, Page, any_of, to_page
from creatorgraph.store.table import api_key, tenant, usage_hour

KEY_COLUMNS = [each for each in api_key.c if each.name != "secret_hash"]
_LIVING = tenant.c.disabled_at.is_(None)
STANDING = (
    api_key.c.revoked_at.is_(None) & (api_key.c.expires_at.is_(None) | (api_key.c.expires_at > sa.func.now())) & _LIVING
)


def key_by_prefix(connection: sa.Connection, prefix: str) -> tuple[ApiKey, Tenant, bytes] | None:
    """The key with its tenant and the hash of the whole key; None where it is revoked, has run out, or its tenant is disabled."""
    row = connection.execute(
        sa.select(*KEY_COLUMNS, api_key.c.secret_hash, *_labelled())
        .join(tenant, tenant.c.tenant_id == api_key.c.tenant_id)
        .where(api_key.c.prefix == prefix, STANDING)
    ).one_or_none()
    return None if row is None else (key_of(row), _joined(row), bytes(row.secret_hash))


def standing_keys(connection: sa.Connection, ids: Collection[KeyId]) -> set[KeyId]:
    """Those of these keys that still let their callers in."""
    found = connection.scalars(
        sa.select(api_key.c.key_id)
        .join(tenant, tenant.c.tenant_id == api_key.c.tenant_id)
        .where(api_key.c.key_id == any_of(list(ids), CreatorUuid), STANDING)
    )
    return {KeyId(each) for each in found}


def standing_tenants(connection: sa.Connection, ids: Collection[TenantId]) -> set[TenantId]:
    """Those of these tenants that are not disabled."""
    found = connection.scalars(
        sa.select(tenant.c.tenant_id).where(tenant.c.tenant_id == any_of(list(ids), CreatorUuid), _LIVING)
    )
    return {TenantId(each) for each in found}


def keys(connection: sa.Connection) -> list[ApiKey]:
    """All keys that may be seen here, revoked ones too, in the order of their making."""
    return [
        key_of(row)
        for row in connection.execute(sa.select(*KEY_COLUMNS).order_by(api_key.c.created_at, api_key.c.key_id))
    ]


def tenants(connection: sa.Connection) -> list[Tenant]:
    return [_tenant(row) for row in connection.execute(sa.select(tenant).order_by(tenant.c.name))]


def page_of_tenants(connection: sa.Connection, *, first: int, after: Key | None = None) -> Page[Tenant]:
    """All that may be seen here, disabled ones too, by name. The key of a row is (name, tenant_id)."""
    columns = (tenant.c.name, tenant.c.tenant_id)
    statement = sa.select(tenant).order_by(*columns).limit(first + 1)
    if after is not None:
        statement = statement.where(sa.tuple_(*columns) > sa.tuple_(*after, types=[each.type for each in columns]))
    return to_page(connection.execute(statement).all(), first, ("name", "tenant_id"), _tenant)


def tenant_by_name(connection: sa.Connection, name: str) -> Tenant | None:
    """The tenant of the name, disabled or not."""
    row = connection.execute(sa.select(tenant).where(tenant.c.name == name)).one_or_none()
    return None if row is None else _tenant(row)


def held_tenant(connection: sa.Connection, tenant_id: TenantId) -> Tenant | None:
    """The tenant, locked: who asks for it so waits until this transaction ends."""
    row = connection.execute(sa.select(tenant).where(tenant.c.tenant_id == tenant_id).with_for_update()).one_or_none()
    return None if row is None else _tenant(row)


def tenant_by_name_or_id(connection: sa.Connection, named: str) -> Tenant | None:
    """The tenant of this id or of this name, disabled or not."""
    row = connection.execute(
        sa.select(tenant).where(sa.or_(sa.cast(tenant.c.tenant_id, sa.Text) == named, tenant.c.name == named))
    ).first()
    return None if row is None else _tenant(row)


def page_of_usage(
    connection: sa.Connection, *, since: datetime, until: datetime, first: int, after: Key | None = None
) -> Page[UsageHour]:
    """What was used in the hours that begin in [since, until), the newest first. The key of a row is (hour, source)."""
    columns = (usage_hour.c.hour, usage_hour.c.source)
    statement = _usage(since, until).order_by(*(each.desc() for each in columns)).limit(first + 1)
    if after is not None:
        statement = statement.where(sa.tuple_(*columns) < sa.tuple_(*after, types=[each.type for each in columns]))
    return to_page(connection.execute(statement).all(), first, ("hour", "source"), _used)


def usage(connection: sa.Connection, *, since: datetime, until: datetime, limit: int) -> list[UsageHour]:
    """As `page_of_usage`, of all tenants that may be seen here."""
    statement = _usage(since, until).order_by(usage_hour.c.hour.desc(), usage_hour.c.tenant_id, usage_hour.c.source)
    return [_used(row) for row in connection.execute(statement.limit(limit))]


def usage_by_key(connection: sa.Connection, *, since: datetime) -> list[tuple[str, str, Use]]:
    """Tenant's name, key's prefix (else the source as it is) and sums of all hours from `since` on, in that order."""
    # a key that is gone from its table keeps its id as its name
    shown = sa.func.coalesce(api_key.c.prefix, usage_hour.c.source)
    names = ("requests", "refused", "cost", "rows")
    sums = [sa.func.sum(usage_hour.c[name]).label(f"{name}_") for name in names]
    rows = connection.execute(
        sa.select(tenant.c.name, shown.label("shown"), *sums)
        .select_from(usage_hour)
        .join(tenant, tenant.c.tenant_id == usage_hour.c.tenant_id)
        .outerjoin(api_key, sa.cast(api_key.c.key_id, sa.Text) == usage_hour.c.source)
        .where(usage_hour.c.hour >= since)
        .group_by(tenant.c.name, shown)
        .order_by(tenant.c.name, shown)
    )
    return [
        (
            row.name,
            row.shown,
            Use(requests=int(row.requests_), refused=int(row.refused_), cost=int(row.cost_), rows=int(row.rows_)),
        )
        for row in rows
    ]


def _usage(since: datetime, until: datetime) -> AnySelect:
    return sa.select(usage_hour).where(usage_hour.c.hour >= since, usage_hour.c.hour < until)


def _used(row: AnyRow) -> UsageHour:
    return UsageHour(
        tenant_id=TenantId(row.tenant_id),
        source=row.source,
        hour=row.hour,
        requests=row.requests,
        refused=row.refused,
        cost=row.cost,
        rows=row.rows,
    )


def _labelled() -> "list[sa.Label[object]]":
    return [each.label(f"tenant_{each.name}") for each in tenant.c]


def _joined(row: AnyRow) -> Tenant:
    return Tenant(
        tenant_id=TenantId(row.tenant_tenant_id),
        name=row.tenant_name,
        plan=Plan(row.tenant_plan),
        created_at=row.tenant_created_at,
        disabled_at=row.tenant_disabled_at,
    )


def _tenant(row: AnyRow) -> Tenant:
    return Tenant(
        tenant_id=TenantId(row.tenant_id),
        name=row.name,
        plan=Plan(row.plan),
        created_at=row.created_at,
        disabled_at=row.disabled_at,
    )


def key_of(row: AnyRow) -> ApiKey:
    return ApiKey(
        key_id=KeyId(row.key_id),
        tenant_id=TenantId(row.tenant_id),
        name=row.name,
        prefix=row.prefix,
        role=Role(row.role),
        created_at=row.created_at,
        expires_at=row.expires_at,
        revoked_at=row.revoked_at,
        last_used_on=row.last_used_on,
    )
