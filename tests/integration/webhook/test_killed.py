"""A sender that is killed half-way loses nothing."""

import subprocess
import sys
from http.server import BaseHTTPRequestHandler

from creatorgraph.config import Settings
from creatorgraph.domain.webhook import WebhookEvent
from creatorgraph.services.engines import Engines
from creatorgraph.services.webhook.sender import Sender
from creatorgraph.store.database import Database
from tests.integration.webhook.conftest import Clock, Receiver, Subscribe, answering, creator, happen, now_of, send


def test_what_a_killed_sender_had_not_told_is_told_by_another(
    database: Database, engines: Engines, settings: Settings, subscribe: Subscribe, receiver: Receiver, clock: Clock
) -> None:
    made = subscribe()
    for number in range(10):
        happen(engines, WebhookEvent.UPDATED, number)

    def until_the_fifth(held: Receiver, handler: BaseHTTPRequestHandler) -> None:
        if len(held.got) == 5:
            held.released.wait()
        answering(200)(held, handler)

    receiver.reply = until_the_fifth
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.integration.webhook.sending_process", database.url, str(settings.data_dir)]
    )
    try:
        for _ in range(5):
            assert receiver.arrived.acquire(timeout=60)
    finally:
        process.kill()
        process.wait()
    receiver.released.set()
    receiver.reply = answering(200)
    assert now_of(engines, made.webhook).waiting == 6, "what was under way is not recorded"

    sender = Sender(engines, now=clock)
    assert send(sender) == 0, "the dead one's lease holds"
    clock.forward(seconds=120)
    assert send(sender) == 6
    assert now_of(engines, made.webhook).waiting == 0
    told = [each.json["data"]["creators"][0]["id"] for each in receiver.got]
    assert told == [creator(each) for each in (0, 1, 2, 3, 4, 4, 5, 6, 7, 8, 9)]
    assert receiver.got[4].id == receiver.got[5].id, "twice, under one id"
