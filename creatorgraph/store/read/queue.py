"""The review queue: page by page with a filter, its counts and its history by day."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

import sqlalchemy as sa

from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.decision import Act, Pair
from creatorgraph.domain.platform import Platform
from creatorgraph.domain.profile import ProfileId
from creatorgraph.domain.review import (
    Band,
    ReviewComment,
    ReviewEventKind,
    ReviewReason,
    ReviewState,
    ceiling_of,
)
from creatorgraph.domain.steward import StewardId
from creatorgraph.store.read.decision import pair_values
from creatorgraph.store.read.keyset import Key, Page, to_page
from creatorgraph.store.read.review import ReviewItemSeen, to_item
from creatorgraph.store.table import decision, membership, profile, review_comment, review_event, review_item


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueFilter:
    """All that is set must hold; without `states` what waits: open and claimed items."""

    reasons: Sequence[ReviewReason] | None = None
    states: Sequence[ReviewState] | None = None
    platforms: Sequence[Platform] | None = None
    min_priority: float | None = None
    bands: Sequence[Band] | None = None
    claimed_by: StewardId | None = None
    creator_id: CreatorId | None = None


NO_FILTER = QueueFilter()
WAITING = (ReviewState.OPEN, ReviewState.CLAIMED)


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueCounts:
    """How many items wait and are held now, and what was decided since the day began (UTC)."""

    open: int
    claimed: int
    by_reason: dict[ReviewReason, int]
    oldest: datetime | None
    decided_today: int
    decided_by_me_today: int


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueDay:
    """What happened to the queue on one day (UTC), and how many items waited at its end."""

    day: date
    opened: int
    decided: int
    closed: int
    open: int


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueEvent:
    """One entry of the queue's history."""

    sequence: int
    kind: ReviewEventKind
    pair: Pair


def page_of_items(
    connection: sa.Connection, filter_by: QueueFilter = NO_FILTER, *, first: int, after: Key | None = None
) -> Page[ReviewItemSeen]:
    """Items by priority, the highest first. The key is (priority, left_id, right_id)."""
    names = ("priority", "left_id", "right_id")
    columns = [review_item.c[name] for name in names]
    statement = sa.select(review_item).where(*conditions(filter_by))
    if after is not None:
        statement = statement.where(sa.tuple_(*columns) < sa.tuple_(*after))
    statement = statement.order_by(*(column.desc() for column in columns)).limit(first + 1)
    return to_page(connection.execute(statement).all(), first, names, to_item)


def items_passing(
    connection: sa.Connection, filter_by: QueueFilter, pairs: Sequence[Pair]
) -> dict[Pair, ReviewItemSeen]:
    """Those of the items that pass the filter; without `states` in it, whatever state they are in."""
    asked = pair_values(pairs)
    states = tuple(ReviewState) if filter_by.states is None else filter_by.states
    rows = connection.execute(
        sa.select(review_item)
        .join(asked, sa.and_(review_item.c.left_id == asked.c.left_id, review_item.c.right_id == asked.c.right_id))
        .where(*conditions(replace(filter_by, states=states)))
    )
    return {(row.left_id, row.right_id): to_item(row) for row in rows}


def conditions(filter_by: QueueFilter) -> list[sa.ColumnElement[bool]]:
    """The filter as conditions on review_item."""
    states = WAITING if filter_by.states is None else filter_by.states
    c = review_item.c
    # written out: only so can the planner tell that the index of what waits serves
    named: sa.BindParameter[str] = sa.bindparam(
        None, [state.value for state in states], expanding=True, literal_execute=True
    )
    found: list[sa.ColumnElement[bool]] = [c.state.in_(named)]
    if filter_by.reasons is not None:
        found.append(c.reason.in_([reason.value for reason in filter_by.reasons]))
    if filter_by.min_priority is not None:
        found.append(c.priority >= filter_by.min_priority)
    if filter_by.bands is not None:
        found.append(sa.or_(sa.false(), *(_in_band(band) for band in filter_by.bands)))
    if filter_by.claimed_by is not None:
        found.append(sa.and_(c.claimed_by == filter_by.claimed_by, c.claim_expires_at > sa.func.now()))
    if filter_by.platforms is not None:
        wanted = [platform.value for platform in filter_by.platforms]
        found.append(_an_end(profile, profile.c.platform.in_(wanted)))
    if filter_by.creator_id is not None:
        found.append(_an_end(membership, membership.c.creator_id == filter_by.creator_id))
    return found


