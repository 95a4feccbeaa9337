"""A message on the wire, against the specification's own example."""

import base64
from datetime import UTC, datetime, timedelta, timezone

import orjson
import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.webhook import MessageId
from creatorgraph.services.webhook.message import body_of, headers_of, new_secret, wire_id
from creatorgraph.store.write.webhook_message import Outgoing

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
BODY = '{"test": 2432232314}'
ONE = MessageId("01910000-0000-4000-8000-000000000001")


def test_the_signature_of_the_published_example(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("creatorgraph.services.webhook.message.wire_id", lambda _: "msg_p5jXN8AQM9LWM0D4loKWxJek")
    at = datetime.fromtimestamp(1614265330, UTC)
    headers = headers_of(ONE, BODY, [SECRET], at)
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    assert headers["webhook-timestamp"] == "1614265330"


def test_every_secret_signs_and_the_time_zone_does_not_matter() -> None:
    secrets, now = [new_secret(), new_secret()], datetime.now(timezone(timedelta(hours=5)))
    headers = headers_of(ONE, BODY, secrets, now)
    assert headers["webhook-id"] == wire_id(ONE)
    for secret in secrets:
        assert Webhook(secret).verify(BODY, headers) == {"test": 2432232314}
    with pytest.raises(WebhookVerificationError):
        Webhook(new_secret()).verify(BODY, headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(secrets[0]).verify(BODY.replace("4", "5"), headers)


def test_a_secret_has_256_bits_and_is_never_the_same() -> None:
    made = {new_secret() for _ in range(100)}
    assert len(made) == 100
    assert {len(base64.b64decode(each.removeprefix("whsec_"))) for each in made} == {32}


def test_a_body_names_ids_alone() -> None:
    message = Outgoing(
        message_id=ONE,
        type="creator.merged",
        creators=((CreatorId("a"), CreatorId("b")), (CreatorId("c"), None)),
        occurred_at=datetime(2026, 1, 1, 12, tzinfo=timezone(timedelta(hours=2))),
        attempts=0,
        tries=0,
    )
    assert orjson.loads(body_of(message)) == {
        "type": "creator.merged",
        "timestamp": "2026-01-01T10:00:00Z",
        "data": {"creators": [{"id": "a", "successor_id": "b"}, {"id": "c"}]},
    }
