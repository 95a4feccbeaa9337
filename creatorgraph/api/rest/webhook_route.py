"""Webhooks over REST: subscribe, look after the secret, see how telling went, send again."""

import asyncio
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Header, Path, Query, Response

from creatorgraph.api.rest.access import Access, Subscriber
from creatorgraph.api.rest.creator_route import PROBLEMS
from creatorgraph.api.rest.problem import MEDIA_TYPE, ProblemRoute
from creatorgraph.api.rest.webhook_model import (
    DeliveryModel,
    DeliveryPage,
    EventMessage,
    NewWebhookModel,
    QueuedModel,
    ReplayRequest,
    SecretModel,
    WebhookChange,
    WebhookModel,
    WebhookPage,
    WebhookRequest,
    creator_ids,
    shown,
)
from creatorgraph.domain.role import Scope
from creatorgraph.domain.tenant import TenantId
from creatorgraph.domain.webhook import MessageId, Subscription, WebhookId
from creatorgraph.graphql.limit import MAX_FIRST
from creatorgraph.graphql.relay import Cursor
from creatorgraph.services.webhook.message import wire_id
from creatorgraph.services.webhook.subscription import (
    change_webhook,
    create_webhook,
    remove_webhook,
    replay,
    rotate_secret,
    send_test,
    webhook_of,
)
from creatorgraph.store.read.keyset import Part
from creatorgraph.store.read.webhook import deliveries_of_webhooks, page_of_webhooks

