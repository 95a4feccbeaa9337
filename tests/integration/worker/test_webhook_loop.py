"""The loop beside the API or a worker: what is due goes out, and it ends when it is told to."""

import http.server
import logging
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from creatorgraph.config import Settings
from creatorgraph.domain.tenant import OPERATOR
from creatorgraph.domain.webhook import MessageId, Subscription, WebhookEvent, WebhookId
from creatorgraph.store.cipher import WebhookCipher
from creatorgraph.store.database import Database
from creatorgraph.store.write.webhook import insert_webhook, queue_ping, replace_secret
from creatorgraph.worker.webhook_loop import WebhookLoop

ID = WebhookId("01910000-0000-7000-8000-000000000001")


class Engines:
    def __init__(self, database: Database, settings: Settings) -> None:
        self.database, self.settings = database, settings


def test_a_message_goes_out_and_the_loop_ends(database: Database, tmp_path: Path) -> None:
    arrived = threading.Semaphore(0)

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["content-length"]))
            arrived.release()
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    settings, now = Settings(data_dir=tmp_path, webhook_loopback=True), datetime.now(UTC)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        url = f"http://127.0.0.1:{server.server_port}/"
        with database.for_tenant(OPERATOR) as connection:
            chosen = Subscription(url=url, description="", events=(WebhookEvent.ERASED,))
            insert_webhook(connection, ID, OPERATOR, chosen, now)
            sealed = WebhookCipher(settings.contact_secret()).encrypt(
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", context=ID
            )
            replace_secret(connection, ID, OPERATOR, secret_id=ID, sealed=sealed, now=now, others_until=now)
            queue_ping(connection, ID, OPERATOR, MessageId(ID), now)
        engines: Any = Engines(database, settings)
        with WebhookLoop(engines, every=0.05) as loop:
            assert arrived.acquire(timeout=60)
            # queued while the loop waits
            with database.for_tenant(OPERATOR) as connection:
                queue_ping(connection, ID, OPERATOR, MessageId("01910000-0000-4000-8000-000000000002"), now)
            assert arrived.acquire(timeout=60)
        assert not loop._thread.is_alive()
        server.shutdown()
        thread.join()


def test_the_loop_outlives_a_database_that_is_away(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    engines: Any = Engines(Database("postgresql+psycopg://nobody@127.0.0.1:9/x"), Settings(data_dir=tmp_path))
    said = threading.Event()
    caplog.set_level("WARNING")

    def note(_: logging.LogRecord) -> bool:
        said.set()
        return True

    caplog.handler.addFilter(note)
    with WebhookLoop(engines, every=0.01) as loop:
        assert said.wait(60)
        assert loop._thread.is_alive()
    assert not loop._thread.is_alive()
    assert "Webhooks wait and will be tried again" in caplog.text
    engines.database.close()
