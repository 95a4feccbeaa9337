"""Review items: open ones follow the facts, decided ones stay as they are."""

from collections.abc import Collection, Iterable
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from creatorgraph.domain.profile import ProfileId
from creatorgraph.domain.review import ReviewItem, ReviewState
from creatorgraph.domain.steward import StewardId
from creatorgraph.store.read.keyset import Id, any_bound
from creatorgraph.store.table import review_item
from creatorgraph.store.write.stage import stage

_COLUMNS = ("left_id", "right_id", "reason", "probability", "priority")
_WAITING = (ReviewState.OPEN.value, ReviewState.CLAIMED.value)
MOST_EARLIER = 50
"""Versions that one steward's acts may make of an item before the first of them is forgotten."""


def moved(by: StewardId | sa.BindParameter[Any] | None) -> dict[str, object]:
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
    if among is not None:
        lock_items_among(connection, among)
    values = {**staged.values, **({} if by is None else {"by": by})}
    within = {} if among is None else {"ids": list(among)}
    connection.execute(_close_others(staged.rows, among is None, by is None), {**values, **within})
    connection.execute(_upsert(staged.rows, by is None), values)


def count_open_items(connection: sa.Connection) -> int:
    """How many items wait for a decision, claimed ones included."""
    return int(
        connection.scalar(sa.select(sa.func.count()).select_from(review_item).where(review_item.c.state.in_(_WAITING)))
        or 0
    )


def lock_items_among(connection: sa.Connection, profiles: Collection[ProfileId]) -> None:
    """Locks the items that name one of `profiles`, in the order of their ids: two acts never wait for each other in a ring."""
    connection.execute(_LOCK, {"ids": list(profiles)})


_ABOUT = sa.or_(review_item.c.left_id == any_bound(Id), review_item.c.right_id == any_bound(Id))
_LOCK = (
    sa.select(review_item.c.left_id)
    .where(_ABOUT)
    .order_by(review_item.c.left_id, review_item.c.right_id)
    .with_for_update()
)
_IS_WAITING = review_item.c.state.in_(_WAITING)


def _moved(by_nobody: bool) -> dict[str, object]:
    return moved(None if by_nobody else sa.bindparam("by", type_=review_item.c.moved_by.type))


@cache
def _close_others(staged: sa.FromClause, about_all: bool, by_nobody: bool) -> sa.Update:
    """Closes what waits and is not staged."""
    same_pair = sa.and_(staged.c.left_id == review_item.c.left_id, staged.c.right_id == review_item.c.right_id)
    others = ~sa.exists(sa.select(1).select_from(staged).where(same_pair))
    closed = {"state": ReviewState.CLOSED.value, "claimed_by": None, "claim_expires_at": None, "claim_blind": False}
    return (
        review_item.update()
        .where(_IS_WAITING, *(() if about_all else (_ABOUT,)), others)
        .values(**closed, **_moved(by_nobody))
    )


@cache
def _upsert(staged: sa.FromClause, by_nobody: bool) -> Any:
    in_order = sa.select(staged).order_by(staged.c.left_id, staged.c.right_id)
    statement = insert(review_item).from_select(list(_COLUMNS), in_order)
    new = statement.excluded
    fields = ("reason", "probability", "priority")
    state = review_item.c.state
    reopened = sa.case((state == ReviewState.CLOSED, ReviewState.OPEN.value), else_=state)
    differs = sa.or_(*(review_item.c[name] != new[name] for name in fields))
    return statement.on_conflict_do_update(
        index_elements=["left_id", "right_id"],
        set_={**{name: new[name] for name in fields}, "state": reopened, **_moved(by_nobody)},
        where=sa.or_(state == ReviewState.CLOSED, sa.and_(_IS_WAITING, differs)),
    )
