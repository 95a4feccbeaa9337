"""Sends what is due. Any number of processes may: an endpoint is lent to one of them at a time, for as long as an attempt takes.

A process that is killed loses nothing: what it had not recorded is due still, and goes out when its lease is over, at least
once, with the same `webhook-id`. One endpoint gets its messages one after another in their order, endpoints beside each other.
"""

import asyncio
import logging
import random
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

import uuid_utils

from creatorgraph.domain.error import CreatorgraphError, DamagedError, UnavailableError
from creatorgraph.domain.webhook import Attempt
from creatorgraph.services.engines import Engines
from creatorgraph.services.webhook.message import body_of, headers_of
from creatorgraph.services.webhook.schedule import verdict
from creatorgraph.services.webhook.transport import Transport
from creatorgraph.store.cipher import WebhookCipher
from creatorgraph.store.write.webhook_message import (
    Lent,
    Outgoing,
    claim,
    expire_messages,
    failing_since,
    next_message,
    record,
    release,
)

LOOK_SECONDS = 1.0
"""How often it is looked for endpoints that have something due, while others are still being sent to."""
TURN_MESSAGES = 100
"""Then the endpoint is given back, so that those that wait come first."""
_SPARE_SECONDS = 30.0
"""Of a lease, beside the time that an attempt may take: for the database."""
_LOG = logging.getLogger(__name__)


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Sender:
    """`now` and `chance` are the clock and the chance of the schedule."""

    def __init__(
        self,
        engines: Engines,
        *,
        transport: Transport | None = None,
        now: Callable[[], datetime] = _utc_now,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._engines = engines
        self._transport = transport or Transport(engines.settings)
        self._now = now
        self._chance = chance
        self._cipher = WebhookCipher(engines.settings.contact_secret())
        self._lease = str(uuid_utils.uuid4())

    async def send_due(self, stopped: asyncio.Event | None = None) -> int:
        """Sends until nothing is due, or until `stopped` is set and what is under way has ended; how many attempts were made.

        Raises:
            UnavailableError: PostgreSQL does not answer; what was recorded stays so.
        """
        turns: set[asyncio.Task[int]] = set()
        attempts = 0
        try:
            while True:
                free = self._engines.settings.webhook_senders - len(turns)
                if free and not (stopped and stopped.is_set()):
                    lent = await asyncio.to_thread(self._claim, free)
                    turns |= {asyncio.create_task(self._turn(each, stopped)) for each in lent}
                if not turns:
                    return attempts
                done, turns = await asyncio.wait(turns, timeout=LOOK_SECONDS, return_when=asyncio.FIRST_COMPLETED)
                attempts += sum(each.result() for each in done)
        finally:
            for each in turns:
                each.cancel()
            await asyncio.gather(*turns, return_exceptions=True)

    def expire(self) -> int:
        """Deletes the messages whose days are over, with their log, and secrets that sign no more; how many messages."""
        now = self._now()
        with self._engines.database.for_operator() as connection:
            return expire_messages(connection, now - timedelta(days=self._engines.settings.webhook_log_days), now)

    async def _turn(self, lent: Lent, stopped: asyncio.Event | None) -> int:
        """Attempts made at one endpoint: until one fails, nothing is due, or its turn is over."""
        attempts = 0
        try:
            while attempts < TURN_MESSAGES and not (stopped and stopped.is_set()):
                due = await asyncio.to_thread(self._next, lent)
                if due is None:
                    break
                message, sealed = due
                try:
                    attempt = await self._send(lent, message, sealed)
                except UnavailableError:
                    raise
                except CreatorgraphError as error:
                    # what is wrong with one endpoint is in its own log, and holds up no other
                    _LOG.warning("a webhook was not sent to: %s", error)
                    attempt = Attempt(duration_ms=0, error=error.what)
                await asyncio.to_thread(self._record, lent, message, attempt)
                attempts += 1
                if attempt.error is not None:
                    break
        finally:
            await asyncio.to_thread(self._release, lent)
        return attempts

    async def _send(self, lent: Lent, message: Outgoing, sealed: Sequence[bytes]) -> Attempt:
        body, keys = body_of(message), self._opened(lent, sealed)
        return await self._transport.send(lent.url, headers_of(message.message_id, body, keys, self._now()), body)

    def _opened(self, lent: Lent, sealed: Sequence[bytes]) -> list[str]:
        """The secrets that can be opened: one that was made anew stands beside its predecessor for a while.

        Raises:
            DamagedError: none can.
        """
        keys, damage = [], None
        for each in sealed:
            try:
                keys.append(self._cipher.decrypt(each, context=lent.webhook_id))
            except DamagedError as error:
                damage = error
        if damage is not None and not keys:
            raise damage
        return keys

    def _claim(self, most: int) -> list[Lent]:
        with self._engines.database.for_operator() as connection:
            return claim(connection, lease=self._lease, now=self._now(), until=self._until(), most=most)

    def _next(self, lent: Lent) -> tuple[Outgoing, Sequence[bytes]] | None:
        with self._engines.database.for_operator() as connection:
            return next_message(connection, lent, now=self._now(), until=self._until())

    def _record(self, lent: Lent, message: Outgoing, attempt: Attempt) -> None:
        now = self._now()
        with self._engines.database.for_operator() as connection:
            since, failures = failing_since(connection, lent.webhook_id)
            follows = verdict(
                attempt,
                self._engines.settings,
                now=now,
                tries=message.tries + 1,
                failures=failures,
                failing_since=since,
                chance=self._chance,
            )
            record(connection, lent, message, attempt, follows, now)

    def _release(self, lent: Lent) -> None:
        with self._engines.database.for_operator() as connection:
            release(connection, lent, self._now())

    def _until(self) -> datetime:
        seconds = self._engines.settings.webhook_timeout_seconds + _SPARE_SECONDS
        return self._now() + timedelta(seconds=seconds)
