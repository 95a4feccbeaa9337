"""Review items: open ones follow the facts, decided ones stay as they are."""

from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from creatorgraph.domain.review import ReviewItem, ReviewState
from creatorgraph.store.table import review_item
from creatorgraph.store.write.copy import stage

_COLUMNS = ("left_id", "right_id", "reason", "probability", "priority")


def replace_open_items(connection: sa.Connection, items: Iterable[ReviewItem]) -> int:
    """Opens what is new, updates what is open, closes open items that no longer have a reason. Returns how many are open."""
    staged = stage(
        connection, review_item, _COLUMNS, ((i.left, i.right, i.reason.value, i.probability, i.priority) for i in items)
    )
    same_pair = sa.and_(staged.c.left_id == review_item.c.left_id, staged.c.right_id == review_item.c.right_id)
    now = {"updated_at": sa.func.now(), "version": review_item.c.version + 1}
    connection.execute(
        review_item.update()
        .where(review_item.c.state == ReviewState.OPEN, ~sa.exists(sa.select(1).select_from(staged).where(same_pair)))
        .values(state=ReviewState.CLOSED.value, **now)
    )
    statement = insert(review_item).from_select(list(_COLUMNS), sa.select(staged))
    new = statement.excluded
    fields = ("reason", "probability", "priority")
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=["left_id", "right_id"],
            set_={**{name: new[name] for name in fields}, "state": ReviewState.OPEN.value, **now},
            where=sa.or_(
                review_item.c.state == ReviewState.CLOSED,
                sa.and_(
                    review_item.c.state == ReviewState.OPEN,
                    sa.or_(*(review_item.c[name] != new[name] for name in fields)),
                ),
            ),
        )
    )
    count = sa.select(sa.func.count()).select_from(review_item).where(review_item.c.state == ReviewState.OPEN)
    return int(connection.scalar(count) or 0)
