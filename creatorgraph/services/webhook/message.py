"""A message as it goes over the wire: its JSON, its headers and its signatures (Standard Webhooks 1.0.0).

What is signed is `id.timestamp.body`; there is a signature by each secret that is good at the time.
"""

import base64
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime

import orjson
from standardwebhooks import Webhook as Signer

from creatorgraph.domain.webhook import MessageId
from creatorgraph.store.write.webhook_message import Outgoing

SECRET_PREFIX = "whsec_"  # noqa: S105 - the specification's mark of a secret
_SECRET_BYTES = 32  # the specification asks for 24 to 64
_AGENT = "creatorgraph-webhooks/1"


def new_secret() -> str:
    return SECRET_PREFIX + base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()


def wire_id(message_id: MessageId) -> str:
    """The `webhook-id`: the same at every attempt."""
    return f"msg_{message_id}"


def body_of(message: Outgoing) -> str:
    """`type`, `timestamp` of the change and `data.creators`: ids alone, so that a message that went astray tells of nobody."""
    creators = [
        {"id": each, **({} if successor is None else {"successor_id": successor})}
        for each, successor in message.creators
    ]
    told = {
        "type": message.type,
        "timestamp": message.occurred_at.astimezone(UTC),
        "data": {"creators": creators},
    }
    return orjson.dumps(told, option=orjson.OPT_UTC_Z).decode()


def headers_of(message_id: MessageId, body: str, keys: Sequence[str], at: datetime) -> dict[str, str]:
    """The headers of one attempt at this moment (aware), signed by each of the keys."""
    name, moment = wire_id(message_id), at.astimezone(UTC)
    return {
        "content-type": "application/json",
        "user-agent": _AGENT,
        "webhook-id": name,
        "webhook-timestamp": str(int(moment.timestamp())),
        "webhook-signature": " ".join(Signer(key).sign(name, moment, body) for key in keys),
    }
