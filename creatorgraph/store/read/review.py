"""Review items, the most pressing first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa

from creatorgraph.domain.profile import ProfileId
from creatorgraph.domain.review import ReviewItem, ReviewReason, ReviewState
from creatorgraph.domain.steward import StewardId
from creatorgraph.store.read.decision import pair_values
from creatorgraph.store.read.keyset import AnyRow, Key, Page, to_page
from creatorgraph.store.read.link import Pair
from creatorgraph.store.table import review_item


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewItemSeen:
    """An item as the store has it. Who holds it and until when; a lease that has run out is nobody's.

    `earlier` are its probabilities at the versions before, the last first, for as long as `moved_by` alone has changed it.
    """

    item: ReviewItem
    version: int
    created_at: datetime
    updated_at: datetime
    claimed_by: StewardId | None = None
    claim_expires_at: datetime | None = None
    claim_blind: bool = False
    moved_by: StewardId | None = None
    earlier: tuple[float, ...] = ()

    def shown_to(self, steward_id: StewardId, version: int) -> float | None:
        """The probability at `version`; None where anybody but this steward has changed the item since."""
        since = self.version - version
        if since == 0:
            return self.item.probability
        alone = self.moved_by == steward_id and 0 < since <= len(self.earlier)
        return self.earlier[since - 1] if alone else None


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
    return to_page(connection.execute(statement).all(), first, names, to_item)


def items_by_pairs(connection: sa.Connection, pairs: Sequence[Pair]) -> list[ReviewItemSeen | None]:
    """The review item of each pair, in any state; None where there never was one."""
    asked = pair_values(pairs)
    statement = sa.select(review_item).join(
        asked, sa.and_(review_item.c.left_id == asked.c.left_id, review_item.c.right_id == asked.c.right_id)
    )
    found = {(row.left_id, row.right_id): to_item(row) for row in connection.execute(statement)}
    return [found.get(pair) for pair in pairs]


def to_item(row: AnyRow) -> ReviewItemSeen:
    lapsed = row.claim_expires_at is not None and row.claim_expires_at <= datetime.now(UTC)
    return ReviewItemSeen(
        item=ReviewItem(
            left=ProfileId(row.left_id),
            right=ProfileId(row.right_id),
            reason=ReviewReason(row.reason),
            probability=row.probability,
            priority=row.priority,
            state=ReviewState.OPEN if lapsed else ReviewState(row.state),
        ),
        version=row.version,
        created_at=row.created_at,
        updated_at=row.updated_at,
        claimed_by=StewardId(row.claimed_by) if row.claimed_by and not lapsed else None,
        claim_expires_at=None if lapsed else row.claim_expires_at,
        claim_blind=row.claim_blind and not lapsed,
        moved_by=StewardId(row.moved_by) if row.moved_by else None,
        earlier=tuple(row.earlier),
    )
