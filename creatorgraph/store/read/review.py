"""Review items, the most pressing first, and what people decided about pairs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from creatorgraph.domain.decision import Decision, Verdict
from creatorgraph.domain.profile import ProfileId
from creatorgraph.domain.review import ReviewItem, ReviewReason, ReviewState
from creatorgraph.store.read.keyset import AnyRow, Id, Key, Page, to_page
from creatorgraph.store.read.link import Pair
from creatorgraph.store.table import decision, review_item


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewItemSeen:
    item: ReviewItem
    version: int
    created_at: datetime
    updated_at: datetime


def page_of_open_items(
    connection: sa.Connection,
    *,
    reasons: Sequence[ReviewReason] | None = None,
    first: int,
    after: Key | None = None,
) -> Page[ReviewItemSeen]:
    """Open items by priority, the highest first. The key is (priority, left_id, right_id)."""
    names = ("priority", "left_id", "right_id")
    columns = [review_item.c[name] for name in names]
    statement = sa.select(review_item).where(review_item.c.state == sa.literal_column("'open'"))
    if reasons is not None:
        statement = statement.where(review_item.c.reason.in_([reason.value for reason in reasons]))
    if after is not None:
        statement = statement.where(sa.tuple_(*columns) < sa.tuple_(*after))
    statement = statement.order_by(*(column.desc() for column in columns)).limit(first + 1)
    return to_page(connection.execute(statement).all(), first, names, _seen)


def items_by_pairs(connection: sa.Connection, pairs: Sequence[Pair]) -> list[ReviewItemSeen | None]:
    """The review item of each pair, in any state; None where there never was one."""
    asked = _asked(pairs)
    statement = sa.select(review_item).join(
        asked, sa.and_(review_item.c.left_id == asked.c.left_id, review_item.c.right_id == asked.c.right_id)
    )
    found = {(row.left_id, row.right_id): _seen(row) for row in connection.execute(statement)}
    return [found.get(pair) for pair in pairs]


def decisions_by_pairs(connection: sa.Connection, pairs: Sequence[Pair]) -> list[Decision | None]:
    """The newest standing decision about each pair: none of those that were undone, and no undoing itself."""
    asked = _asked(pairs)
    undoing = decision.alias("undoing")
    statement = (
        sa.select(decision)
        .join(asked, sa.and_(decision.c.left_id == asked.c.left_id, decision.c.right_id == asked.c.right_id))
        .where(
            decision.c.undoes.is_(None),
            ~sa.exists(sa.select(1).select_from(undoing).where(undoing.c.undoes == decision.c.decision_id)),
        )
        .order_by(decision.c.at, decision.c.decision_id)
    )
    found = {
        (row.left_id, row.right_id): Decision(
            decision_id=row.decision_id,
            left=ProfileId(row.left_id),
            right=ProfileId(row.right_id),
            verdict=Verdict(row.verdict),
            actor=row.actor,
            at=row.at,
            comment=row.comment,
        )
        for row in connection.execute(statement)
    }
    return [found.get(pair) for pair in pairs]


def _asked(pairs: Sequence[Pair]) -> sa.TableValuedAlias:
    return (
        sa.func.unnest(
            sa.cast([left for left, _ in pairs], sa.ARRAY(Id)), sa.cast([right for _, right in pairs], sa.ARRAY(Id))
        )
        .table_valued(sa.column("left_id", Id), sa.column("right_id", Id))
        .render_derived(name="asked")
    )


def _seen(row: AnyRow) -> ReviewItemSeen:
    return ReviewItemSeen(
        item=ReviewItem(
            left=ProfileId(row.left_id),
            right=ProfileId(row.right_id),
            reason=ReviewReason(row.reason),
            probability=row.probability,
            priority=row.priority,
            state=ReviewState(row.state),
        ),
        version=row.version,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )
