"""What was used, by day and by key: of the caller's own tenant, or of all for who may administer."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

import strawberry

from creatorgraph.config import Settings
from creatorgraph.domain.tenant import KeyId, Plan
from creatorgraph.domain.usage import PEOPLE
from creatorgraph.graphql.context import Info
from creatorgraph.graphql.field import resolved
from creatorgraph.graphql.limit import page_size
from creatorgraph.graphql.node import API_KEY, TENANT, global_id, uuid_of
from creatorgraph.graphql.relay import After, Connection, Cursor, First
from creatorgraph.graphql.scalar import BigInt
from creatorgraph.graphql.tenant import TenantArgument, tenant_of
from creatorgraph.services.tenant import rate as rates
from creatorgraph.services.tenant.reach import ask_within_reach
from creatorgraph.services.tenant.usage import MOST_DAYS, first_day
from creatorgraph.store.read import usage as store

SOURCE_CURSOR = Cursor("usage-source", (int, UUID, str))
_argument = strawberry.argument
_field = strawberry.field
Days = Annotated[int, _argument(description=f"How many days in UTC, today the last: 1 to {MOST_DAYS}.")]


@strawberry.type(description="What was used on one day, in UTC.")
class UsageDay:
    day: date = _field(description="The day.")
    requests: BigInt = _field(description="Requests that were answered.")
    refused: BigInt = _field(description="Requests that were stopped by the rate.")
    cost: BigInt = _field(description="What was asked for, in fields of documents.")
    rows: BigInt = _field(description="What was read for it.")

    @classmethod
    def listed(cls, days: Sequence[store.UsageDay]) -> list[Self]:
        return [
            cls(
                day=each.day,
                requests=BigInt(each.use.requests),
                refused=BigInt(each.use.refused),
                cost=BigInt(each.use.cost),
                rows=BigInt(each.use.rows),
            )
            for each in days
        ]


@strawberry.type(description="At most so many requests in so many seconds, for each key and person.")
class Rate:
    requests: int = _field(description="How many.")
    seconds: int = _field(description="In how long.")

    @classmethod
    def of(cls, settings: Settings, plan: Plan) -> Self | None:
        found = rates.rate_of(settings, plan)
        return cls(requests=found.requests, seconds=found.seconds) if found else None


@strawberry.type(description="What one key, or one tenant's people together, used.")
class KeyUsage:
    tenant_id: strawberry.ID = _field(description="Whose it is.")
    tenant_name: str = _field(description="The tenant's name.")
    key_id: strawberry.ID | None = _field(description="The key; null: the tenant's people.")
    key_name: str | None = _field(description="What the key is for; null: the tenant's people.")
    prefix: str | None = _field(description="The key's first part; null: the tenant's people.")
    requests: BigInt = _field(description="Requests that were answered.")
    refused: BigInt = _field(description="Requests that were stopped by the rate.")
    cost: BigInt = _field(description="What was asked for, in fields of documents.")
    rows: BigInt = _field(description="What was read for it.")
    busiest_hour: datetime = _field(description="The beginning of the hour with most requests, in UTC.")
    busiest_requests: BigInt = _field(description="Requests of that hour, refused ones too.")
    rate: Rate | None = _field(description="What the tenant's plan allows; null: as much as they like.")
    days: list[UsageDay] = _field(description="The days with use, the oldest first.")

    @classmethod
    def of(cls, used: store.SourceUse, settings: Settings) -> Self:
        return cls(
            tenant_id=global_id(TENANT, used.tenant_id),
            tenant_name=used.tenant,
            key_id=None if used.source == PEOPLE else global_id(API_KEY, used.source),
            key_name=used.name,
            prefix=used.prefix,
            requests=BigInt(used.use.requests),
            refused=BigInt(used.use.refused),
            cost=BigInt(used.use.cost),
            rows=BigInt(used.use.rows),
            busiest_hour=used.busiest_at,
            busiest_requests=BigInt(used.busiest),
            rate=Rate.of(settings, used.plan),
            days=UsageDay.listed(used.days),
        )


@strawberry.type
class UsageQuery:
    @resolved(
        "What was used day by day, the oldest first; days without use are left out. Of the caller's tenant; who may administer "
        "sees all tenants', or one's. Needs the scope `usage:read`. Counts are some seconds behind."
    )
    async def usage_by_day(
        self,
        info: Info,
        days: Days = 30,
        tenant: TenantArgument = None,
        key: Annotated[strawberry.ID | None, _argument(description="Of this key alone; null: of all.")] = None,
    ) -> list[UsageDay]:
        source = None if key is None else KeyId(uuid_of(API_KEY, key))
        found = await ask_within_reach(
            info.context.engines,
            info.context.caller,
            tenant_of(tenant),
            store.usage_by_day,
            since=first_day(days),
            source=source,
        )
        return UsageDay.listed(found)

    @resolved(
        "Who used something in these days, by key, most requests first. Of the caller's tenant; who may administer sees all "
        "tenants', or one's. Needs the scope `usage:read`."
    )
    async def usage_by_key(
        self,
        info: Info,
        first: First,
        after: After = None,
        days: Days = 30,
        tenant: TenantArgument = None,
    ) -> Connection[KeyUsage]:
        key = SOURCE_CURSOR.decode(after)
        engines = info.context.engines
        page = await ask_within_reach(
            engines,
            info.context.caller,
            tenant_of(tenant),
            store.page_of_sources,
            since=first_day(days),
            first=page_size(first),
            after=key,
        )
        return SOURCE_CURSOR.connection(page, [KeyUsage.of(each, engines.settings) for each in page.items], key)
