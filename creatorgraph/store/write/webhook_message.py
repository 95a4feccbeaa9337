"""Messages to webhooks: made from the outbox, lent to one sender at a time, and recorded with how sending went.

For the operator's role: it works for all tenants.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.webhook import MAX_CREATORS, Attempt, DisabledReason, MessageId, WebhookEvent, WebhookId
from creatorgraph.store.read.erasure import rows_naming
from creatorgraph.store.read.keyset import CreatorUuid, any_of
from creatorgraph.store.table import webhook, webhook_delivery, webhook_message, webhook_secret

_FAN_OUT = sa.text(
    """
    INSERT INTO webhook_message (tenant_id, webhook_id, type, creators, origin, part, occurred_at, due_at)
    SELECT
        told.tenant_id, told.webhook_id, told.topic,
        jsonb_agg(jsonb_build_object('id', told.id, 'successor_id', told.successor_id) ORDER BY told.place),
        told.sequence, told.part, told.at, :now
    FROM (
        SELECT
            webhook.tenant_id, webhook.webhook_id, outbox.topic, outbox.transaction, outbox.sequence, outbox.at,
            named.id, named.place, creator.successor_id,
            (row_number() OVER (PARTITION BY webhook.webhook_id, outbox.sequence ORDER BY named.place) - 1) / :most AS part
        FROM outbox
        JOIN webhook ON outbox.topic = ANY(webhook.events) AND webhook.disabled_at IS NULL
        CROSS JOIN LATERAL jsonb_array_elements_text(outbox.payload -> 'creators') WITH ORDINALITY AS named (id, place)
        LEFT JOIN creator ON creator.creator_id = named.id::uuid AND outbox.topic = :merged
        WHERE outbox.sequence = ANY(:sequences)
        AND (webhook.creators IS NULL OR named.id::uuid = ANY(webhook.creators))
    ) AS told
    GROUP BY told.tenant_id, told.webhook_id, told.topic, told.transaction, told.sequence, told.part, told.at
    ORDER BY told.transaction, told.sequence, told.part
    ON CONFLICT (webhook_id, origin, part) DO NOTHING
    """
)
_CLAIM = sa.text(
    """
    UPDATE webhook SET lease = :lease, leased_until = :until WHERE webhook_id IN (
        SELECT webhook_id FROM webhook
        JOIN tenant ON tenant.tenant_id = webhook.tenant_id AND tenant.disabled_at IS NULL
        WHERE webhook.disabled_at IS NULL
        AND (leased_until IS NULL OR leased_until <= :now)
        AND (resume_at IS NULL OR resume_at <= :now)
        AND EXISTS (
            SELECT FROM webhook_message AS message
            WHERE message.webhook_id = webhook.webhook_id AND message.due_at <= :now
        )
        -- who was served longest ago comes first
        ORDER BY leased_until NULLS FIRST, webhook_id
        LIMIT :most
        FOR UPDATE OF webhook SKIP LOCKED
    )
    RETURNING webhook_id::text, url
    """
)
_STRIP = sa.text(
    """
    UPDATE webhook_message SET creators = (
        SELECT coalesce(jsonb_agg(named ORDER BY place), '[]')
        FROM jsonb_array_elements(creators) WITH ORDINALITY AS listed (named, place)
        WHERE named ->> 'id' <> :id AND named ->> 'successor_id' IS DISTINCT FROM :id
    )
    WHERE type <> :erased AND (
        creators @> jsonb_build_array(jsonb_build_object('id', CAST(:id AS text)))
        OR creators @> jsonb_build_array(jsonb_build_object('successor_id', CAST(:id AS text)))
    )
    RETURNING message_id, creators = '[]'
    """
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lent:
    """An endpoint that nobody else sends to as long as the lease holds."""

    webhook_id: WebhookId
    url: str
    lease: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """A message that is due. `creators` are pairs of id and successor; `tries` counts attempts since it was queued last."""

    message_id: MessageId
    type: str
    creators: tuple[tuple[CreatorId, CreatorId | None], ...]
    occurred_at: datetime
    attempts: int
    tries: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What follows from an attempt: when the message is sent again, until when the endpoint rests, why it is disabled."""

    next_at: datetime | None = None
    resume_at: datetime | None = None
    disabled: DisabledReason | None = None


def fan_out(connection: sa.Connection, sequences: Collection[int], now: datetime) -> int:
    """A message for each webhook that wants to hear of these entries of the outbox; to do it twice makes none twice. How many."""
    return connection.execute(
        _FAN_OUT,
        {
            "sequences": sorted(sequences),
            "most": MAX_CREATORS,
            "merged": WebhookEvent.MERGED.value,
            "now": now,
        },
    ).rowcount


def claim(connection: sa.Connection, *, lease: str, now: datetime, until: datetime, most: int) -> list[Lent]:
    """Endpoints that have something due and are nobody's."""
    rows = connection.execute(_CLAIM, {"lease": lease, "now": now, "until": until, "most": most})
    return [Lent(webhook_id=WebhookId(row.webhook_id), url=row.url, lease=lease) for row in rows]


