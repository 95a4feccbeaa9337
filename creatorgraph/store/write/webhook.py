"""What a tenant does with its webhooks. Every statement is for the tenant's own role, which has its own rows alone."""

from datetime import datetime

import sqlalchemy as sa

from creatorgraph.domain.tenant import TenantId
from creatorgraph.domain.webhook import PING, DisabledReason, MessageId, Subscription, WebhookId
from creatorgraph.store.advisory import lock
from creatorgraph.store.table import webhook, webhook_message, webhook_secret


def count_webhooks(connection: sa.Connection, tenant_id: TenantId) -> int:
    """How many the tenant has; nobody adds to them until the transaction ends."""
    lock(connection, f"creatorgraph.webhook.{tenant_id}")
    return int(connection.scalar(sa.select(sa.func.count()).select_from(webhook)) or 0)


def insert_webhook(
    connection: sa.Connection, webhook_id: WebhookId, tenant_id: TenantId, chosen: Subscription, now: datetime
) -> None:
    connection.execute(
        webhook.insert().values(
            webhook_id=webhook_id, tenant_id=tenant_id, created_at=now, updated_at=now, **_columns(chosen)
        )
    )


def update_webhook(connection: sa.Connection, webhook_id: WebhookId, chosen: Subscription, now: datetime) -> None:
    connection.execute(
        webhook.update().where(webhook.c.webhook_id == webhook_id).values(updated_at=now, **_columns(chosen))
    )


def enable_webhook(connection: sa.Connection, webhook_id: WebhookId, now: datetime) -> None:
    """What is waiting goes out at once; one that is enabled stays as it is."""
    connection.execute(
        webhook.update()
        .where(webhook.c.webhook_id == webhook_id, webhook.c.disabled_at.is_not(None))
        .values(disabled_at=None, disabled_reason=None, failing_since=None, failures=0, resume_at=None, updated_at=now)
    )


def disable_webhook(connection: sa.Connection, webhook_id: WebhookId, reason: DisabledReason, now: datetime) -> None:
    """One that is disabled keeps its first reason."""
    connection.execute(
        webhook.update()
        .where(webhook.c.webhook_id == webhook_id, webhook.c.disabled_at.is_(None))
        .values(disabled_at=now, disabled_reason=reason.value, updated_at=now)
    )


def delete_webhook(connection: sa.Connection, webhook_id: WebhookId) -> None:
    """Its secrets, messages and log go with it."""
    connection.execute(webhook.delete().where(webhook.c.webhook_id == webhook_id))


def replace_secret(
    connection: sa.Connection,
    webhook_id: WebhookId,
    tenant_id: TenantId,
    *,
    secret_id: str,
    sealed: bytes,
    now: datetime,
    others_until: datetime,
) -> bool:
    """Adds a secret; those before are good until `others_until`, or until they end anyway. Whether there is one that is."""
    others = connection.execute(
        webhook_secret.update()
        .where(
            webhook_secret.c.webhook_id == webhook_id,
            sa.or_(webhook_secret.c.expires_at.is_(None), webhook_secret.c.expires_at > others_until),
        )
        .values(expires_at=others_until)
    )
    connection.execute(
        webhook_secret.insert().values(
            secret_id=secret_id, tenant_id=tenant_id, webhook_id=webhook_id, sealed=sealed, created_at=now
        )
    )
    return others.rowcount > 0


def queue_ping(
    connection: sa.Connection, webhook_id: WebhookId, tenant_id: TenantId, message_id: MessageId, now: datetime
) -> None:
    connection.execute(
        webhook_message.insert().values(
            message_id=message_id,
            tenant_id=tenant_id,
            webhook_id=webhook_id,
            type=PING,
            creators=[],
            occurred_at=now,
            due_at=now,
        )
    )


def queue_again(
    connection: sa.Connection,
    webhook_id: WebhookId,
    now: datetime,
    *,
    message_id: MessageId | None = None,
    since: datetime | None = None,
) -> int:
    """Messages of the webhook are due once more, with the attempts of fresh ones: the one named, or those of changes since
    then but for pings. How many."""
    statement = webhook_message.update().where(webhook_message.c.webhook_id == webhook_id)
    if message_id is not None:
        statement = statement.where(webhook_message.c.message_id == message_id)
    if since is not None:
        statement = statement.where(webhook_message.c.occurred_at >= since, webhook_message.c.type != PING)
    return connection.execute(statement.values(due_at=now, tries=0)).rowcount


def _columns(chosen: Subscription) -> dict[str, object]:
    return {
        "url": chosen.url,
        "description": chosen.description,
        "events": [each.value for each in chosen.events],
        "creators": None if chosen.creators is None else list(chosen.creators),
    }