PLACE = "/v1/webhooks"
WEBHOOK_CURSOR = Cursor("webhook", (datetime, UUID))
DELIVERY_CURSOR = Cursor("delivery", (int,))
_PROBLEM: dict[str, Any] = {"content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
_NOT_FOUND: dict[int | str, dict[str, Any]] = {404: {**_PROBLEM, "description": "You have no such webhook or message."}}
_CREATED: dict[int | str, dict[str, Any]] = {
    409: {**_PROBLEM, "description": "You have as many webhooks as you may."},
    201: {
        "description": "It was made. The secret is shown this once.",
        "headers": {"Location": {"schema": {"type": "string"}, "description": "The address of the webhook."}},
    },
}
Id = Annotated[UUID, Path(description="The id of the webhook.")]
First = Annotated[int, Query(ge=1, le=MAX_FIRST, description="How many at most.")]
After = Annotated[str | None, Query(description="The `next` of the page before.")]

router = APIRouter(route_class=ProblemRoute, tags=["webhook"], responses=PROBLEMS)
events = APIRouter()
"""What we send, for the document's part `webhooks`; it serves nothing."""


@router.post(PLACE, operation_id="createWebhook", status_code=201, responses=_CREATED)
async def create(access: Subscriber, response: Response, asked: WebhookRequest) -> NewWebhookModel:
    """Subscribes an endpoint to changes."""
    chosen = Subscription(
        url=asked.url,
        description=asked.description,
        events=tuple(asked.events),
        creators=creator_ids(asked.creators),
    )
    made = await create_webhook(access.engines, _owner(access), chosen)
    response.headers["location"] = f"{PLACE}/{made.webhook.webhook_id}"
    # who keeps answers must not keep this one
    response.headers["cache-control"] = "no-store"
    return NewWebhookModel(**shown(made.webhook), secret=made.secret.secret)


@router.get(PLACE, operation_id="listWebhooks")
async def listed(access: Subscriber, first: First = 20, after: After = None) -> WebhookPage:
    """Your webhooks, in the order of their making."""
    page = await access.engines.database.ask_for_tenant(
        _owner(access), page_of_webhooks, first=first, after=WEBHOOK_CURSOR.decode(after)
    )
    following = WEBHOOK_CURSOR.encode(page.keys[-1]) if page.more else None
    return WebhookPage(items=[WebhookModel.of(each) for each in page.items], next=following)


@router.get(PLACE + "/{webhook_id}", operation_id="getWebhook", responses=_NOT_FOUND)
async def one(access: Subscriber, webhook_id: Id) -> WebhookModel:
    """A webhook, without its secret."""
    return WebhookModel.of(await asyncio.to_thread(webhook_of, access.engines, _owner(access), _id(webhook_id)))


@router.patch(PLACE + "/{webhook_id}", operation_id="changeWebhook", responses=_NOT_FOUND)
async def change(access: Subscriber, webhook_id: Id, asked: WebhookChange) -> WebhookModel:
    """Changes a webhook. Messages that wait go where it says then."""
    fields: dict[str, Any] = {
        name: value for name in ("url", "description", "events") if (value := getattr(asked, name)) is not None
    }
    if "events" in fields:
        fields["events"] = tuple(fields["events"])
    if "creators" in asked.model_fields_set:
        fields["creators"] = creator_ids(asked.creators)
    return WebhookModel.of(
        await change_webhook(access.engines, _owner(access), _id(webhook_id), fields, enabled=asked.enabled)
    )


@router.delete(PLACE + "/{webhook_id}", operation_id="deleteWebhook", status_code=204, responses=_NOT_FOUND)
async def delete(access: Subscriber, webhook_id: Id) -> None:
    """Deletes a webhook with its secrets, messages and log."""
    await asyncio.to_thread(remove_webhook, access.engines, _owner(access), _id(webhook_id))


@router.post(PLACE + "/{webhook_id}:rotateSecret", operation_id="rotateWebhookSecret", responses=_NOT_FOUND)
async def rotate(access: Subscriber, response: Response, webhook_id: Id) -> SecretModel:
    """A new secret. The ones before sign beside it for a day, so that nothing is refused while you change it."""
    made = await asyncio.to_thread(rotate_secret, access.engines, _owner(access), _id(webhook_id))
    response.headers["cache-control"] = "no-store"
    return SecretModel.of(made)


@router.post(PLACE + "/{webhook_id}:test", operation_id="testWebhook", status_code=202, responses=_NOT_FOUND)
async def test(access: Subscriber, webhook_id: Id) -> QueuedModel:
    """Sends a message of the type `webhook.ping` that names nobody."""
    queued = await asyncio.to_thread(send_test, access.engines, _owner(access), _id(webhook_id))
    return QueuedModel(messages=1, webhook_id=wire_id(queued))


@router.post(PLACE + "/{webhook_id}:replay", operation_id="replayWebhook", status_code=202, responses=_NOT_FOUND)
async def replay_messages(access: Subscriber, webhook_id: Id, asked: ReplayRequest) -> QueuedModel:
    """Sends one message again, or all since a time; each keeps its `webhook-id`."""
    queued = await asyncio.to_thread(
        replay,
        access.engines,
        _owner(access),
        _id(webhook_id),
        message_id=None if asked.message_id is None else MessageId(str(asked.message_id)),
        since=asked.since,
    )
    return QueuedModel(messages=queued)


@router.get(PLACE + "/{webhook_id}/deliveries", operation_id="listWebhookDeliveries", responses=_NOT_FOUND)
async def deliveries(access: Subscriber, webhook_id: Id, first: First = 20, after: After = None) -> DeliveryPage:
    """Every attempt of the last 30 days, the latest first."""
    key, owner = DELIVERY_CURSOR.decode(after), _owner(access)
    await asyncio.to_thread(webhook_of, access.engines, owner, _id(webhook_id))
    part = Part(parent=_id(webhook_id), first=first, after=key)
    [page] = await access.engines.database.ask_for_tenant(owner, deliveries_of_webhooks, [part])
    following = DELIVERY_CURSOR.encode(page.keys[-1]) if page.more else None
    return DeliveryPage(items=[DeliveryModel.of(each) for each in page.items], next=following)


@events.post("creator", operation_id="creatorChanged", status_code=204, response_description="It was taken.")
def creator_changed(
    told: EventMessage,
    webhook_id: Annotated[str, Header(alias="webhook-id", description="Of the message, the same at every attempt.")],
    webhook_timestamp: Annotated[
        int, Header(alias="webhook-timestamp", description="Seconds since 1970 of this attempt; refuse old ones.")
    ],
    webhook_signature: Annotated[
        str,
        Header(
            alias="webhook-signature",
            description="By each secret that is good `v1,` and the base64 of an HMAC-SHA-256, with spaces between.",
        ),
    ],
) -> None:
    """Sent to webhooks when creators change, by the Standard Webhooks specification: what is signed is
    `{webhook-id}.{webhook-timestamp}.{body}`. Any 2xx within 15 seconds means that you have it; else it comes again, under the
    same id, for three days. 410 ends the webhook."""


def _owner(access: Access) -> TenantId:
    return access.caller.require_tenant(Scope.WEBHOOK)


def _id(given: UUID) -> WebhookId:
    return WebhookId(str(given))
