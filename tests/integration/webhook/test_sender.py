"""Sending: signatures, retries, what ends a webhook."""

import asyncio
import base64
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC

from creatorgraph.domain.tenant import Tenant
from creatorgraph.domain.webhook import DisabledReason, WebhookEvent
from creatorgraph.services.engines import Engines
from creatorgraph.services.webhook.sender import Sender
from creatorgraph.services.webhook.subscription import (
    change_webhook,
    replay,
    rotate_secret,
    send_test,
)
from creatorgraph.store.table import webhook_secret
from tests.integration.webhook.conftest import (
    Clock,
    Received,
    Receiver,
    Subscribe,
    answering,
    creator,
    happen,
    log,
    now_of,
    send,
)


def signed_by(secret: str, got: Received) -> bool:
    """The specification's check, by other code than the sender's."""
    mac = HMAC(base64.b64decode(secret.removeprefix("whsec_")), SHA256())
    mac.update(f"{got.id}.{got.headers['webhook-timestamp']}.".encode() + got.body)
    wanted = f"v1,{base64.b64encode(mac.finalize()).decode()}"
    return wanted in got.headers["webhook-signature"].split(" ")


def test_a_change_is_told_signed(
    engines: Engines, sender: Sender, subscribe: Subscribe, receiver: Receiver, clock: Clock
) -> None:
    made = subscribe()
    assert made.secret.others_until is None
    assert len(base64.b64decode(made.secret.secret.removeprefix("whsec_"))) == 32
    happen(engines, WebhookEvent.UPDATED, 1, 2)
    assert send(sender) == 1
    [got] = receiver.got
    assert got.json["type"] == "creator.updated"
    assert got.json["data"] == {"creators": [{"id": creator(1)}, {"id": creator(2)}]}
    assert got.json["timestamp"].endswith("Z")
    assert got.headers["webhook-timestamp"] == str(int(clock.at.timestamp()))
    assert signed_by(made.secret.secret, got)
    assert not signed_by(f"whsec_{base64.b64encode(bytes(32)).decode()}", got)
    [entry] = log(engines, made.webhook)
    assert (entry.status, entry.error, entry.next_at, entry.attempt) == (204, None, None, 1)
    assert got.id == f"msg_{entry.message_id}"
    assert send(sender) == 0


def test_only_what_was_subscribed_to_is_told(
    engines: Engines, sender: Sender, subscribe: Subscribe, receiver: Receiver
) -> None:
    subscribe(events=(WebhookEvent.ERASED,))
    subscribe(receiver.url("/some"), creators=(creator(2), creator(9)))
    happen(engines, WebhookEvent.UPDATED, 1, 2, 3)
    happen(engines, WebhookEvent.ERASED, 3)
    send(sender)
    assert {(each.path, each.json["type"], str(each.json["data"])) for each in receiver.got} == {
        ("/some", "creator.updated", str({"creators": [{"id": creator(2)}]})),
        ("/", "creator.erased", str({"creators": [{"id": creator(3)}]})),
    }


def test_a_large_change_comes_in_parts_and_in_order(
    engines: Engines, sender: Sender, subscribe: Subscribe, receiver: Receiver
) -> None:
    subscribe()
    happen(engines, WebhookEvent.CREATED, *range(120))
    happen(engines, WebhookEvent.UPDATED, 5)
    # told twice, as after a crash between the writing and the acknowledgement
    happen(engines, WebhookEvent.UPDATED, 6)
    send(sender)
    named = [[each["id"] for each in got.json["data"]["creators"]] for got in receiver.got]
    assert [len(each) for each in named] == [50, 50, 20, 1, 1]
    assert [each for part in named for each in part] == [creator(each) for each in (*range(120), 5, 6)]


def test_both_secrets_sign_for_a_day_after_a_rotation(
    engines: Engines, sender: Sender, subscribe: Subscribe, receiver: Receiver, clock: Clock, tenant: Tenant
) -> None:
    made = subscribe()
    new = rotate_secret(engines, tenant.tenant_id, made.webhook.webhook_id)
    assert new.secret != made.secret.secret
    assert new.others_until is not None
    assert abs(new.others_until - clock.at - timedelta(hours=24)) < timedelta(minutes=2)
    happen(engines, WebhookEvent.UPDATED, 1)
    send(sender)
    assert [signed_by(each, receiver.got[0]) for each in (made.secret.secret, new.secret)] == [True, True]
    clock.forward(hours=25)
    happen(engines, WebhookEvent.UPDATED, 2)
    send(sender)
    assert [signed_by(each, receiver.got[1]) for each in (made.secret.secret, new.secret)] == [False, True]
    assert sender.expire() == 0
    happen(engines, WebhookEvent.UPDATED, 3)
    send(sender)
    assert signed_by(new.secret, receiver.got[2])


