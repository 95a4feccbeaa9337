"""Who holds which review item: claims with leases, and the states that items go through."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

import sqlalchemy as sa

from creatorgraph.domain.decision import Pair
from creatorgraph.domain.review import ReviewState
from creatorgraph.domain.steward import StewardId
from creatorgraph.store.read.decision import pair_values
from creatorgraph.store.read.queue import QueueFilter, conditions
from creatorgraph.store.read.review import ReviewItemSeen, to_item
from creatorgraph.store.table import review_item, review_skip
from creatorgraph.store.write.review import moved

_C = review_item.c
_NOBODY = {"claimed_by": None, "claim_expires_at": None, "claim_blind": False}


def lapse_claims(connection: sa.Connection) -> None:
    """Opens what is held by a lease that has run out. Items that somebody else is changing are left to them."""
    lapsed = (
        sa.select(_C.left_id, _C.right_id)
        .where(_C.state == sa.literal_column("'claimed'"), _C.claim_expires_at <= sa.func.now())
        .with_for_update(skip_locked=True)
        .cte("lapsed")
    )
    connection.execute(
        review_item.update()
        .where(_C.left_id == lapsed.c.left_id, _C.right_id == lapsed.c.right_id)
        .values(state=ReviewState.OPEN.value, **_NOBODY, **moved(None))
    )


def renew_claims(
    connection: sa.Connection,
    steward_id: StewardId,
    filter_by: QueueFilter,
    *,
    count: int,
    lease: timedelta,
    blind: bool,
) -> None:
    """Lengthens the leases that the steward has, of the most pressing `count` items that pass the filter."""
    mine = (
        sa.select(_C.left_id, _C.right_id)
        .where(*conditions(filter_by), _C.state == sa.literal_column("'claimed'"), _C.claimed_by == steward_id)
        .order_by(*_order())
        .limit(count)
        .with_for_update(skip_locked=True)
        .cte("mine")
    )
    _held(connection, mine, steward_id, lease, blind, changed={})


def take_claims(
    connection: sa.Connection,
    steward_id: StewardId,
    filter_by: QueueFilter,
    *,
    count: int,
    lease: timedelta,
    blind: bool,
) -> list[ReviewItemSeen]:
    """Claims the most pressing `count` open items that pass the filter and that nobody else is taking at this moment.

    What the steward has skipped comes only when nothing else is left.
    """
    found: list[ReviewItemSeen] = []
    for skipped in (False, True):
        if len(found) < count:
            found += _take(connection, steward_id, filter_by, count - len(found), lease, blind, skipped=skipped)
    return found


def _take(
    connection: sa.Connection,
    steward_id: StewardId,
    filter_by: QueueFilter,
    count: int,
    lease: timedelta,
    blind: bool,
    *,
    skipped: bool,
) -> list[ReviewItemSeen]:
    skip = sa.exists(
        sa.select(1)
        .select_from(review_skip)
        .where(
            review_skip.c.left_id == _C.left_id,
            review_skip.c.right_id == _C.right_id,
            review_skip.c.steward_id == steward_id,
        )
        .correlate(review_item)
    )
    free = (
        sa.select(_C.left_id, _C.right_id)
        .where(*conditions(filter_by), _C.state == sa.literal_column("'open'"), skip if skipped else ~skip)
        .order_by(*_order())
        .limit(count)
        .with_for_update(skip_locked=True)
        .cte("free")
    )
    return _held(connection, free, steward_id, lease, blind, changed=moved(steward_id))


def lock_item(connection: sa.Connection, pair: Pair) -> ReviewItemSeen | None:
    """The item of a pair, locked until the transaction ends; None where there is none."""
    row = connection.execute(
        sa.select(review_item).where(_C.left_id == pair[0], _C.right_id == pair[1]).with_for_update()
    ).one_or_none()
    return None if row is None else to_item(row)


def lapsed_holder(connection: sa.Connection, pair: Pair) -> StewardId | None:
    """Who held the item by a lease that has run out, where nobody has taken or opened it since."""
    held = connection.scalar(
        sa.select(_C.claimed_by).where(
            _C.left_id == pair[0], _C.right_id == pair[1], _C.claim_expires_at <= sa.func.now()
        )
    )
    return None if held is None else StewardId(held)


def set_state(
    connection: sa.Connection,
    pairs: Sequence[Pair],
    state: ReviewState,
    *,
    was: Sequence[ReviewState],
    by: StewardId,
) -> None:
    """Puts the items of these pairs into `state`, where they are in one of `was`; nobody holds them afterwards."""
    if not pairs:
        return
    asked = pair_values(pairs)
    connection.execute(
        review_item.update()
        .where(
            _C.left_id == asked.c.left_id,
            _C.right_id == asked.c.right_id,
            _C.state.in_([each.value for each in was]),
        )
        .values(state=state.value, **_NOBODY, **moved(by))
    )


def _held(
    connection: sa.Connection,
    chosen: sa.CTE,
    steward_id: StewardId,
    lease: timedelta,
    blind: bool,
    *,
    changed: Mapping[str, object],
) -> list[ReviewItemSeen]:
    rows = connection.execute(
        review_item.update()
        .where(_C.left_id == chosen.c.left_id, _C.right_id == chosen.c.right_id)
        .values(
            state=ReviewState.CLAIMED.value,
            claimed_by=steward_id,
            claim_expires_at=sa.func.now() + lease,
            claim_blind=blind,
            **changed,
        )
        .returning(*_C)
    )
    return sorted((to_item(row) for row in rows), key=lambda each: (each.item.priority, each.item.pair), reverse=True)


def _order() -> tuple[sa.ColumnElement[object], ...]:
    return _C.priority.desc(), _C.left_id.desc(), _C.right_id.desc()
