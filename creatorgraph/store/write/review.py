"""Review items: open ones follow the facts, decided ones stay as they are."""

from collections.abc import Collection, Iterable

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from creatorgraph.domain.profile import ProfileId
from creatorgraph.domain.review import ReviewItem, ReviewState
from creatorgraph.domain.steward import StewardId
from creatorgraph.store.table import review_item
from creatorgraph.store.table.column import ID
from creatorgraph.store.write.copy import stage

_COLUMNS = ("left_id", "right_id", "reason", "probability", "priority")
_WAITING = (ReviewState.OPEN.value, ReviewState.CLAIMED.value)
MOST_EARLIER = 50
"""Versions that one steward's acts may make of an item before the first of them is forgotten."""


def moved(by: StewardId | None) -> dict[str, object]:
    """What every change of an item writes beside itself: the next version, and by whose act it came (None: nobody's)."""
    c = review_item.c
    mine = sa.case((c.moved_by == by, c.earlier), else_=sa.cast([], sa.ARRAY(sa.Float)))
    kept = sa.func.array_prepend(c.probability, mine, type_=sa.ARRAY(sa.Float))[1:MOST_EARLIER]
    return {
        "updated_at": sa.func.now(),
        "version": c.version + 1,
        "moved_by": by,
        "earlier": [] if by is None else kept,
    }


def replace_open_items(
    connection: sa.Connection,
    items: Iterable[ReviewItem],
    *,
    among: Collection[ProfileId] | None = None,
    by: StewardId | None = None,
) -> None:
    """Opens what is new, updates what waits, closes what no longer has a reason.

    A claimed item follows the facts like an open one: whoever holds it learns by its version that they have changed.
    `among` are the profiles that this is about (None: all); items that name none of them stay as they are. `by` is the
    steward whose act this follows from.
    """
    staged = stage(
        connection, review_item, _COLUMNS, ((i.left, i.right, i.reason.value, i.probability, i.priority) for i in items)
    )
    same_pair = sa.and_(staged.c.left_id == review_item.c.left_id, staged.c.right_id == review_item.c.right_id)
    waiting = review_item.c.state.in_(_WAITING)
    if among is not None:
        lock_items_among(connection, among)
    now = moved(by)
    connection.execute(
        review_item.update()
        .where(waiting, *_about(among), ~sa.exists(sa.select(1).select_from(staged).where(same_pair)))
        .values(state=ReviewState.CLOSED.value, claimed_by=None, claim_expires_at=None, claim_blind=False, **now)
    )
    in_order = sa.select(staged).order_by(staged.c.left_id, staged.c.right_id)
    statement = insert(review_item).from_select(list(_COLUMNS), in_order)
    new = statement.excluded
    fields = ("reason", "probability", "priority")
    reopened = sa.case((review_item.c.state == ReviewState.CLOSED, ReviewState.OPEN.value), else_=review_item.c.state)
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=["left_id", "right_id"],
            set_={**{name: new[name] for name in fields}, "state": reopened, **now},
            where=sa.or_(
                review_item.c.state == ReviewState.CLOSED,
                sa.and_(waiting, sa.or_(*(review_item.c[name] != new[name] for name in fields))),
            ),
        )
    )


def count_open_items(connection: sa.Connection) -> int:
    """How many items wait for a decision, claimed ones included."""
    return int(
        connection.scalar(sa.select(sa.func.count()).select_from(review_item).where(review_item.c.state.in_(_WAITING)))
        or 0
    )


def lock_items_among(connection: sa.Connection, profiles: Collection[ProfileId]) -> None:
    """Locks the items that name one of `profiles`, in the order of their ids: two acts never wait for each other in a ring."""
    connection.execute(
        sa.select(review_item.c.left_id)
        .where(*_about(profiles))
        .order_by(review_item.c.left_id, review_item.c.right_id)
        .with_for_update()
    )


def _about(profiles: Collection[ProfileId] | None) -> tuple[sa.ColumnElement[bool], ...]:
    if profiles is None:
        return ()
    wanted = sa.cast(list(profiles), sa.ARRAY(ID))
    return (sa.or_(review_item.c.left_id == sa.func.any(wanted), review_item.c.right_id == sa.func.any(wanted)),)
