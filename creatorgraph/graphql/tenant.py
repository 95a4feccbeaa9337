"""What tenants have: their keys and their use. A caller asks for their own tenant's; who may administer, for any tenant's."""

from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

import strawberry

from creatorgraph.domain import tenant as domain
from creatorgraph.domain.role import Role, Scope
from creatorgraph.domain.tenant import Plan
from creatorgraph.domain.usage import PEOPLE
from creatorgraph.domain.usage import UsageHour as Used
from creatorgraph.graphql.context import Info
from creatorgraph.graphql.field import resolved
from creatorgraph.graphql.limit import page_size
from creatorgraph.graphql.node import API_KEY, TENANT, global_id, uuid_of
from creatorgraph.graphql.relay import After, Connection, Cursor, First
from creatorgraph.graphql.scalar import BigInt
from creatorgraph.services.tenant.reach import ask_within_reach
from creatorgraph.services.tenant.usage import usage_of
from creatorgraph.store.read.api_key import NamedKey, page_of_keys, page_of_newest_keys
from creatorgraph.store.read.tenant import page_of_tenants, tenant_by_name_or_id

KEY_CURSOR = Cursor("key", (datetime, UUID))
NEWEST_KEY_CURSOR = Cursor("key-newest", (datetime, UUID))
TENANT_CURSOR = Cursor("tenant", (str, UUID))
USAGE_CURSOR = Cursor("usage", (datetime, str))
_argument = strawberry.argument
_field = strawberry.field
TenantArgument = Annotated[
    strawberry.ID | None,
    _argument(description="The global id or UUID of a tenant, for those who may administer; null: see the field."),
]


def tenant_of(id_: str | None) -> domain.TenantId | None:
    """Raises InvalidInputError where it is the id of something else."""
    return None if id_ is None else domain.TenantId(uuid_of(TENANT, id_))


@strawberry.type(description="A key of one of the tenant's machines. The secret is nowhere to be read.")
class ApiKey:
    id: strawberry.ID = _field(description="The global id; `UsageHour.keyId` names it.")
    name: str = _field(description="What it is for.")
    prefix: str = _field(description="Its first part, to tell it by.")
    role: Role = _field(description="What it may do.")
    created_at: datetime = _field(description="When it was made.")
    expires_at: datetime | None = _field(description="When it runs out; null: never.")
    revoked_at: datetime | None = _field(description="Since when it is refused; null: it is not.")
    last_used_on: date | None = _field(description="The day of its last use, in UTC; null: never.")
    stands: bool = _field(
        description="Whether it lets its caller in: not revoked, not run out, its tenant not disabled."
    )
    tenant_id: strawberry.ID = _field(description="Whose it is.")
    tenant_name: str = _field(description="The tenant's name.")

    @classmethod
    def of(cls, named: NamedKey) -> Self:
        key = named.key
        return cls(
            id=global_id(API_KEY, key.key_id),
            name=key.name,
            prefix=key.prefix,
            role=key.role,
            created_at=key.created_at,
            expires_at=key.expires_at,
            revoked_at=key.revoked_at,
            last_used_on=key.last_used_on,
            stands=named.stands,
            tenant_id=global_id(TENANT, key.tenant_id),
            tenant_name=named.tenant,
        )


@strawberry.type(description="What one key, or the tenant's people together, used in one hour.")
class UsageHour:
    hour: datetime = _field(description="Its beginning, in UTC.")
    key_id: strawberry.ID | None = _field(description="The key; null: the tenant's people.")
    requests: BigInt = _field(description="Requests that were answered.")
    refused: BigInt = _field(description="Requests that were stopped by the rate.")
    cost: BigInt = _field(description="What was asked for, in fields of documents.")
    rows: BigInt = _field(description="What was read for it.")

    @classmethod
    def of(cls, used: Used) -> Self:
        return cls(
            hour=used.hour,
            key_id=None if used.source == PEOPLE else global_id(API_KEY, used.source),
            requests=BigInt(used.requests),
            refused=BigInt(used.refused),
            cost=BigInt(used.cost),
            rows=BigInt(used.rows),
        )


