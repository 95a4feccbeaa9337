"""Tells subscribers what has changed, from one listening connection for all of them: nobody polls.

Triggers notify with the sequences that a statement wrote; what they are is read once and handed to every subscriber. Who
is slow, or was not there while the connection was down, is told only that something has changed.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import aclosing, contextmanager
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from creatorgraph.domain.error import CreatorgraphError
from creatorgraph.domain.identity_event import IdentityEvent
from creatorgraph.store.database import LISTENING, Database
from creatorgraph.store.read.history import events_between
from creatorgraph.store.read.queue import QueueEvent, queue_events

QUEUE, IDENTITY = "creatorgraph_review_event", "creatorgraph_identity_event"
MOST_AT_ONCE = 200
"""Changes that are told one by one; of a larger change, such as a run's, only that there was one."""
_KEPT = 100
_LOG = logging.getLogger("creatorgraph.feed")

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch(Generic[T]):
    """What one statement changed; `whole` is False where there is more than is listed."""

    events: tuple[T, ...]
    whole: bool


class Channel(Generic[T]):
    """The subscribers of one kind of change."""

    def __init__(self) -> None:
        self._queues: set[asyncio.Queue[Batch[T]]] = set()

    def tell(self, batch: Batch[T]) -> None:
        for queue in self._queues:
            if queue.full():
                # too slow: what it has not read becomes one word
                while not queue.empty():
                    queue.get_nowait()
                queue.put_nowait(Batch(events=(), whole=False))
            queue.put_nowait(batch)

    async def batches(self) -> AsyncGenerator[Batch[T], None]:
        """What changes from the first step on, until the caller stops."""
        queue: asyncio.Queue[Batch[T]] = asyncio.Queue(_KEPT)
        with self._joined(queue):
            while True:
                yield await queue.get()

    @contextmanager
    def _joined(self, queue: "asyncio.Queue[Batch[T]]") -> Iterator[None]:
        self._queues.add(queue)
        try:
            yield
        finally:
            self._queues.discard(queue)

    def __len__(self) -> int:
        return len(self._queues)


class Listener(Protocol):
    """Whoever wants the notifications of one more channel as they come; nothing here may wait."""

    channel: str

    def begin(self) -> None:
        """From here on nothing is missed."""

    def lost(self) -> None:
        """The connection has gone."""

    def tell(self, payload: str) -> None: ...


class Feed:
    """The changes of one database, for one event loop. `run` listens until it is cancelled."""

    def __init__(self, database: Database, *, retry_seconds: float = 1.0, listeners: Sequence[Listener] = ()) -> None:
        self._database = database
        self._retry_seconds = retry_seconds
        self._listeners = {each.channel: each for each in listeners}
        self.queue: Channel[QueueEvent] = Channel()
        self.identity: Channel[IdentityEvent] = Channel()
        self.listening = asyncio.Event()

    async def run(self) -> None:
        """Listens, and listens again where PostgreSQL was away."""
        said = missed = False
        while True:
            try:
                async with aclosing(self._database.listen(QUEUE, IDENTITY, *self._listeners)) as notifications:
                    async for channel, payload in notifications:
                        if (channel, payload) == LISTENING:
                            self._begin(missed=missed)
                            missed = True
                        elif channel in self._listeners:
                            self._listeners[channel].tell(payload)
                        else:
                            await self._tell(channel, payload)
            except CreatorgraphError as error:
                _LOG.log(logging.DEBUG if said else logging.WARNING, "changes are not heard of: %s", error)
                said = True
            else:
                said = False
            finally:
                self.listening.clear()
                for listener in self._listeners.values():
                    listener.lost()
            await asyncio.sleep(self._retry_seconds)

    def _begin(self, *, missed: bool) -> None:
        self.listening.set()
        for listener in self._listeners.values():
            listener.begin()
        if missed:
            self.queue.tell(Batch(events=(), whole=False))
            self.identity.tell(Batch(events=(), whole=False))

    async def _tell(self, channel: str, payload: str) -> None:
        first, last = (int(each) for each in payload.split("-"))
        if channel == QUEUE and len(self.queue):
            found = await self._database.ask(queue_events, first=first, last=last, limit=MOST_AT_ONCE + 1)
            self.queue.tell(_batch(found))
        elif channel == IDENTITY and len(self.identity):
            events = await self._database.ask(events_between, first=first, last=last, limit=MOST_AT_ONCE + 1)
            self.identity.tell(_batch(events))


def _batch(found: list[T]) -> Batch[T]:
    return Batch(events=tuple(found) if len(found) <= MOST_AT_ONCE else (), whole=len(found) <= MOST_AT_ONCE)
