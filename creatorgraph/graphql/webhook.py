"""The caller's own webhooks and the log of sending to them. Nobody's else can be asked for, not even by id."""

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

import strawberry

from creatorgraph.domain import webhook as domain
from creatorgraph.domain.role import Scope
from creatorgraph.domain.webhook import DisabledReason, WebhookEvent
from creatorgraph.graphql.context import Info
from creatorgraph.graphql.field import resolved
from creatorgraph.graphql.limit import page_size
from creatorgraph.graphql.node import (
    CREATOR,
    WEBHOOK,
    WEBHOOK_DELIVERY,
    WEBHOOK_MESSAGE,
    global_id,
    uuid_of,
)
from creatorgraph.graphql.relay import After, Connection, Cursor, First
from creatorgraph.store.read.keyset import Part
from creatorgraph.store.read.webhook import one_webhook, page_of_webhooks

WEBHOOK_CURSOR = Cursor("webhook", (datetime, UUID))
DELIVERY_CURSOR = Cursor("delivery", (int,))
WebhookIdArgument = Annotated[strawberry.ID, strawberry.argument(description="The global id or UUID of a webhook.")]
_field = strawberry.field


@strawberry.type(description="One attempt to send a message.")
class WebhookDelivery:
    id: strawberry.ID = _field(description="Of the attempt.")
    message_id: strawberry.ID = _field(description="The message; `replayWebhook` takes it.")
    webhook_id: str = _field(description="The header `webhook-id`, the same at every attempt of the message.")
    type: str = _field(description="The type of the message, such as `creator.merged` or `webhook.ping`.")
    attempt: int = _field(description="Which attempt of the message.")
    at: datetime = _field(description="When.")
    duration_ms: int = _field(description="How long it took, in milliseconds.")
    status: int | None = _field(description="The status that came back; null: none did.")
    answer: str | None = _field(description="The first 500 characters of what came back.")
    error: str | None = _field(description="Why it was not taken; null: it was.")
    next_at: datetime | None = _field(description="When the message is sent again; null: it is not.")

    @classmethod
    def of(cls, entry: domain.Delivery) -> Self:
        return cls(
            id=global_id(WEBHOOK_DELIVERY, str(entry.delivery_id)),
            message_id=global_id(WEBHOOK_MESSAGE, entry.message_id),
            webhook_id=f"msg_{entry.message_id}",
            type=entry.type,
            attempt=entry.attempt,
            at=entry.at,
            duration_ms=entry.duration_ms,
            status=entry.status,
            answer=entry.answer,
            error=entry.error,
            next_at=entry.next_at,
        )


@strawberry.type(description="An endpoint of the caller's tenant that is told of changes.")
class Webhook:
    found: strawberry.Private[domain.Webhook]
    id: strawberry.ID = _field(description="The global id.")
    url: str = _field(description="Where messages go.")
    description: str = _field(description="What it is for.")
    events: list[WebhookEvent] = _field(description="What is told.")
    creator_ids: list[strawberry.ID] | None = _field(description="The creators that it is narrowed to; null: all.")
    created_at: datetime = _field(description="When it was made.")
    updated_at: datetime = _field(description="When it was changed last.")
    disabled_at: datetime | None = _field(description="Since when nothing is sent; null: it is.")
    disabled_reason: DisabledReason | None = _field(description="Why nothing is sent.")
    failing_since: datetime | None = _field(
        description="The first of the failures that go on; null: the last message was taken."
    )
    waiting: int = _field(description="Messages that are still to be sent.")

    @classmethod
    def of(cls, found: domain.Webhook) -> Self:
        chosen = found.subscription
        return cls(
            found=found,
            id=global_id(WEBHOOK, found.webhook_id),
            url=chosen.url,
            description=chosen.description,
            events=list(chosen.events),
            creator_ids=None if chosen.creators is None else [global_id(CREATOR, each) for each in chosen.creators],
            created_at=found.created_at,
            updated_at=found.updated_at,
            disabled_at=found.disabled_at,
            disabled_reason=found.disabled_reason,
            failing_since=found.failing_since,
            waiting=found.waiting,
        )

    @resolved("Every attempt of the last days, the newest first.")
    async def deliveries(self, info: Info, first: First, after: After = None) -> Connection[WebhookDelivery]:
        key = DELIVERY_CURSOR.decode(after)
        part = Part(parent=self.found.webhook_id, first=page_size(first), after=key)
        page = await info.context.loaders.deliveries.load((self.found.tenant_id, part))
        return DELIVERY_CURSOR.connection(page, [WebhookDelivery.of(each) for each in page.items], key)


@strawberry.type
class WebhookQuery:
    @resolved("The caller's webhooks in the order of their making. Needs the scope `webhook`.")
    async def webhooks(self, info: Info, first: First, after: After = None) -> Connection[Webhook]:
        owner, key = info.context.caller.require_tenant(Scope.WEBHOOK), WEBHOOK_CURSOR.decode(after)
        page = await info.context.engines.database.ask_for_tenant(
            owner, page_of_webhooks, first=page_size(first), after=key
        )
        return WEBHOOK_CURSOR.connection(page, [Webhook.of(each) for each in page.items], key)

    @resolved("One of the caller's webhooks; null where there is none of this id. Needs the scope `webhook`.")
    async def webhook(self, info: Info, id: WebhookIdArgument) -> Webhook | None:  # noqa: A002
        owner = info.context.caller.require_tenant(Scope.WEBHOOK)
        key = domain.WebhookId(uuid_of(WEBHOOK, id))
        found = await info.context.engines.database.ask_for_tenant(owner, one_webhook, key)
        return Webhook.of(found) if found else None
