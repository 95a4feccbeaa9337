"""What a tenant does with its webhooks: make, change, rotate the secret, test, send again, delete."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
import uuid_utils

from creatorgraph.domain.error import InvalidInputError, NotFoundError
from creatorgraph.domain.tenant import TenantId
from creatorgraph.domain.webhook import DisabledReason, MessageId, NewSecret, Subscription, Webhook, WebhookId
from creatorgraph.services.engines import Engines
from creatorgraph.services.webhook.address import Resolve, check_host, resolved, target_of
from creatorgraph.services.webhook.message import new_secret
from creatorgraph.store.cipher import WebhookCipher
from creatorgraph.store.read.webhook import one_webhook
from creatorgraph.store.write.webhook import (
    count_webhooks,
    delete_webhook,
    disable_webhook,
    enable_webhook,
    insert_webhook,
    queue_again,
    queue_ping,
    replace_secret,
    update_webhook,
)

MOST_DESCRIPTION = 200
MOST_CREATORS = 1000
"""That one webhook may be narrowed to."""


class LimitReachedError(InvalidInputError):
    """The tenant has as many webhooks as it may."""

    code = "limit_reached"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewWebhook:
    """A webhook and its secret, which is shown this once."""

    webhook: Webhook
    secret: NewSecret


async def create_webhook(
    engines: Engines, tenant_id: TenantId, chosen: Subscription, *, resolve: Resolve = resolved
) -> NewWebhook:
    """
    Raises:
        InvalidInputError: the address may not be sent to, or something else of it cannot be used.
        LimitReachedError: the tenant has as many as it may.
    """
    await _check(engines, chosen, resolve)
    return await asyncio.to_thread(_create, engines, tenant_id, chosen)


async def change_webhook(
    engines: Engines,
    tenant_id: TenantId,
    webhook_id: WebhookId,
    fields: Mapping[str, Any],
    *,
    enabled: bool | None = None,
    resolve: Resolve = resolved,
) -> Webhook:
    """Puts `fields` of its Subscription in place of those that it has. Messages that wait go where it says then.

    Raises:
        NotFoundError: the tenant has no such webhook.
        InvalidInputError: as for `create_webhook`.
    """
    chosen = replace((await asyncio.to_thread(webhook_of, engines, tenant_id, webhook_id)).subscription, **fields)
    await _check(engines, chosen, resolve)

    def change() -> Webhook:
        with engines.database.for_tenant(tenant_id) as connection:
            now = datetime.now(UTC)
            _found(connection, webhook_id)
            update_webhook(connection, webhook_id, chosen, now)
            if enabled is True:
                enable_webhook(connection, webhook_id, now)
            elif enabled is False:
                disable_webhook(connection, webhook_id, DisabledReason.REQUEST, now)
            return _found(connection, webhook_id)

    return await asyncio.to_thread(change)


def webhook_of(engines: Engines, tenant_id: TenantId, webhook_id: WebhookId) -> Webhook:
    """Raises NotFoundError where the tenant has none of this id."""
    with engines.database.for_tenant(tenant_id) as connection:
        return _found(connection, webhook_id)


def remove_webhook(engines: Engines, tenant_id: TenantId, webhook_id: WebhookId) -> None:
    """With its secrets, messages and log. Raises NotFoundError where the tenant has none of this id."""
    with engines.database.for_tenant(tenant_id) as connection:
        _found(connection, webhook_id)
        delete_webhook(connection, webhook_id)


def rotate_secret(engines: Engines, tenant_id: TenantId, webhook_id: WebhookId) -> NewSecret:
    """A new secret. Those before sign beside it for `webhook_rotation_hours`, so that nothing is refused meanwhile.

    Raises:
        NotFoundError: the tenant has no such webhook.
    """
    with engines.database.for_tenant(tenant_id) as connection:
        _found(connection, webhook_id)
        return _add_secret(engines, connection, tenant_id, webhook_id)


def send_test(engines: Engines, tenant_id: TenantId, webhook_id: WebhookId) -> MessageId:
    """Queues a message of the type `webhook.ping` that names nobody.

    Raises:
        NotFoundError: the tenant has no such webhook.
        InvalidInputError: it is disabled.
    """
    message_id = MessageId(str(uuid_utils.uuid4()))
    with engines.database.for_tenant(tenant_id) as connection:
        if _found(connection, webhook_id).disabled_at is not None:
            raise InvalidInputError("the webhook is disabled", mend="Enable it first.")
        queue_ping(connection, webhook_id, tenant_id, message_id, datetime.now(UTC))
    return message_id


def replay(
    engines: Engines,
    tenant_id: TenantId,
    webhook_id: WebhookId,
    *,
    message_id: MessageId | None = None,
    since: datetime | None = None,
) -> int:
    """Queues one message again, or all about changes from a time on; how many. Each keeps its `webhook-id`.

    Raises:
        NotFoundError: the tenant has no such webhook, or it no such message (any more).
        InvalidInputError: neither or both are given, or the time has no offset.
    """
    if (message_id is None) == (since is None):
        raise InvalidInputError("one message or a time is needed", mend="Give message_id or since.")
    if since is not None and since.tzinfo is None:
        raise InvalidInputError("the time has no offset", where="since", mend="Write it with Z or +02:00 at its end.")
    with engines.database.for_tenant(tenant_id) as connection:
        _found(connection, webhook_id)
        queued = queue_again(connection, webhook_id, datetime.now(UTC), message_id=message_id, since=since)
    if message_id is not None and not queued:
        raise NotFoundError(
            "there is no such message", where="message_id", mend="Messages are deleted with the log; see deliveries."
        )
    return queued


def _create(engines: Engines, tenant_id: TenantId, chosen: Subscription) -> NewWebhook:
    webhook_id = WebhookId(str(uuid_utils.uuid7()))
    most = engines.settings.webhooks_per_tenant
    with engines.database.for_tenant(tenant_id) as connection:
        if count_webhooks(connection, tenant_id) >= most:
            raise LimitReachedError(f"there are {most} webhooks already", mend="Delete one that is not needed.")
        insert_webhook(connection, webhook_id, tenant_id, chosen, datetime.now(UTC))
        secret = _add_secret(engines, connection, tenant_id, webhook_id)
        return NewWebhook(webhook=_found(connection, webhook_id), secret=secret)


def _add_secret(engines: Engines, connection: sa.Connection, tenant_id: TenantId, webhook_id: WebhookId) -> NewSecret:
    secret, now = new_secret(), datetime.now(UTC)
    until = now + timedelta(hours=engines.settings.webhook_rotation_hours)
    others = replace_secret(
        connection,
        webhook_id,
        tenant_id,
        secret_id=str(uuid_utils.uuid7()),
        sealed=WebhookCipher(engines.settings.contact_secret()).encrypt(secret, context=webhook_id),
        now=now,
        others_until=until,
    )
    return NewSecret(secret=secret, others_until=until if others else None)


def _found(connection: sa.Connection, webhook_id: WebhookId) -> Webhook:
    found = one_webhook(connection, webhook_id)
    if found is None:
        raise NotFoundError("there is no such webhook", mend="Pass an id as the API gave it.")
    return found


async def _check(engines: Engines, chosen: Subscription, resolve: Resolve) -> None:
    target = target_of(chosen.url, engines.settings)
    if not chosen.events:
        raise InvalidInputError("no event is chosen", where="events", mend="Choose at least one.")
    _check_unique(chosen.events, "events")
    if chosen.creators is not None:
        if not 1 <= len(chosen.creators) <= MOST_CREATORS:
            raise InvalidInputError(
                f"{len(chosen.creators)} creators",
                where="creators",
                mend=f"Give 1 to {MOST_CREATORS}, or null for all.",
            )
        _check_unique(chosen.creators, "creators")
    if len(chosen.description) > MOST_DESCRIPTION or not chosen.description.isprintable():
        raise InvalidInputError(
            "this is no description",
            where="description",
            mend=f"Give at most {MOST_DESCRIPTION} printable characters.",
        )
    await check_host(target, resolve)


def _check_unique(values: Sequence[str], where: str) -> None:
    if len(set(values)) != len(values):
        raise InvalidInputError("something is named twice", where=where, mend="Name each once.")