@pytest.mark.parametrize("sealed", [b"", b"a secret under another key altogether"], ids=["empty", "changed"])
def test_a_secret_that_cannot_be_opened_holds_up_its_own_endpoint_alone(
    engines: Engines,
    sender: Sender,
    subscribe: Subscribe,
    receiver: Receiver,
    other_receiver: Receiver,
    clock: Clock,
    tenant: Tenant,
    sealed: bytes,
) -> None:
    damaged, whole = subscribe().webhook, subscribe(other_receiver.url()).webhook
    with engines.database.for_operator() as connection:
        connection.execute(
            webhook_secret.update()
            .where(webhook_secret.c.webhook_id == damaged.webhook_id)
            .values(sealed=sealed, created_at=clock.at - timedelta(hours=1))
        )
    happen(engines, WebhookEvent.UPDATED, 1)
    assert send(sender) == 2
    assert send(sender) == 0
    assert (len(receiver.got), len(other_receiver.got)) == (0, 1)
    assert [entry.status for entry in log(engines, whole)] == [204]
    [entry] = log(engines, damaged)
    assert entry.error == "a stored secret cannot be decrypted"
    assert entry.next_at is not None
    # the way out: a new one signs, though the old one would for a day
    new = rotate_secret(engines, tenant.tenant_id, damaged.webhook_id)
    clock.forward(hours=1)
    assert send(sender) == 1
    assert signed_by(new.secret, receiver.got[0])


def test_a_message_is_tried_again_over_days_by_the_schedule(
    engines: Engines, sender: Sender, subscribe: Subscribe, receiver: Receiver, clock: Clock
) -> None:
    made = subscribe()
    receiver.reply = answering(500, b"out of order")
    happen(engines, WebhookEvent.UPDATED, 1)
    waits = []
    send(sender)
    while (entry := log(engines, made.webhook)[0]).next_at is not None:
        waits.append((entry.next_at - entry.at).total_seconds())
        clock.at = entry.next_at - timedelta(seconds=1)
        assert send(sender) == 0, "too soon"
        clock.at = entry.next_at
        assert send(sender) == 1
    waited = (5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400)
    assert waits == pytest.approx([each * 1.1 for each in waited])
    entries = log(engines, made.webhook)
    assert [each.attempt for each in entries] == list(range(10, 0, -1))
    assert {(each.status, each.answer, each.error) for each in entries} == {(500, "out of order", "it answered 500")}
    assert len({each.id for each in receiver.got}) == 1
    assert len({each.body for each in receiver.got}) == 1
    assert now_of(engines, made.webhook).waiting == 0


def test_what_is_taken_in_the_end_is_over(
    engines: Engines, sender: Sender, subscribe: Subscribe, receiver: Receiver, clock: Clock
) -> None:
    made = subscribe()
    receiver.reply = answering(503, retry_after="7200")
    happen(engines, WebhookEvent.UPDATED, 1)
    send(sender)
    [entry] = log(engines, made.webhook)
    assert entry.next_at == clock.at + timedelta(seconds=7200), "the receiver has asked for it"
    assert now_of(engines, made.webhook).failing_since == clock.at
    receiver.reply = answering(200)
    clock.forward(hours=2)
    send(sender)
    webhook = now_of(engines, made.webhook)
    assert (webhook.failing_since, webhook.waiting) == (None, 0)