@strawberry.type(description="A tenant: who shares this deployment without being seen by the others.")
class Tenant:
    tenant_id: strawberry.Private[domain.TenantId]
    id: strawberry.ID = _field(description="The global id.")
    name: str = _field(description="Its name.")
    plan: Plan = _field(description="What was agreed on: rates, and fields that need more than the smallest.")
    created_at: datetime = _field(description="Since when it is one.")
    disabled_at: datetime | None = _field(description="Since when its keys and people are refused; null: they are not.")

    @classmethod
    def of(cls, found: domain.Tenant) -> Self:
        return cls(
            tenant_id=found.tenant_id,
            id=global_id(TENANT, found.tenant_id),
            name=found.name,
            plan=found.plan,
            created_at=found.created_at,
            disabled_at=found.disabled_at,
        )

    @resolved("Its keys in the order of their making, revoked ones too.")
    async def keys(self, info: Info, first: First, after: After = None) -> Connection[ApiKey]:
        key = KEY_CURSOR.decode(after)
        page = await info.context.engines.database.ask_for_tenant(
            self.tenant_id, page_of_keys, first=page_size(first), after=key
        )
        return KEY_CURSOR.connection(page, [ApiKey.of(each) for each in page.items], key)

    @resolved("What it used, by the hour, the newest first. Counts are some seconds behind.")
    async def usage(
        self,
        info: Info,
        since: Annotated[datetime, _argument(description="From hours on that begin here.")],
        until: Annotated[datetime, _argument(description="Up to hours that begin before; a month later at most.")],
        first: First,
        after: After = None,
    ) -> Connection[UsageHour]:
        key = USAGE_CURSOR.decode(after)
        page = await usage_of(
            info.context.engines, self.tenant_id, since=since, until=until, first=page_size(first), after=key
        )
        return USAGE_CURSOR.connection(page, [UsageHour.of(each) for each in page.items], key)


@strawberry.type
class TenantQuery:
    @resolved("The caller's own tenant; null where the caller has none. Needs the scope `usage:read`.")
    async def tenant(self, info: Info) -> Tenant | None:
        own = info.context.caller.require(Scope.USAGE)
        if own is None:
            return None
        found = await info.context.engines.database.ask_for_tenant(own, tenant_by_name_or_id, own)
        return Tenant.of(found) if found else None

    @resolved("All tenants by name, disabled ones and the operator's own too. Needs the scope `administer`.")
    async def tenants(self, info: Info, first: First, after: After = None) -> Connection[Tenant]:
        info.context.caller.require(Scope.ADMINISTER)
        key = TENANT_CURSOR.decode(after)
        page = await info.context.engines.database.ask_for_operator(page_of_tenants, first=page_size(first), after=key)
        return TENANT_CURSOR.connection(page, [Tenant.of(each) for each in page.items], key)

    @resolved(
        "Keys, the newest first: of the caller's tenant; who may administer sees all tenants', or one's. Needs the scope "
        "`usage:read`."
    )
    async def api_keys(
        self,
        info: Info,
        first: First,
        after: After = None,
        tenant: TenantArgument = None,
        standing: Annotated[
            bool | None, _argument(description="Those that let their callers in, or those that do not; null: both.")
        ] = None,
    ) -> Connection[ApiKey]:
        key = NEWEST_KEY_CURSOR.decode(after)
        page = await ask_within_reach(
            info.context.engines,
            info.context.caller,
            tenant_of(tenant),
            page_of_newest_keys,
            standing=standing,
            first=page_size(first),
            after=key,
        )
        return NEWEST_KEY_CURSOR.connection(page, [ApiKey.of(each) for each in page.items], key)
