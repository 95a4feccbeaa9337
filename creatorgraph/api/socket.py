"""Open sockets end with what let their callers in: the token of a steward who is disabled, a session that is over."""

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime

from starlette.requests import HTTPConnection
from starlette.websockets import WebSocket

from creatorgraph.api.caller import CALLER, proof_of
from creatorgraph.domain.caller import Caller
from creatorgraph.domain.error import CreatorgraphError
from creatorgraph.services.engines import Engines
from creatorgraph.services.tenant.standing import standing

CHECK_SECONDS = 0.5
"""How often all open sockets' callers are asked about, together; nothing is asked while none is open."""
UNAUTHORISED = 4401
"""The close code of graphql-transport-ws for a caller who is nobody; clients do not try again."""
_LOG = logging.getLogger("creatorgraph.api")


class Sockets:
    """The sockets of one server, each with the proof that it was opened with. `run` checks them until it is cancelled."""

    def __init__(self, engines: Engines, *, seconds: float = CHECK_SECONDS) -> None:
        self._engines = engines
        self._seconds = seconds
        self._open: dict[WebSocket, tuple[Caller, bytes]] = {}

    @contextmanager
    def joined(self, connection: HTTPConnection) -> Iterator[None]:
        """Within the block the socket is watched; one that names nobody needs none, and requests are none."""
        proof, caller = proof_of(connection), connection.scope.get(CALLER)
        if proof is None or caller is None or not isinstance(connection, WebSocket):
            yield
            return
        self._open[connection] = (caller, proof.digest)
        try:
            yield
        finally:
            del self._open[connection]

    async def run(self) -> None:
        while True:
            await asyncio.sleep(self._seconds)
            if self._open:
                try:
                    await self._check()
                except CreatorgraphError as error:
                    # nobody can be disabled while PostgreSQL is away
                    _LOG.debug("open sockets could not be checked: %s", error)

    async def _check(self) -> None:
        asked = dict(self._open)
        stand = await self._engines.database.ask_for_operator(standing, list(asked.values()), datetime.now(UTC))
        for socket, stands in zip(asked, stand, strict=True):
            if not stands and socket in self._open:
                # it may be closing by itself
                with suppress(RuntimeError):
                    await socket.close(UNAUTHORISED, "signed out")
