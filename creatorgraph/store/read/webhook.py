"""Webhooks and the log of sending to them. What is read is what the transaction's role may see: one tenant's, or all tenants'."""

from collections.abc import Sequence
from functools import cache

import sqlalchemy as sa

from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.tenant import TenantId
from creatorgraph.domain.webhook import (
    Delivery,
    DisabledReason,
    MessageId,
    Subscription,
    Webhook,
    WebhookEvent,
    WebhookId,
)
from creatorgraph.store.read.keyset import (
    AnyRow,
    AnySelect,
    CreatorUuid,
    Key,
    Page,
    Part,
    part_statement,
    read_parts,
    to_page,
    wanted,
)
from creatorgraph.store.table import webhook, webhook_delivery, webhook_message

_SHOWN = (
    "webhook_id",
    "tenant_id",
    "url",
    "description",
    "events",
    "creators",
    "created_at",
    "updated_at",
    "disabled_at",
    "disabled_reason",
    "failing_since",
)


def one_webhook(connection: sa.Connection, webhook_id: WebhookId) -> Webhook | None:
    row = connection.execute(_webhooks().where(webhook.c.webhook_id == webhook_id)).one_or_none()
    return None if row is None else _webhook(row)


def page_of_webhooks(connection: sa.Connection, *, first: int, after: Key | None = None) -> Page[Webhook]:
    """Webhooks in the order of their making. The key of a row is (created_at, webhook_id)."""
    columns = (webhook.c.created_at, webhook.c.webhook_id)
    statement = _webhooks().order_by(*columns).limit(first + 1)
    if after is not None:
        statement = statement.where(sa.tuple_(*columns) > sa.tuple_(*after, types=[each.type for each in columns]))
    return to_page(connection.execute(statement).all(), first, ("created_at", "webhook_id"), _webhook)


def deliveries_of_webhooks(connection: sa.Connection, parts: Sequence[Part]) -> list[Page[Delivery]]:
    """Pages of attempts, the newest first, one for each part. The key of a row is (delivery_id,)."""
    return read_parts(connection, parts, _page_of_deliveries(), ("delivery_id",), _delivery)


@cache
def _page_of_deliveries() -> AnySelect:
    asked = wanted(CreatorUuid, sa.BigInteger())
    child = (
        sa.select(webhook_delivery, webhook_message.c.type)
        .join(webhook_message, webhook_message.c.message_id == webhook_delivery.c.message_id)
        .where(
            webhook_delivery.c.webhook_id == asked.c.parent,
            sa.or_(asked.c.after_0.is_(None), webhook_delivery.c.delivery_id < asked.c.after_0),
        )
        .order_by(webhook_delivery.c.delivery_id.desc())
    )
    return part_statement(asked, child)


def _webhooks() -> AnySelect:
    waiting = (
        sa.select(sa.func.count())
        .select_from(webhook_message)
        .where(webhook_message.c.webhook_id == webhook.c.webhook_id, webhook_message.c.due_at.is_not(None))
        .scalar_subquery()
    )
    return sa.select(*(webhook.c[name] for name in _SHOWN), waiting.label("waiting"))


def _webhook(row: AnyRow) -> Webhook:
    return Webhook(
        webhook_id=WebhookId(row.webhook_id),
        tenant_id=TenantId(row.tenant_id),
        subscription=Subscription(
            url=row.url,
            description=row.description,
            events=tuple(WebhookEvent(each) for each in row.events),
            creators=None if row.creators is None else tuple(CreatorId(each) for each in row.creators),
        ),
        created_at=row.created_at,
        updated_at=row.updated_at,
        disabled_at=row.disabled_at,
        disabled_reason=None if row.disabled_reason is None else DisabledReason(row.disabled_reason),
        failing_since=row.failing_since,
        waiting=row.waiting,
    )


def _delivery(row: AnyRow) -> Delivery:
    return Delivery(
        delivery_id=row.delivery_id,
        message_id=MessageId(row.message_id),
        type=row.type,
        attempt=row.attempt,
        at=row.at,
        duration_ms=row.duration_ms,
        status=row.status,
        answer=row.answer,
        error=row.error,
        next_at=row.next_at,
    )
