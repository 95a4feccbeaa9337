"""Receivers that redirect, are slow, drip, tell too much or are deleted; and senders beside each other."""

import asyncio
from http.server import BaseHTTPRequestHandler

from creatorgraph.config import Settings
from creatorgraph.domain.tenant import Tenant
from creatorgraph.domain.webhook import WebhookEvent
from creatorgraph.services.engines import Engines
from creatorgraph.services.webhook.sender import Sender
from creatorgraph.services.webhook.subscription import (
    change_webhook,
    remove_webhook,
    send_test,
)
from tests.integration.webhook.conftest import (
    Clock,
    Receiver,
    StoreAlone,
    Subscribe,
    answering,
    creator,
    happen,
    log,
    send,
)


def test_a_redirect_is_not_followed(
    engines: Engines, sender: Sender, subscribe: Subscribe, receiver: Receiver, other_receiver: Receiver
) -> None:
    made = subscribe()
    for status in (301, 302, 303, 307, 308):
        receiver.reply = answering(status, location=other_receiver.url("/inside"))
        send_test(engines, made.webhook.tenant_id, made.webhook.webhook_id)
        asyncio.run(change_webhook(engines, made.webhook.tenant_id, made.webhook.webhook_id, {}, enabled=False))
        asyncio.run(change_webhook(engines, made.webhook.tenant_id, made.webhook.webhook_id, {}, enabled=True))
        send(sender)
        assert f"it answered {status}" in (log(engines, made.webhook)[0].error or "")
    assert other_receiver.got == []


def test_a_slow_endpoint_times_out_and_holds_nobody_up(
    database: object, engines: Engines, settings: Settings, subscribe: Subscribe, receiver: Receiver,
    other_receiver: Receiver, clock: Clock,
) -> None:  # fmt: skip
    def hold(held: Receiver, _: BaseHTTPRequestHandler) -> None:
        held.released.wait()

    store: object = StoreAlone(engines.database, settings.model_copy(update={"webhook_timeout_seconds": 1.5}))
    sender = Sender(store, now=clock, chance=lambda: 0.0)  # type: ignore[arg-type]
    receiver.reply = hold
    slow, quick = subscribe(), subscribe(other_receiver.url())
    happen(engines, WebhookEvent.UPDATED, 1)

    async def both() -> int:
        sending = asyncio.create_task(sender.send_due())
        await asyncio.to_thread(receiver.arrived.acquire)
        for number in range(3):
            # while one endpoint is held, the other gets what happens
            await asyncio.to_thread(other_receiver.arrived.acquire)
            assert not sending.done() or number == 2
            if number < 2:
                await asyncio.to_thread(send_test, engines, quick.webhook.tenant_id, quick.webhook.webhook_id)
                clock.forward(seconds=1)
        return await sending

    asyncio.run(both())
    [entry] = log(engines, slow.webhook)
    assert (entry.status, entry.error) == (None, "there was no whole answer within 1.5 s")
    assert entry.duration_ms >= 1500
    assert len(other_receiver.got) == 3


def test_an_answer_that_drips_is_cut_off(
    engines: Engines, settings: Settings, subscribe: Subscribe, receiver: Receiver, clock: Clock
) -> None:
    def drip(held: Receiver, handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        # each byte comes well before any wait for a byte would be over
        while not held.released.wait(0.05):
            handler.wfile.write(b"x")

    store: object = StoreAlone(engines.database, settings.model_copy(update={"webhook_timeout_seconds": 0.5}))
    receiver.reply = drip
    made = subscribe()
    happen(engines, WebhookEvent.UPDATED, 1)
    send(Sender(store, now=clock))  # type: ignore[arg-type]
    assert log(engines, made.webhook)[0].error == "there was no whole answer within 0.5 s"


def test_only_the_start_of_an_answer_is_read(
    engines: Engines, sender: Sender, subscribe: Subscribe, receiver: Receiver
) -> None:
    receiver.reply = answering(200, b"\x00\x1b[31m" + b"a" * 5_000_000)
    made = subscribe()
    happen(engines, WebhookEvent.UPDATED, 1)
    send(sender)
    answer = log(engines, made.webhook)[0].answer
    assert answer is not None
    assert answer.startswith("\ufffd\ufffd[31maaa")
    assert len(answer) == 500


def test_a_webhook_that_is_deleted_while_it_is_sent_to(
    engines: Engines, sender: Sender, subscribe: Subscribe, receiver: Receiver, tenant: Tenant
) -> None:
    made = subscribe()

    def delete(_: Receiver, handler: BaseHTTPRequestHandler) -> None:
        remove_webhook(engines, tenant.tenant_id, made.webhook.webhook_id)
        answering(200)(receiver, handler)

    receiver.reply = delete
    happen(engines, WebhookEvent.UPDATED, 1)
    assert send(sender) == 1
    assert send(sender) == 0


def test_two_senders_never_send_to_one_at_once(
    engines: Engines, subscribe: Subscribe, receiver: Receiver, clock: Clock
) -> None:
    made = [subscribe(receiver.url(f"/{number}")) for number in range(6)]
    for number in range(5):
        happen(engines, WebhookEvent.UPDATED, number)

    async def race() -> list[int]:
        return await asyncio.gather(*(Sender(engines, now=clock).send_due() for _ in range(3)))

    assert sum(asyncio.run(race())) == len(made) * 5
    assert len({each.id for each in receiver.got}) == len(receiver.got) == len(made) * 5
    for number in range(6):
        named = [each.json["data"]["creators"][0]["id"] for each in receiver.got if each.path == f"/{number}"]
        assert named == [creator(each) for each in range(5)]
