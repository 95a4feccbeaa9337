"""What was used, summed by day and by key. What is read is what the transaction's role may see. Days are days in UTC."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from creatorgraph.domain.tenant import Plan, TenantId
from creatorgraph.domain.usage import Use
from creatorgraph.store.read.keyset import AnyRow, CreatorUuid, Key, Page, to_page
from creatorgraph.store.table import api_key, tenant, usage_hour

_COUNTS = ("requests", "refused", "cost", "rows")
_SUMS = [sa.cast(sa.func.sum(usage_hour.c[name]), sa.BigInteger).label(f"{name}_") for name in _COUNTS]
_DAY = sa.cast(sa.func.timezone("UTC", usage_hour.c.hour), sa.Date).label("day")
_Source = tuple[TenantId, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class UsageDay:
    day: date
    use: Use


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceUse:
    """What one key, or one tenant's people together, used in a span of time; `days` are those with use, the oldest first.

    `name` and `prefix` are the key's (None: people, or a key that is gone from its table). `busiest` is how many requests,
    refused ones among them, came in the busiest hour, which began at `busiest_at`.
    """

    tenant_id: TenantId
    tenant: str
    plan: Plan
    source: str
    name: str | None
    prefix: str | None
    use: Use
    busiest: int
    busiest_at: datetime
    days: tuple[UsageDay, ...] = ()


def usage_by_day(connection: sa.Connection, *, since: datetime, source: str | None = None) -> list[UsageDay]:
    """Sums of each day with use from `since` on, the oldest first; of one source, or of all that may be seen here."""
    statement = sa.select(_DAY, *_SUMS).where(usage_hour.c.hour >= since).group_by(_DAY).order_by(_DAY)
    if source is not None:
        statement = statement.where(usage_hour.c.source == source)
    return [UsageDay(day=row.day, use=_use(row)) for row in connection.execute(statement)]


def page_of_sources(
    connection: sa.Connection, *, since: datetime, first: int, after: Key | None = None
) -> Page[SourceUse]:
    """Who used something from `since` on, most requests first; two statements. The key of a row is
    (requests, tenant_id, source): where counts grow between two pages somebody may be shown twice."""
    came = usage_hour.c.requests + usage_hour.c.refused
    sums = (
        sa.select(
            usage_hour.c.tenant_id,
            usage_hour.c.source,
            *_SUMS,
            sa.func.max(came).label("busiest"),
        )
        .where(usage_hour.c.hour >= since)
        .group_by(usage_hour.c.tenant_id, usage_hour.c.source)
        .subquery("sums")
    )
    busiest_at = (
        sa.select(sa.func.min(usage_hour.c.hour))
        .where(
            usage_hour.c.tenant_id == sums.c.tenant_id,
            usage_hour.c.source == sums.c.source,
            usage_hour.c.hour >= since,
            came == sums.c.busiest,
        )
        .scalar_subquery()
    )
    order = (sums.c.requests_, sums.c.tenant_id, sums.c.source)
    statement = (
        sa.select(
            sums,
            busiest_at.label("busiest_at"),
            tenant.c.name.label("tenant_name"),
            tenant.c.plan,
            api_key.c.name,
            api_key.c.prefix,
        )
        .join(tenant, tenant.c.tenant_id == sums.c.tenant_id)
        .outerjoin(api_key, sa.cast(api_key.c.key_id, sa.Text) == sums.c.source)
        .order_by(*(each.desc() for each in order))
        .limit(first + 1)
    )
    if after is not None:
        statement = statement.where(sa.tuple_(*order) < sa.tuple_(*after, types=[each.type for each in order]))
    rows = connection.execute(statement).all()
    days = _days(connection, rows[:first], since)
    return to_page(rows, first, ("requests_", "tenant_id", "source"), lambda row: _source(row, days))


def _days(connection: sa.Connection, rows: Sequence[AnyRow], since: datetime) -> dict[_Source, list[UsageDay]]:
    if not rows:
        return {}
    wanted = sa.func.unnest(
        sa.cast([row.tenant_id for row in rows], sa.ARRAY(CreatorUuid)),
        sa.cast([row.source for row in rows], sa.ARRAY(sa.Text)),
    ).table_valued(sa.column("tenant_id", CreatorUuid), sa.column("source", sa.Text))
    wanted = wanted.render_derived(name="wanted")
    found = connection.execute(
        sa.select(usage_hour.c.tenant_id, usage_hour.c.source, _DAY, *_SUMS)
        .join(wanted, (usage_hour.c.tenant_id == wanted.c.tenant_id) & (usage_hour.c.source == wanted.c.source))
        .where(usage_hour.c.hour >= since)
        .group_by(usage_hour.c.tenant_id, usage_hour.c.source, _DAY)
        .order_by(_DAY)
    )
    days: dict[_Source, list[UsageDay]] = defaultdict(list)
    for row in found:
        days[TenantId(row.tenant_id), row.source].append(UsageDay(day=row.day, use=_use(row)))
    return days


def _source(row: AnyRow, days: dict[_Source, list[UsageDay]]) -> SourceUse:
    tenant_id = TenantId(row.tenant_id)
    return SourceUse(
        tenant_id=tenant_id,
        tenant=row.tenant_name,
        plan=Plan(row.plan),
        source=row.source,
        name=row.name,
        prefix=row.prefix,
        use=_use(row),
        busiest=int(row.busiest),
        busiest_at=row.busiest_at,
        days=tuple(days.get((tenant_id, row.source), ())),
    )


def _use(row: AnyRow) -> Use:
    return Use(requests=int(row.requests_), refused=int(row.refused_), cost=int(row.cost_), rows=int(row.rows_))
