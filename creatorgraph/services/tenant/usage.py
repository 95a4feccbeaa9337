"""What a tenant has used: for itself and for the operator."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from creatorgraph.domain.error import InvalidInputError
from creatorgraph.domain.tenant import TenantId
from creatorgraph.domain.usage import UsageHour, Use
from creatorgraph.services.engines import Engines
from creatorgraph.store.read.keyset import Key, Page
from creatorgraph.store.read.tenant import page_of_usage, usage, usage_by_key

MOST_HOURS = 31 * 24
MOST_DAYS = 92
"""How far back days are summed up."""
MOST_ROWS = 10_000


async def usage_of(
    engines: Engines, tenant_id: TenantId, *, since: datetime, until: datetime, first: int, after: Key | None = None
) -> Page[UsageHour]:
    """The hours that begin in [since, until), one row for each key and one for people, the newest first.

    Raises:
        InvalidInputError: the times have no zone, are the wrong way round, or lie more than a month apart.
    """
    check_span(since, until)
    return await engines.database.ask_for_tenant(
        tenant_id, page_of_usage, since=since, until=until, first=first, after=after
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """What one key of a tenant, or its people together, used; `source` is the key's prefix, or PEOPLE."""

    tenant: str
    source: str
    use: Use


def totals(engines: Engines, *, days: int) -> list[Total]:
    """What all tenants used in the last `days` days, by tenant and key."""
    since = datetime.now(UTC) - timedelta(days=days)
    with engines.database.for_operator() as connection:
        return [
            Total(tenant=tenant, source=source, use=use)
            for tenant, source, use in usage_by_key(connection, since=since)
        ]


def usage_of_all(engines: Engines, *, days: int) -> list[UsageHour]:
    """Hour by hour of all tenants, from `days` days ago on."""
    until = datetime.now(UTC)
    with engines.database.for_operator() as connection:
        return usage(connection, since=until - timedelta(days=days), until=until, limit=MOST_ROWS)


def first_day(days: int) -> datetime:
    """The beginning, in UTC, of the first of this many days of which today is the last.

    Raises:
        InvalidInputError: not 1 to MOST_DAYS.
    """
    if not 1 <= days <= MOST_DAYS:
        raise InvalidInputError(f"{days} days are out of range", where="days", mend=f"Ask for 1 to {MOST_DAYS}.")
    today = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return today - timedelta(days=days - 1)


def check_span(since: datetime, until: datetime) -> None:
    if since.tzinfo is None or until.tzinfo is None:
        raise InvalidInputError("a time has no zone", where="since", mend="Write it as 2026-01-31T00:00:00Z.")
    if not timedelta(0) < until - since <= timedelta(hours=MOST_HOURS):
        raise InvalidInputError("this is no span of time", where="since", mend=f"Ask for 1 to {MOST_HOURS} hours.")
