"""The state of the review queue in figures."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

import sqlalchemy as sa

from creatorgraph.domain.review import ReviewReason
from creatorgraph.store.read.queue import NO_FILTER, QueueDay, QueueFilter, burn_down, count_queue

DAYS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueSummary:
    """Days begin at midnight UTC. `by_reason` counts what waits, held items included."""

    open: int
    claimed: int
    decided_today: int
    decided_by_me_today: int
    by_reason: Mapping[ReviewReason, int]
    oldest: datetime | None


def queue_summary(
    connection: sa.Connection, filter_by: QueueFilter = NO_FILTER, *, me: str | None = None
) -> QueueSummary:
    """Counts of what passes the filter."""
    today = datetime.now(UTC).date()
    counts = count_queue(connection, filter_by, me=me, since=datetime.combine(today, time(), UTC))
    return QueueSummary(
        open=counts.open,
        claimed=counts.claimed,
        decided_today=counts.decided_today,
        decided_by_me_today=counts.decided_by_me_today,
        by_reason=counts.by_reason,
        oldest=counts.oldest,
    )


def queue_history(connection: sa.Connection) -> list[QueueDay]:
    """The last DAYS days of the whole queue, oldest first."""
    today = datetime.now(UTC).date()
    return burn_down(connection, first=today - timedelta(days=DAYS - 1), last=today)