def next_message(
    connection: sa.Connection, lent: Lent, *, now: datetime, until: datetime
) -> tuple[Outgoing, Sequence[bytes]] | None:
    """The first message that is due, and the sealed secrets that are good, the newest first; the lease goes on.

    None where nothing is due, or the endpoint is not ours any more, is disabled or rests.
    """
    held = connection.execute(
        webhook.update()
        .where(
            webhook.c.webhook_id == lent.webhook_id,
            webhook.c.lease == lent.lease,
            webhook.c.url == lent.url,
            webhook.c.disabled_at.is_(None),
            sa.or_(webhook.c.resume_at.is_(None), webhook.c.resume_at <= now),
        )
        .values(leased_until=until)
    )
    if not held.rowcount:
        return None
    row = connection.execute(
        sa.select(webhook_message)
        .where(webhook_message.c.webhook_id == lent.webhook_id, webhook_message.c.due_at <= now)
        .order_by(webhook_message.c.sequence)
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    good = sa.or_(webhook_secret.c.expires_at.is_(None), webhook_secret.c.expires_at > now)
    sealed = connection.scalars(
        sa.select(webhook_secret.c.sealed)
        .where(webhook_secret.c.webhook_id == lent.webhook_id, good)
        .order_by(webhook_secret.c.created_at.desc(), webhook_secret.c.secret_id.desc())
    )
    message = Outgoing(
        message_id=MessageId(row.message_id),
        type=row.type,
        creators=tuple((CreatorId(each["id"]), each["successor_id"]) for each in row.creators),
        occurred_at=row.occurred_at,
        attempts=row.attempts,
        tries=row.tries,
    )
    return message, [bytes(each) for each in sealed]


def failing_since(connection: sa.Connection, webhook_id: WebhookId) -> tuple[datetime | None, int]:
    """Since when the endpoint takes nothing (None: it does), and how many attempts have failed in a row."""
    row = connection.execute(
        sa.select(webhook.c.failing_since, webhook.c.failures).where(webhook.c.webhook_id == webhook_id)
    ).one_or_none()
    return (None, 0) if row is None else (row.failing_since, row.failures)


def record(
    connection: sa.Connection, lent: Lent, message: Outgoing, attempt: Attempt, verdict: Verdict, now: datetime
) -> None:
    """Writes an attempt into the log, and what follows from it; nothing where message or endpoint were deleted meanwhile."""
    taken = attempt.error is None
    known = connection.execute(
        webhook_message.update()
        .where(webhook_message.c.message_id == message.message_id)
        .values(
            attempts=webhook_message.c.attempts + 1,
            tries=webhook_message.c.tries + 1,
            due_at=verdict.next_at,
            **({"delivered_at": now} if taken else {}),
        )
        .returning(webhook_message.c.tenant_id)
    ).one_or_none()
    if known is None:
        return
    connection.execute(
        webhook_delivery.insert().values(
            tenant_id=known.tenant_id,
            webhook_id=lent.webhook_id,
            message_id=message.message_id,
            attempt=message.attempts + 1,
            at=now,
            duration_ms=attempt.duration_ms,
            status=attempt.status,
            answer=attempt.answer,
            error=attempt.error,
            next_at=verdict.next_at,
        )
    )
    state: dict[str, object] = (
        {"failing_since": None, "failures": 0, "resume_at": None}
        if taken
        else {
            "failing_since": sa.func.coalesce(webhook.c.failing_since, now),
            "failures": webhook.c.failures + 1,
            "resume_at": verdict.resume_at,
        }
    )
    if verdict.disabled is not None:
        state |= {
            "disabled_at": sa.func.coalesce(webhook.c.disabled_at, now),
            "disabled_reason": sa.func.coalesce(webhook.c.disabled_reason, verdict.disabled.value),
        }
    connection.execute(webhook.update().where(webhook.c.webhook_id == lent.webhook_id).values(**state))


def release(connection: sa.Connection, lent: Lent, now: datetime) -> None:
    """Gives the endpoint back. `leased_until` stays as the moment of its turn."""
    connection.execute(
        webhook.update()
        .where(webhook.c.webhook_id == lent.webhook_id, webhook.c.lease == lent.lease)
        .values(lease=None, leased_until=now)
    )


def expire_messages(connection: sa.Connection, before: datetime, now: datetime) -> int:
    """Deletes messages that ended, or that wait in vain, with their log, and secrets that have run out; how many messages."""
    connection.execute(webhook_secret.delete().where(webhook_secret.c.expires_at <= now))
    return connection.execute(webhook_message.delete().where(webhook_message.c.occurred_at < before)).rowcount


def forget_creator(connection: sa.Connection, creator: CreatorId) -> int:
    """Takes the creator out of every message but those that tell of erasures; one that names nobody else goes. How many."""
    touched = connection.execute(_STRIP, {"id": creator, "erased": WebhookEvent.ERASED.value}).all()
    emptied = [str(row[0]) for row in touched if row[1]]
    connection.execute(webhook_message.delete().where(webhook_message.c.message_id == any_of(emptied, CreatorUuid)))
    return len(touched)


def forget_answers(connection: sa.Connection, named: Callable[[str], bool]) -> int:
    """Empties what endpoints answered where `named` says that it names somebody; how many."""
    log = webhook_delivery.c
    told = rows_naming(connection, sa.select(log.delivery_id, log.answer).where(log.answer.is_not(None)), named)
    emptied = webhook_delivery.update().where(log.delivery_id == any_of(told, sa.BigInteger())).values(answer=None)
    return connection.execute(emptied).rowcount