def test_410_ends_it(engines: Engines, sender: Sender, subscribe: Subscribe, receiver: Receiver, clock: Clock) -> None:
    made = subscribe()
    receiver.reply = answering(410)
    happen(engines, WebhookEvent.UPDATED, 1)
    happen(engines, WebhookEvent.UPDATED, 2)
    send(sender)
    webhook = now_of(engines, made.webhook)
    assert (webhook.disabled_reason, webhook.disabled_at) == (DisabledReason.GONE, clock.at)
    clock.forward(days=2)
    happen(engines, WebhookEvent.UPDATED, 3)
    assert send(sender) == 0
    assert len(receiver.got) == 1
    # once it is enabled the message that waited goes out; what happened meanwhile was not kept for it
    receiver.reply = answering(200)
    enabled = asyncio.run(change_webhook(engines, webhook.tenant_id, webhook.webhook_id, {}, enabled=True))
    assert (enabled.disabled_at, enabled.disabled_reason) == (None, None)
    assert send(sender) == 1
    assert receiver.got[1].json["data"]["creators"] == [{"id": creator(2)}]


def test_days_of_failures_end_it(
    engines: Engines, sender: Sender, subscribe: Subscribe, receiver: Receiver, clock: Clock
) -> None:
    made = subscribe()
    receiver.reply = answering(500)
    for day in range(6):
        assert now_of(engines, made.webhook).disabled_at is None, f"after {day} days"
        happen(engines, WebhookEvent.UPDATED, day, at=clock.at)
        send(sender)
        clock.forward(days=1)
    assert now_of(engines, made.webhook).disabled_reason is DisabledReason.FAILING


def test_an_endpoint_that_is_down_rests(
    engines: Engines, sender: Sender, subscribe: Subscribe, receiver: Receiver, clock: Clock
) -> None:
    subscribe()
    receiver.reply = answering(500)
    happen(engines, WebhookEvent.CREATED, *range(500))
    for attempts in range(1, 4):
        assert send(sender) == 1, "one message is enough to see that it is down"
        assert len(receiver.got) == attempts
        assert send(sender) == 0
        clock.forward(seconds=5 * 2 ** (attempts - 1))
    receiver.reply = answering(200)
    clock.forward(hours=1)
    assert send(sender) == 10, "all ten messages of fifty go out"


def test_replay_of_one_and_of_all_since(
    engines: Engines, sender: Sender, subscribe: Subscribe, receiver: Receiver, clock: Clock, tenant: Tenant
) -> None:
    made = subscribe()
    for number in range(3):
        happen(engines, WebhookEvent.UPDATED, number)
    send_test(engines, tenant.tenant_id, made.webhook.webhook_id)
    clock.forward(seconds=1)
    assert send(sender) == 4
    assert receiver.got[3].json["type"] == "webhook.ping"
    assert receiver.got[3].json["data"] == {"creators": []}
    second = log(engines, made.webhook)[2]
    assert replay(engines, tenant.tenant_id, made.webhook.webhook_id, message_id=second.message_id) == 1
    clock.forward(minutes=1)
    assert send(sender) == 1
    assert receiver.got[4].id == receiver.got[1].id
    assert receiver.got[4].body == receiver.got[1].body
    assert log(engines, made.webhook)[0].attempt == 2
    past = clock.at - timedelta(days=1)
    assert replay(engines, tenant.tenant_id, made.webhook.webhook_id, since=past) == 3
    assert replay(engines, tenant.tenant_id, made.webhook.webhook_id, since=clock.at + timedelta(days=1)) == 0
    clock.forward(minutes=1)
    assert send(sender) == 3
    assert [each.id for each in receiver.got[5:]] == [each.id for each in receiver.got[:3]]


def test_the_log_is_kept_for_its_days(engines: Engines, sender: Sender, subscribe: Subscribe, clock: Clock) -> None:
    made = subscribe()
    happen(engines, WebhookEvent.UPDATED, 1)
    send(sender)
    clock.forward(days=29)
    assert sender.expire() == 0
    assert len(log(engines, made.webhook)) == 1
    clock.forward(days=2)
    assert sender.expire() == 1
    assert log(engines, made.webhook) == []


@pytest.mark.parametrize("enabled", [True, False])
def test_messages_of_a_disabled_tenant_wait(
    engines: Engines, sender: Sender, subscribe: Subscribe, receiver: Receiver, enabled: bool
) -> None:
    from creatorgraph.services.tenant.account import end_tenant

    subscribe()
    happen(engines, WebhookEvent.UPDATED, 1)
    if not enabled:
        end_tenant(engines, "acme")
    assert send(sender) == int(enabled)
