"""The outbox: what changed, written with the change itself, read at least once by every consumer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import orjson
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from creatorgraph.store.table import outbox, outbox_cursor
from creatorgraph.store.write.copy import insert_rows
from creatorgraph.store.write.notice import tell_creators, tell_profiles

IDS_PER_MESSAGE = 1000
_PRUNE = sa.text(
    """
    WITH gone AS (
        DELETE FROM outbox WHERE (transaction, sequence) <= (:transaction, :sequence)
        RETURNING sequence, transaction, payload
    ),
    named AS (
        SELECT gone.sequence, gone.transaction, id.text::uuid AS creator_id
        FROM gone, jsonb_array_elements_text(payload -> 'creators') AS id (text)
        UNION
        SELECT gone.sequence, gone.transaction, membership.creator_id
        FROM gone, jsonb_array_elements_text(payload -> 'profiles') AS id (text)
        JOIN membership ON membership.profile_id = id.text
    ),
    logged AS (
        INSERT INTO change_log (sequence, transaction, creators)
        SELECT sequence, transaction, array_agg(creator_id) FROM named GROUP BY sequence, transaction
    )
    SELECT count(*) FROM gone
    """
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One entry. `transaction` and `sequence` are its place; consumers go by both (see the table)."""

    transaction: int
    sequence: int
    topic: str
    payload: dict[str, list[str]]


def announce(connection: sa.Connection, topic: str, key: str, ids: Iterable[str]) -> None:
    """Writes that `ids` (of `key`: "profiles" or "creators") changed, in messages of at most IDS_PER_MESSAGE.

    Whoever keeps answers made of them hears of it when the transaction is committed.
    """
    ordered = sorted(set(ids))
    chunks = (ordered[start : start + IDS_PER_MESSAGE] for start in range(0, len(ordered), IDS_PER_MESSAGE))
    insert_rows(
        connection, outbox, ("topic", "payload"), ((topic, orjson.dumps({key: chunk}).decode()) for chunk in chunks)
    )
    (tell_creators if key == "creators" else tell_profiles)(connection, ordered)


def unread(connection: sa.Connection, consumer: str, *, limit: int) -> Sequence[Message]:
    """The oldest messages that `consumer` has not acknowledged, in the order of their transactions.

    Messages of transactions that could still be overtaken by a running one are held back until it ends.
    """
    cursor = sa.select(outbox_cursor.c.transaction, outbox_cursor.c.sequence).where(
        outbox_cursor.c.consumer == consumer
    )
    place = connection.execute(cursor).one_or_none()
    transaction, sequence = (place.transaction, place.sequence) if place else (0, 0)
    oldest_running = sa.text("(pg_snapshot_xmin(pg_current_snapshot())::text)::bigint")
    rows = connection.execute(
        sa.select(outbox.c.transaction, outbox.c.sequence, outbox.c.topic, outbox.c.payload)
        .where(sa.tuple_(outbox.c.transaction, outbox.c.sequence) > sa.tuple_(transaction, sequence))
        .where(outbox.c.transaction < oldest_running)
        .order_by(outbox.c.transaction, outbox.c.sequence)
        .limit(limit)
    )
    return [Message(transaction=r.transaction, sequence=r.sequence, topic=r.topic, payload=r.payload) for r in rows]


def acknowledge(connection: sa.Connection, consumer: str, message: Message) -> None:
    """`consumer` has applied everything up to `message`."""
    _move(connection, consumer, transaction=message.transaction, sequence=message.sequence, failure=None)


def acknowledge_all(connection: sa.Connection, consumer: str) -> None:
    """`consumer` was rebuilt from this transaction's snapshot: what that could see is done.

    Read the snapshot and call this in one REPEATABLE READ transaction.
    """
    newest = connection.execute(
        sa.select(outbox.c.transaction, outbox.c.sequence)
        .where(outbox.c.transaction < sa.text("(pg_snapshot_xmin(pg_current_snapshot())::text)::bigint"))
        .order_by(outbox.c.transaction.desc(), outbox.c.sequence.desc())
        .limit(1)
    ).one_or_none()
    if newest is not None:
        _move(connection, consumer, transaction=newest.transaction, sequence=newest.sequence, failure=None)


def record_failure(connection: sa.Connection, consumer: str, failure: str) -> None:
    """`consumer` could not apply what is next; kept for `creatorgraph doctor` and the health page."""
    connection.execute(
        insert(outbox_cursor)
        .values(consumer=consumer, failure=failure)
        .on_conflict_do_update(index_elements=["consumer"], set_={"failure": failure, "updated_at": sa.func.now()})
    )


def backlog(connection: sa.Connection, consumer: str) -> int:
    """How many messages `consumer` has not acknowledged."""
    place = (
        sa.select(outbox_cursor.c.transaction, outbox_cursor.c.sequence)
        .where(outbox_cursor.c.consumer == consumer)
        .subquery()
    )
    count = connection.scalar(
        sa.select(sa.func.count())
        .select_from(outbox.outerjoin(place, sa.true()))
        .where(
            sa.tuple_(outbox.c.transaction, outbox.c.sequence)
            > sa.tuple_(sa.func.coalesce(place.c.transaction, 0), sa.func.coalesce(place.c.sequence, 0))
        )
    )
    return int(count or 0)


def prune(connection: sa.Connection, consumers: Sequence[str]) -> int:
    """Deletes the messages that each of `consumers` has acknowledged; one that never read keeps them all.

    Which creators they were about goes into the change log in the same step: every snapshot finds a change in one of both.
    """
    places = connection.execute(
        sa.select(outbox_cursor.c.transaction, outbox_cursor.c.sequence).where(outbox_cursor.c.consumer.in_(consumers))
    ).all()
    if len(places) < len(set(consumers)):
        return 0
    transaction, sequence = min((p.transaction, p.sequence) for p in places)
    return int(connection.scalar(_PRUNE, {"transaction": transaction, "sequence": sequence}) or 0)


def _move(connection: sa.Connection, consumer: str, **place: object) -> None:
    connection.execute(
        insert(outbox_cursor)
        .values(consumer=consumer, **place)
        .on_conflict_do_update(index_elements=["consumer"], set_={**place, "updated_at": sa.func.now()})
    )
