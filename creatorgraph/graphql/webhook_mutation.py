"""What callers do with their tenant's webhooks."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

import strawberry

from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.error import CreatorgraphError
from creatorgraph.domain.role import Scope
from creatorgraph.domain.tenant import TenantId
from creatorgraph.domain.webhook import MessageId, Subscription, WebhookEvent, WebhookId
from creatorgraph.graphql import node
from creatorgraph.graphql.context import Info
from creatorgraph.graphql.field import resolved
from creatorgraph.graphql.webhook import Webhook, WebhookIdArgument
from creatorgraph.graphql.webhook_outcome import (
    WebhookDeleted,
    WebhookDeletedResult,
    WebhookQueued,
    WebhookQueuedResult,
    WebhookResult,
    WebhookSaved,
    webhook_problem,
)
from creatorgraph.services.webhook.subscription import (
    change_webhook,
    create_webhook,
    remove_webhook,
    replay,
    rotate_secret,
    send_test,
    webhook_of,
)

_argument = strawberry.argument
_field = strawberry.field


@strawberry.input(description="A webhook to be made.")
class WebhookInput:
    url: str = _field(description="Where messages go: https, a public host by its name.")
    events: list[WebhookEvent] = _field(description="What is told; each once.")
    description: str = _field(default="", description="What it is for.")
    creator_ids: list[strawberry.ID] | None = _field(
        default=None, description="Changes of these creators alone, as global ids or UUIDs; null: of all."
    )


@strawberry.input(description="What is to be changed; what is left out stays.")
class WebhookChange:
    url: str | None = _field(default=None, description="Where messages go.")
    events: list[WebhookEvent] | None = _field(default=None, description="What is told; each once.")
    description: str | None = _field(default=None, description="What it is for.")
    creator_ids: list[strawberry.ID] | None = _field(
        default=strawberry.UNSET, description="Changes of these creators alone; null: of all."
    )
    enabled: bool | None = _field(
        default=None, description="Whether anything is sent; true clears what had disabled it."
    )

    def fields(self) -> dict[str, Any]:
        given = {"url": self.url, "description": self.description}
        found: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
        if self.events is not None:
            found["events"] = tuple(self.events)
        if self.creator_ids is not strawberry.UNSET:
            found["creators"] = _creators(self.creator_ids)
        return found


@strawberry.type
class WebhookMutation:
    @resolved("Subscribes an endpoint to changes.")
    async def create_webhook(
        self,
        info: Info,
        input: Annotated[WebhookInput, _argument(description="What it is to be.")],  # noqa: A002
    ) -> WebhookResult:
        try:
            owner = _owner(info)
            chosen = Subscription(
                url=input.url,
                description=input.description,
                events=tuple(input.events),
                creators=_creators(input.creator_ids),
            )
            made = await create_webhook(info.context.engines, owner, chosen)
        except CreatorgraphError as error:
            return webhook_problem(error)
        return WebhookSaved(webhook=Webhook.of(made.webhook), secret=made.secret.secret, others_until=None)

    @resolved("Changes a webhook. Messages that wait go where it says then.")
    async def update_webhook(
        self,
        info: Info,
        id: WebhookIdArgument,  # noqa: A002
        input: Annotated[WebhookChange, _argument(description="What is to be changed.")],  # noqa: A002
    ) -> WebhookResult:
        try:
            changed = await change_webhook(
                info.context.engines, _owner(info), _key(id), input.fields(), enabled=input.enabled
            )
        except CreatorgraphError as error:
            return webhook_problem(error)
        return WebhookSaved(webhook=Webhook.of(changed), secret=None, others_until=None)

    @resolved("Deletes a webhook with its secrets, messages and log.")
    async def delete_webhook(self, info: Info, id: WebhookIdArgument) -> WebhookDeletedResult:  # noqa: A002
        try:
            owner, key = _owner(info), _key(id)
            await asyncio.to_thread(remove_webhook, info.context.engines, owner, key)
        except CreatorgraphError as error:
            return webhook_problem(error)
        return WebhookDeleted(id=node.global_id(node.WEBHOOK, key))

    @resolved("Makes a new secret. The ones before sign beside it for a day (`othersUntil`).")
    async def rotate_webhook_secret(self, info: Info, id: WebhookIdArgument) -> WebhookResult:  # noqa: A002
        try:
            owner, key = _owner(info), _key(id)
            made = await asyncio.to_thread(rotate_secret, info.context.engines, owner, key)
            found = await asyncio.to_thread(webhook_of, info.context.engines, owner, key)
        except CreatorgraphError as error:
            return webhook_problem(error)
        return WebhookSaved(webhook=Webhook.of(found), secret=made.secret, others_until=made.others_until)

    @resolved("Sends a message of the type `webhook.ping` that names nobody.")
    async def test_webhook(self, info: Info, id: WebhookIdArgument) -> WebhookQueuedResult:  # noqa: A002
        try:
            await asyncio.to_thread(send_test, info.context.engines, _owner(info), _key(id))
        except CreatorgraphError as error:
            return webhook_problem(error)
        return WebhookQueued(messages=1)

    @resolved("Sends one message again, or all about changes since a time; each keeps its `webhook-id`.")
    async def replay_webhook(
        self,
        info: Info,
        id: WebhookIdArgument,  # noqa: A002
        message_id: Annotated[
            strawberry.ID | None, _argument(description="A message, as `WebhookDelivery.messageId` or its UUID.")
        ] = None,
        since: Annotated[datetime | None, _argument(description="All messages from then on.")] = None,
    ) -> WebhookQueuedResult:
        try:
            owner, key = _owner(info), _key(id)
            named = MessageId(node.uuid_of(node.WEBHOOK_MESSAGE, message_id)) if message_id is not None else None
            queued = await asyncio.to_thread(replay, info.context.engines, owner, key, message_id=named, since=since)
        except CreatorgraphError as error:
            return webhook_problem(error)
        return WebhookQueued(messages=queued)


def _owner(info: Info) -> TenantId:
    return info.context.caller.require_tenant(Scope.WEBHOOK)


def _key(id_: str) -> WebhookId:
    return WebhookId(node.uuid_of(node.WEBHOOK, id_))


def _creators(given: Sequence[strawberry.ID] | None) -> tuple[CreatorId, ...] | None:
    return None if given is None else tuple(node.creator_of(each) for each in given)
