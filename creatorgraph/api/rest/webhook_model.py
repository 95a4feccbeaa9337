"""Webhooks on the wire."""

from datetime import datetime
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.webhook import Delivery, DisabledReason, NewSecret, Webhook, WebhookEvent
from creatorgraph.services.webhook.address import MOST_URL
from creatorgraph.services.webhook.message import wire_id
from creatorgraph.services.webhook.subscription import MOST_CREATORS, MOST_DESCRIPTION

Url = Annotated[
    str,
    Field(
        max_length=MOST_URL,
        description="Where messages go: https, a public host by its name, port 443 or 8443.",
        examples=["https://hooks.example.com/creators"],
    ),
]
Description = Annotated[str, Field(max_length=MOST_DESCRIPTION, description="What it is for, in your words.")]
Events = Annotated[
    list[WebhookEvent], Field(min_length=1, max_length=len(WebhookEvent), description="What is told; each once.")
]
Creators = Annotated[
    list[UUID] | None,
    Field(min_length=1, max_length=MOST_CREATORS, description="Changes of these creators alone; null: of all."),
]


class WebhookRequest(BaseModel):
    """A webhook to be made."""

    model_config = ConfigDict(extra="forbid")
    url: Url
    events: Events
    description: Description = ""
    creators: Creators = None


class WebhookChange(BaseModel):
    """What is to be changed; what is left out, or null but for `creators`, stays."""

    model_config = ConfigDict(extra="forbid")
    url: str | None = Field(None, max_length=MOST_URL, description="Where messages go, as for a new webhook.")
    events: list[WebhookEvent] | None = Field(
        None, min_length=1, max_length=len(WebhookEvent), description="What is told; each once."
    )
    description: str | None = Field(None, max_length=MOST_DESCRIPTION, description="What it is for, in your words.")
    creators: Creators = None
    enabled: bool | None = Field(None, description="Whether anything is sent; true clears what had disabled it.")


class WebhookModel(BaseModel):
    """An endpoint of yours."""

    id: str = Field(description="The id of the webhook.")
    url: str = Field(description="Where messages go.")
    description: str = Field(description="What it is for, in your words.")
    events: list[WebhookEvent] = Field(description="What is told.")
    creators: list[str] | None = Field(description="The creators that it is narrowed to; null: all.")
    created_at: datetime = Field(description="When it was made.")
    updated_at: datetime = Field(description="When you, or what disabled it, changed it last.")
    disabled_at: datetime | None = Field(description="Since when nothing is sent; null: it is.")
    disabled_reason: DisabledReason | None = Field(
        description="`request`: you said so. `gone`: it answered 410. `failing`: nothing was taken for days."
    )
    failing_since: datetime | None = Field(
        description="The first of the failures that go on; null: the last one was taken."
    )
    waiting: int = Field(description="Messages that are still to be sent.")

    @classmethod
    def of(cls, found: Webhook) -> Self:
        return cls(**shown(found))


class NewWebhookModel(WebhookModel):
    """A webhook that was just made."""

    secret: str = Field(description="What signatures are checked with (`whsec_…`). It is shown this once.")


class WebhookPage(BaseModel):
    """Webhooks in the order of their making."""

    items: list[WebhookModel] = Field(description="The webhooks of this page.")
    next: str | None = Field(description="Pass it as `after` for the next page; null: there is none.")


class SecretModel(BaseModel):
    """A new secret."""

    secret: str = Field(description="It signs from now on. It is shown this once.")
    others_until: datetime | None = Field(description="Until then the ones before sign beside it.")

    @classmethod
    def of(cls, made: NewSecret) -> Self:
        return cls(secret=made.secret, others_until=made.others_until)


class QueuedModel(BaseModel):
    """What was queued; it goes out within seconds."""

    messages: int = Field(description="How many messages.")
    webhook_id: str | None = Field(None, description="Of a test: the message's `webhook-id`.")


class ReplayRequest(BaseModel):
    """One of both."""

    model_config = ConfigDict(extra="forbid")
    message_id: UUID | None = Field(None, description="One message, as `deliveries` names it.")
    since: datetime | None = Field(None, description="All messages about changes from then on, tests left out.")


class DeliveryModel(BaseModel):
    """One attempt."""

    id: int = Field(description="Of the attempt.")
    message_id: str = Field(description="The message; its `webhook-id` is `msg_` and this.")
    webhook_id: str = Field(description="The `webhook-id` that was sent, the same at every attempt.")
    type: str = Field(description="The type of the message.")
    attempt: int = Field(description="Which attempt of the message.")
    at: datetime = Field(description="When.")
    duration_ms: int = Field(description="How long it took, in milliseconds.")
    status: int | None = Field(description="The status that came back; null: none did.")
    answer: str | None = Field(description="The first 500 characters of what came back.")
    error: str | None = Field(description="Why it was not taken; null: it was.")
    next_at: datetime | None = Field(description="When the message is sent again; null: it is not.")

    @classmethod
    def of(cls, entry: Delivery) -> Self:
        return cls(
            id=entry.delivery_id,
            message_id=entry.message_id,
            webhook_id=wire_id(entry.message_id),
            type=entry.type,
            attempt=entry.attempt,
            at=entry.at,
            duration_ms=entry.duration_ms,
            status=entry.status,
            answer=entry.answer,
            error=entry.error,
            next_at=entry.next_at,
        )


class DeliveryPage(BaseModel):
    """Attempts, the latest first."""

    items: list[DeliveryModel] = Field(description="The attempts of this page.")
    next: str | None = Field(description="Pass it as `after` for the next page; null: there is none.")


class ToldCreator(BaseModel):
    """A creator that a message names."""

    id: str = Field(description="The id of the creator; ask for it to see what it is now.")
    successor_id: str | None = Field(None, description="Of a merged one: who took over. Else it is left out.")


class ToldCreators(BaseModel):
    """What a message is about."""

    creators: list[ToldCreator] = Field(description="Up to 50, as many as `creators:batchGet` takes.")


class EventMessage(BaseModel):
    """What a webhook receives: ids alone, so that a message that went astray tells of nobody."""

    type: WebhookEvent | Literal["webhook.ping"] = Field(description="What has happened; a ping is a test.")
    timestamp: datetime = Field(description="When it happened.")
    data: ToldCreators = Field(description="Whom it happened to.")


def shown(found: Webhook) -> dict[str, Any]:
    chosen = found.subscription
    return {
        "id": found.webhook_id,
        "url": chosen.url,
        "description": chosen.description,
        "events": list(chosen.events),
        "creators": None if chosen.creators is None else list(chosen.creators),
        "created_at": found.created_at,
        "updated_at": found.updated_at,
        "disabled_at": found.disabled_at,
        "disabled_reason": found.disabled_reason,
        "failing_since": found.failing_since,
        "waiting": found.waiting,
    }


def creator_ids(given: list[UUID] | None) -> tuple[CreatorId, ...] | None:
    return None if given is None else tuple(CreatorId(str(each)) for each in given)
