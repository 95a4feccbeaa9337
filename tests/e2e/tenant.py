"""Two tenants with keys and some weeks of use, for the pages that show them."""

from datetime import UTC, datetime, timedelta

from creatorgraph.domain.tenant import OPERATOR, TenantId
from creatorgraph.domain.usage import PEOPLE, UsageHour
from creatorgraph.store.database import Database
from creatorgraph.store.read.tenant import keys, tenants
from creatorgraph.store.write.tenant import add_usage, note_keys_used

DAYS = 40


def write_usage(url: str) -> None:
    """Hours of each key and of people, with a weekly rhythm, and one key that came to its rate."""
    database = Database(url)
    today = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    with database.for_operator() as connection:
        known = [key for key in keys(connection) if key.last_used_on is None and key.revoked_at is None]
        used = [key for key in known if key.name != "never used"]
        rows = [
            hour_of(key.tenant_id, key.key_id, today - timedelta(days=back), (place + 1) * 400, back, place == 0)
            for place, key in enumerate(used)
            for back in range(DAYS)
        ]
        people = [each.tenant_id for each in tenants(connection) if each.tenant_id != OPERATOR][:1]
        rows += [
            hour_of(each, PEOPLE, today - timedelta(days=back), 90, back, False)
            for each in people
            for back in range(DAYS)
        ]
        add_usage(connection, rows)
        note_keys_used(connection, [key.key_id for key in used], today.date())
    database.close()


def hour_of(tenant: TenantId, source: str, day: datetime, size: int, back: int, refused: bool) -> UsageHour:
    requests = size * (2 if day.weekday() < 5 else 1) * (DAYS - back) // DAYS
    return UsageHour(
        tenant_id=tenant,
        source=source,
        hour=day,
        requests=requests,
        refused=4_000 if refused and back == 3 else 0,
        cost=requests * 12,
        rows=requests * 30,
    )
