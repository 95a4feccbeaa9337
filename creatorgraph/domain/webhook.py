"""Webhooks: where a tenant wants to be told of changes, and how telling went."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.tenant import TenantId

WebhookId = NewType("WebhookId", str)
"""A UUID in its canonical text form."""
MessageId = NewType("MessageId", str)
"""A UUID in its canonical text form."""

MAX_CREATORS = 50
"""Creators that one message names: as many as one `creators:batchGet` takes."""


class WebhookEvent(StrEnum):
    """What may be subscribed to. The words are the outbox's topics, but for the ping."""

    CREATED = "creator.created"
    UPDATED = "creator.updated"
    MERGED = "creator.merged"
    """These ids are retired; each leads to its successor."""
    SPLIT = "creator.split"
    """These lost profiles to creators that are new."""
    ERASED = "creator.erased"
    """Somebody was erased: forget what was fetched about these ids."""


PING = "webhook.ping"
"""The type of the message that a test sends."""


class DisabledReason(StrEnum):
    """Why nothing is sent to an endpoint."""

    REQUEST = "request"
    """The tenant said so."""
    GONE = "gone"
    """The endpoint answered 410."""
    FAILING = "failing"
    """Nothing was taken for days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """What a tenant chooses of a webhook. `creators` narrows to changes of these (None: of all)."""

    url: str
    description: str
    events: tuple[WebhookEvent, ...]
    creators: tuple[CreatorId, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """An endpoint. `waiting` counts messages that are still to be sent; `failing_since` is None while it takes them."""

    webhook_id: WebhookId
    tenant_id: TenantId
    subscription: Subscription
    created_at: datetime
    updated_at: datetime
    disabled_at: datetime | None = None
    disabled_reason: DisabledReason | None = None
    failing_since: datetime | None = None
    waiting: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSecret:
    """A secret, which is shown this once; the ones before are good until `others_until` (None: there are none)."""

    secret: str
    others_until: datetime | None = None

    def __repr__(self) -> str:
        return "NewSecret()"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """How one sending went. `status` is None where no answer came, `error` None where the message was taken.

    `answer` is the start of what came back, as text. `retry_after` (seconds) is what the receiver asked for.
    """

    duration_ms: int
    status: int | None = None
    answer: str | None = None
    error: str | None = None
    retry_after: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """An attempt in the log. `next_at` is when its message is sent again; None: it is not."""

    delivery_id: int
    message_id: MessageId
    type: str
    attempt: int
    at: datetime
    duration_ms: int
    status: int | None
    answer: str | None
    error: str | None
    next_at: datetime | None
