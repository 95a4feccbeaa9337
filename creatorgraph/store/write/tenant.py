"""Tenants, their keys and their use. Secrets come in as hashes alone."""

from collections.abc import Collection, Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from creatorgraph.domain.tenant import ApiKey, KeyId, Plan, Tenant
from creatorgraph.domain.usage import UsageHour
from creatorgraph.store.read.keyset import CreatorUuid, any_of
from creatorgraph.store.table import api_key, tenant, usage_hour


def insert_tenant(connection: sa.Connection, made: Tenant) -> bool:
    """Whether the name was free; a name is never given twice, disabled or not."""
    statement = insert(tenant).values(
        tenant_id=made.tenant_id, name=made.name, plan=made.plan.value, created_at=made.created_at
    )
    written = connection.execute(statement.on_conflict_do_nothing(index_elements=["name"]).returning(tenant.c.name))
    return written.one_or_none() is not None


def change_plan(connection: sa.Connection, name: str, plan: Plan) -> bool:
    """Whether there is a tenant of the name."""
    found = connection.execute(
        tenant.update().where(tenant.c.name == name).values(plan=plan.value).returning(tenant.c.name)
    )
    return found.one_or_none() is not None


def disable_tenant(connection: sa.Connection, name: str) -> bool:
    """Its keys and its people's tokens are refused from now on; whether there is one of the name."""
    found = connection.execute(
        tenant.update()
        .where(tenant.c.name == name)
        .values(disabled_at=sa.func.coalesce(tenant.c.disabled_at, sa.func.now()))
        .returning(tenant.c.name)
    )
    return found.one_or_none() is not None


def insert_key(connection: sa.Connection, key: ApiKey, secret_hash: bytes) -> bool:
    """Whether the prefix was free."""
    statement = insert(api_key).values(
        key_id=key.key_id,
        tenant_id=key.tenant_id,
        name=key.name,
        prefix=key.prefix,
        secret_hash=secret_hash,
        role=key.role.value,
        created_at=key.created_at,
        expires_at=key.expires_at,
    )
    written = connection.execute(
        statement.on_conflict_do_nothing(index_elements=["prefix"]).returning(api_key.c.prefix)
    )
    return written.one_or_none() is not None


def revoke_key_of_id(connection: sa.Connection, key_id: KeyId) -> bool:
    """As `revoke_key`, by the key's id."""
    found = connection.execute(
        api_key.update()
        .where(api_key.c.key_id == key_id)
        .values(revoked_at=sa.func.coalesce(api_key.c.revoked_at, sa.func.now()))
        .returning(api_key.c.key_id)
    )
    return found.one_or_none() is not None


def revoke_key(connection: sa.Connection, prefix: str) -> bool:
    """Whether there is a key of the prefix; one that is revoked stays so from when it was."""
    found = connection.execute(
        api_key.update()
        .where(api_key.c.prefix == prefix)
        .values(revoked_at=sa.func.coalesce(api_key.c.revoked_at, sa.func.now()))
        .returning(api_key.c.prefix)
    )
    return found.one_or_none() is not None


def add_usage(connection: sa.Connection, used: Sequence[UsageHour]) -> None:
    """Adds to what is counted for these hours; those of tenants that are gone are dropped. One statement."""
    if not used:
        return
    names = ("tenant_id", "source", "hour", "requests", "refused", "cost", "rows")
    listed = sa.values(*(usage_hour.c[name] for name in names), name="used").data(
        [tuple(getattr(each, name) for name in names) for each in used]
    )
    of_living = sa.select(*(listed.c[name] for name in names)).join(tenant, tenant.c.tenant_id == listed.c.tenant_id)
    statement = insert(usage_hour).from_select(names, of_living)
    added = {name: usage_hour.c[name] + statement.excluded[name] for name in names[3:]}
    connection.execute(statement.on_conflict_do_update(index_elements=["tenant_id", "source", "hour"], set_=added))


def note_keys_used(connection: sa.Connection, keys: Collection[KeyId], day: date) -> None:
    """Notes the day, at most once a day for each key."""
    connection.execute(
        api_key.update()
        .where(api_key.c.key_id == any_of(list(keys), CreatorUuid), api_key.c.last_used_on.is_distinct_from(day))
        .values(last_used_on=day)
    )
