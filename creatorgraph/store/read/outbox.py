"""How far the outbox and its readers are."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import aggregate_order_by

from creatorgraph.store.table import outbox, outbox_cursor

_PLACES = sa.select(
    sa.func.array_agg(
        aggregate_order_by(
            sa.func.concat(outbox_cursor.c.consumer, " ", outbox_cursor.c.sequence), outbox_cursor.c.consumer
        )
    )
).scalar_subquery()
_STATE = sa.select(sa.func.count(), sa.func.max(outbox.c.sequence), _PLACES)


def outbox_state(connection: sa.Connection) -> str:
    """A name of what has been announced and what its readers have applied: another one means that something has changed.

    The number of messages beside the newest, because a transaction that began earlier may commit later.
    """
    return repr(tuple(connection.execute(_STATE).one()))
