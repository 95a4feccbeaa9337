"""Webhooks in a thread of their own, in the API's process or a worker's: a receiver that is slow holds nothing else up."""

import asyncio
import logging
import threading
import time
from collections.abc import Callable
from typing import Self

from dramatiq import Broker, Worker
from dramatiq.middleware import Middleware

from creatorgraph.domain.error import CreatorgraphError
from creatorgraph.services.engines import Engines
from creatorgraph.services.webhook.sender import Sender
from creatorgraph.worker.pass_loop import SECONDS_AT_MOST, SECONDS_BETWEEN

log = logging.getLogger(__name__)

EXPIRE_SECONDS = 3600.0


class WebhookLoop:
    """Sends what is due, again and again until the block ends. Others at the same time do no harm: they share the work."""

    def __init__(self, engines: Engines, *, every: float = SECONDS_BETWEEN) -> None:
        self._engines = engines
        self._every = every
        self._stop = threading.Event()
        self._stopped: asyncio.Event | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread = threading.Thread(target=self._run, name="webhooks", daemon=True)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        if self._loop is not None and self._stopped is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._stopped.set)
        self._thread.join(timeout=SECONDS_AT_MOST)

    def _run(self) -> None:
        asyncio.run(self._send())

    async def _send(self) -> None:
        self._loop, self._stopped = asyncio.get_running_loop(), asyncio.Event()
        sender: Sender | None = None
        wait, quiet, expires = self._every, False, 0.0
        while not self._stop.is_set():
            failed = True
            try:
                sender = sender or Sender(self._engines)
                if time.monotonic() >= expires:
                    await asyncio.to_thread(sender.expire)
                    expires = time.monotonic() + EXPIRE_SECONDS
                await sender.send_due(self._stopped)
                failed = False
            except CreatorgraphError as error:
                if not quiet:
                    log.warning("Webhooks wait and will be tried again: %s", error)
            except Exception:
                # a fault of ours must not end the loop: what is due would wait unseen
                log.exception("Sending webhooks failed and will be tried again")
            quiet = failed
            wait = min(wait * 2, SECONDS_AT_MOST) if failed else self._every
            try:
                async with asyncio.timeout(wait):
                    await self._stopped.wait()
            except TimeoutError:
                continue


class Webhooks(Middleware):
    """Runs the loop as long as the worker of this process."""

    def __init__(self, engines: Callable[[], Engines]) -> None:
        self._engines = engines
        self._loop: WebhookLoop | None = None

    def after_worker_boot(self, broker: Broker, worker: Worker) -> None:
        self._loop = WebhookLoop(self._engines())
        self._loop.start()

    def before_worker_shutdown(self, broker: Broker, worker: Worker) -> None:
        if self._loop is not None:
            self._loop.stop()
