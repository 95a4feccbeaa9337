"""How far the outbox and its readers are."""

import sqlalchemy as sa

from creatorgraph.store.table import outbox, outbox_cursor


def outbox_state(connection: sa.Connection) -> str:
    """A name of what has been announced and what its readers have applied: another one means that something has changed.

    The number of messages beside the newest, because a transaction that began earlier may commit later.
    """
    waiting = connection.execute(sa.select(sa.func.count(), sa.func.max(outbox.c.sequence))).one()
    places = connection.execute(
        sa.select(outbox_cursor.c.consumer, outbox_cursor.c.sequence).order_by(outbox_cursor.c.consumer)
    ).all()
    return repr((*waiting, *(tuple(place) for place in places)))