def count_queue(
    connection: sa.Connection, filter_by: QueueFilter = NO_FILTER, *, me: str | None = None, since: datetime
) -> QueueCounts:
    """`me` is the name of the steward who asks, `since` when the day began."""
    held = sa.and_(review_item.c.state == ReviewState.CLAIMED, review_item.c.claim_expires_at > sa.func.now())
    rows = connection.execute(
        sa.select(
            review_item.c.reason,
            sa.func.count().label("waiting"),
            sa.func.count().filter(held).label("held"),
            sa.func.min(review_item.c.created_at).label("oldest"),
        )
        .where(*conditions(filter_by), review_item.c.state.in_([state.value for state in WAITING]))
        .group_by(review_item.c.reason)
    ).all()
    decided = connection.execute(
        sa.select(
            sa.func.count().label("everybody"), sa.func.count().filter(decision.c.actor == (me or "")).label("mine")
        ).where(decision.c.at >= since, decision.c.act == Act.DECIDE.value)
    ).one()
    return QueueCounts(
        open=sum(row.waiting - row.held for row in rows),
        claimed=sum(row.held for row in rows),
        by_reason={ReviewReason(row.reason): row.waiting for row in rows},
        oldest=min((row.oldest for row in rows), default=None),
        decided_today=decided.everybody,
        decided_by_me_today=decided.mine,
    )


def burn_down(connection: sa.Connection, *, first: date, last: date) -> list[QueueDay]:
    """A day each from `first` to `last`, which is today: from what waits now backwards over what happened since."""
    day = sa.cast(sa.func.timezone("UTC", review_event.c.at), sa.Date)
    rows = connection.execute(
        sa.select(day.label("day"), review_event.c.kind, sa.func.count().label("events"))
        .where(review_event.c.at >= datetime.combine(first, time(), UTC))
        .group_by(day, review_event.c.kind)
    )
    counted: Counter[tuple[date, str]] = Counter({(row.day, row.kind): row.events for row in rows})
    waiting = connection.scalar(sa.select(sa.func.count()).select_from(review_item).where(*conditions(NO_FILTER))) or 0
    days: list[QueueDay] = []
    for back in range((last - first).days + 1):
        here = last - timedelta(days=back)
        kinds = {kind: counted[here, kind.value] for kind in ReviewEventKind}
        opened = kinds[ReviewEventKind.OPENED] + kinds[ReviewEventKind.UNDONE]
        decided, closed = kinds[ReviewEventKind.DECIDED], kinds[ReviewEventKind.CLOSED]
        # items that were there before the history began were never opened in it: the line does not go below nought
        days.append(QueueDay(day=here, opened=opened, decided=decided, closed=closed, open=max(0, waiting)))
        waiting += decided + closed - opened
    return days[::-1]


def queue_events(connection: sa.Connection, *, first: int, last: int, limit: int) -> list[QueueEvent]:
    """The entries of the queue's history with sequences from `first` to `last`, oldest first, at most `limit`."""
    rows = connection.execute(
        sa.select(review_event)
        .where(review_event.c.sequence.between(first, last))
        .order_by(review_event.c.sequence)
        .limit(limit)
    )
    return [
        QueueEvent(
            sequence=row.sequence,
            kind=ReviewEventKind(row.kind),
            pair=(ProfileId(row.left_id), ProfileId(row.right_id)),
        )
        for row in rows
    ]


def comments_by_pairs(connection: sa.Connection, pairs: Sequence[Pair]) -> list[tuple[ReviewComment, ...]]:
    """What was written beside each pair, oldest first."""
    asked = pair_values(pairs)
    rows = connection.execute(
        sa.select(review_comment)
        .join(
            asked, sa.and_(review_comment.c.left_id == asked.c.left_id, review_comment.c.right_id == asked.c.right_id)
        )
        .order_by(review_comment.c.at, review_comment.c.comment_id)
    )
    found: dict[Pair, list[ReviewComment]] = {pair: [] for pair in pairs}
    for row in rows:
        found[row.left_id, row.right_id].append(
            ReviewComment(
                comment_id=row.comment_id,
                left=row.left_id,
                right=row.right_id,
                author=row.author,
                text=row.text,
                at=row.at,
            )
        )
    return [tuple(found[pair]) for pair in pairs]


def _in_band(band: Band) -> sa.ColumnElement[bool]:
    ceiling = ceiling_of(band)
    above = review_item.c.probability >= band.floor
    return above if ceiling is None else sa.and_(above, review_item.c.probability < ceiling)


def _an_end(table: sa.Table, condition: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """One of the two profiles has a row in `table` that meets the condition."""
    ends = sa.or_(table.c.profile_id == review_item.c.left_id, table.c.profile_id == review_item.c.right_id)
    return sa.exists(sa.select(1).select_from(table).where(ends, condition).correlate(review_item))
