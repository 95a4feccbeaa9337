"""Open sockets and event streams end with what let their callers in: the token of a steward who is disabled, a session that is
over."""

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterator
from contextlib import aclosing, asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime

from starlette.requests import HTTPConnection
from starlette.websockets import WebSocket, WebSocketDisconnect

from creatorgraph.api.caller import CALLER, proof_of
from creatorgraph.domain.caller import Caller
from creatorgraph.domain.error import UnavailableError
from creatorgraph.services.engines import Engines
from creatorgraph.services.tenant.standing import standing

CHECK_SECONDS = 0.5
"""How often all open sockets' callers are asked about, together; nothing is asked while none is open."""
_CLOSE_SECONDS = 1.0
"""What a peer that reads nothing has for taking the close of its socket, which is cut off then."""
UNAUTHORISED = 4401
"""The close code of graphql-transport-ws for a caller who is nobody; clients do not try again."""
_LOG = logging.getLogger("creatorgraph.api")

Parts = Callable[[], AsyncGenerator[str, None]]


@dataclass(frozen=True, slots=True, eq=False)
class _Watched:
    """One open socket or stream: what it was opened with, and how it is ended."""

    caller: Caller
    digest: bytes
    end: Callable[[], Awaitable[None]]


class Sockets:
    """The sockets and streams of one server, each with the proof that it was opened with. `run` checks them until cancelled."""

    def __init__(self, engines: Engines, *, seconds: float = CHECK_SECONDS) -> None:
        self._engines = engines
        self._seconds = seconds
        self._open: set[_Watched] = set()

    @asynccontextmanager
    async def joined(self, connection: HTTPConnection) -> AsyncIterator[None]:
        """Within the block the socket is watched; one that names nobody needs none, and requests are none."""
        proof, caller = proof_of(connection), connection.scope.get(CALLER)
        if proof is None or caller is None or not isinstance(connection, WebSocket):
            yield
            return

        # what runs over the socket, which is cut off where its peer does not even take that it was closed
        running = asyncio.timeout(None)

        async def end() -> None:
            # it may be closing by itself, or its peer may have gone
            with suppress(RuntimeError, WebSocketDisconnect):
                try:
                    async with asyncio.timeout(_CLOSE_SECONDS):
                        await connection.close(UNAUTHORISED, "signed out")
                except TimeoutError:
                    running.reschedule(asyncio.get_running_loop().time())

        try:
            async with running:
                with self._watched(_Watched(caller, proof.digest, end)):
                    yield
        except TimeoutError:
            if not running.expired():
                raise

    def ending(self, connection: HTTPConnection, parts: Parts) -> Parts:
        """The parts of a stream, until it ends or its caller is nobody any more."""
        proof, caller = proof_of(connection), connection.scope.get(CALLER)
        if proof is None or caller is None:
            return parts

        async def watched() -> AsyncGenerator[str, None]:
            over = asyncio.Event()

            async def end() -> None:
                over.set()

            with self._watched(_Watched(caller, proof.digest, end)):
                async with aclosing(_until(over, parts)) as told:
                    async for part in told:
                        yield part

        return watched

    async def run(self) -> None:
        said = ""
        while True:
            await asyncio.sleep(self._seconds)
            if self._open:
                try:
                    await self._check()
                    said = ""
                except UnavailableError as error:
                    # nobody can be disabled while PostgreSQL is away
                    _LOG.debug("open sockets could not be checked: %s", error)
                except Exception as error:  # noqa: BLE001  a check that fails must not be the last one
                    if repr(error) != said:
                        said = repr(error)
                        _LOG.exception("open sockets could not be checked")

    @contextmanager
    def _watched(self, watched: _Watched) -> Iterator[None]:
        self._open.add(watched)
        try:
            yield
        finally:
            self._open.discard(watched)

    async def _check(self) -> None:
        asked = tuple(self._open)
        proofs = [(each.caller, each.digest) for each in asked]
        stand = await self._engines.database.ask_for_operator(standing, proofs, datetime.now(UTC))
        over = [each for each, stands in zip(asked, stand, strict=True) if not stands and each in self._open]
        # beside each other: none waits for the peer of another
        await asyncio.gather(*(each.end() for each in over))


async def _until(over: asyncio.Event, parts: Parts) -> AsyncGenerator[str, None]:
    """The parts, until the last or until `over` is set."""
    ended = asyncio.ensure_future(over.wait())
    async with aclosing(parts()) as told:
        following: asyncio.Future[str | None] | None = None
        try:
            while not over.is_set():
                following = asyncio.ensure_future(anext(told, None))
                await asyncio.wait((following, ended), return_when=asyncio.FIRST_COMPLETED)
                if not following.done() or (part := following.result()) is None:
                    return
                yield part
        finally:
            ended.cancel()
            if following is not None and not following.done():
                # a generator that is running cannot be closed
                following.cancel()
                with suppress(asyncio.CancelledError):
                    await following
