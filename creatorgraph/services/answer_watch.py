"""What keeps kept answers true: the changes that are heard of, and a lease that ends where they no longer are.

PostgreSQL tells notifications in the order of their commits. So a notification of our own that comes back says that everything
committed before it was sent has been heard: that renews the lease, and that is waited for after a mutation, so that whoever has
changed something sees it in their next answer.
"""

import asyncio
import logging
import secrets
from collections.abc import Callable
from contextlib import suppress
from time import monotonic

from creatorgraph.domain.error import CreatorgraphError
from creatorgraph.services.answer_cache import AnswerCache
from creatorgraph.services.answer_store import SharedAnswers
from creatorgraph.store.database import Database
from creatorgraph.store.write.notice import CHANGE, EVERYTHING

LEASE_SECONDS = 0.9
"""For how long kept answers are given after it was last known that every change was heard."""
BEAT_SECONDS = 0.3
_UNHEARD = 10
"""Beats that are waited for."""
_SIGN = "="
"""Begins the payload of a process's own notification; no tag has it."""
_LOG = logging.getLogger("creatorgraph.answer")


class AnswerWatch:
    """For the event loop of the feed that it listens through: it is the feed's `Listener` on the channel CHANGE."""

    channel = CHANGE

    def __init__(
        self,
        cache: AnswerCache,
        database: Database,
        *,
        shared: SharedAnswers | None = None,
        now: Callable[[], float] = monotonic,
    ) -> None:
        self._cache = cache
        self._shared = shared
        self._database = database
        self._now = now
        self._name = secrets.token_hex(8)
        self._sent = self._needed = 0
        self._sent_at: dict[int, float] = {}
        self._lease = 0.0
        self._asked, self._urgent = asyncio.Event(), asyncio.Event()
        self._listens = False

    @property
    def holds(self) -> bool:
        """Whether kept answers may be given now. Asking keeps the lease going."""
        self._asked.set()
        return self._now() < self._lease

    def written(self) -> None:
        """Something was written through this process: nothing kept is given until it was heard of."""
        self._needed = self._sent + 1
        self._lease = 0.0
        self._hurry()

    def begin(self) -> None:
        """From here on nothing is missed; before, something may have been."""
        self._cache.clear()
        if self._shared is not None:
            self._shared.begin()
        self._listens = True
        self._hurry()

    def lost(self) -> None:
        self._listens = False
        self._lease = 0.0
        self._sent_at.clear()
        self._cache.clear()

    def tell(self, payload: str) -> None:
        if payload.startswith(_SIGN):
            self._beat(payload)
        elif payload == EVERYTHING:
            self._cache.clear()
            if self._shared is not None:
                self._shared.clear()
        else:
            tags = payload.split()
            self._cache.changed(tags)
            if self._shared is not None:
                self._shared.changed(tags)

    async def run(self) -> None:
        """Sends beats while answers are asked for, until it is cancelled."""
        while True:
            await self._asked.wait()
            self._asked.clear()
            self._urgent.clear()
            if self._listens:
                await self._send()
            # not `wait_for`: until Python 3.12 it loses a cancellation that comes just when what it waits for has happened
            with suppress(TimeoutError):
                async with asyncio.timeout(BEAT_SECONDS):
                    await self._urgent.wait()

    def _hurry(self) -> None:
        self._asked.set()
        self._urgent.set()

    async def _send(self) -> None:
        self._sent += 1
        self._sent_at[self._sent] = self._now()
        self._sent_at.pop(self._sent - _UNHEARD, None)
        try:
            await self._database.notify(CHANGE, f"{_SIGN}{self._name} {self._sent}")
        except CreatorgraphError as error:
            _LOG.debug("no beat was sent: %s", error)

    def _beat(self, payload: str) -> None:
        name, _, number = payload.removeprefix(_SIGN).partition(" ")
        if name != self._name:
            return
        sent_at = self._sent_at.pop(int(number), None)
        if sent_at is not None and int(number) >= self._needed:
            self._lease = max(self._lease, sent_at + LEASE_SECONDS)
