"""A socket ends with what let its caller in, on the real server: within a second or so, whatever runs over it."""

import asyncio
import json
import socket as sockets
import struct
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import Future
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import Any, Literal

import pytest
import sqlalchemy as sa
import uvicorn
import websockets
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect
from websockets.client import ClientProtocol
from websockets.typing import Subprotocol
from websockets.uri import parse_uri

from creatorgraph.api.app import create_app
from creatorgraph.api.caller import COOKIE, callers
from creatorgraph.api.rejection import Attempts
from creatorgraph.api.socket import CHECK_SECONDS, Sockets
from creatorgraph.domain.steward import Role
from creatorgraph.services.engines import Engines
from creatorgraph.services.steward.access import add_steward, end_steward, sign_in, sign_out

PROTOCOL = Subprotocol("graphql-transport-ws")
PATIENCE_SECONDS = 120
WS: Literal["websockets-sansio"] = "websockets-sansio"
FOLLOW = "subscription { reviewQueueChanged { kind } }"


class _Server(uvicorn.Server):
    """Says where it listens once it does."""

    def __init__(self, config: uvicorn.Config, listening: "Future[str]") -> None:
        super().__init__(config)
        self._listening = listening

    async def startup(self, sockets: list[Any] | None = None) -> None:
        await super().startup(sockets)
        self._listening.set_result(f"127.0.0.1:{self.servers[0].sockets[0].getsockname()[1]}")


@contextmanager
def _served(app: Any) -> Iterator[str]:
    """The address at which `app` is served."""
    listening: Future[str] = Future()
    running = _Server(uvicorn.Config(app, port=0, log_level="warning", ws=WS), listening)
    thread = threading.Thread(target=running.run)
    thread.start()
    yield listening.result(PATIENCE_SECONDS)
    running.should_exit = True
    thread.join(PATIENCE_SECONDS)
    assert not thread.is_alive()


@pytest.fixture
def server(engines: Engines) -> Iterator[str]:
    """The address of a running server."""
    with _served(create_app(engines)) as address:
        yield address


@pytest.fixture
def pouring(engines: Engines) -> Iterator[str]:
    """The address of a server whose sockets are watched, and get more than their peers read."""
    watched, caller_of = Sockets(engines), callers(engines, Attempts())

    async def pour(socket: WebSocket) -> None:
        await caller_of(socket)
        await socket.accept()
        async with watched.joined(socket):
            # until the socket is closed under it
            with suppress(RuntimeError, WebSocketDisconnect):
                while True:
                    await socket.send_text("x" * 100_000)
                    await asyncio.sleep(0)

    @asynccontextmanager
    async def watching(_: Starlette) -> AsyncIterator[None]:
        task = asyncio.create_task(watched.run())
        yield
        assert not task.done()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await engines.database.aclose()

    with _served(Starlette(routes=[WebSocketRoute("/", pour)], lifespan=watching)) as address:
        yield address


async def _followed_until_closed(address: str, headers: dict[str, str], act: Callable[[], None]) -> tuple[int, float]:
    """The close code of a socket that follows the queue when `act` is done, and seconds from then on."""
    async with websockets.connect(
        f"ws://{address}/graphql", subprotocols=[PROTOCOL], additional_headers=headers
    ) as socket:

        async def told(message: dict[str, Any]) -> dict[str, Any]:
            await socket.send(json.dumps(message))
            answer: dict[str, Any] = json.loads(await socket.recv())
            return answer

        assert (await told({"type": "connection_init"}))["type"] == "connection_ack"
        await socket.send(json.dumps({"id": "1", "type": "subscribe", "payload": {"query": FOLLOW}}))
        assert (await told({"type": "ping"}))["type"] == "pong"
        clock = asyncio.get_running_loop()
        begun = clock.time()
        await asyncio.to_thread(act)
        await asyncio.wait_for(socket.wait_closed(), PATIENCE_SECONDS)
        assert socket.close_code is not None
        return socket.close_code, clock.time() - begun


async def test_who_is_disabled_follows_nothing_any_more(engines: Engines, server: str) -> None:
    headers = {"authorization": f"Bearer {add_steward(engines, 'gus', Role.ANALYST)}"}
    code, _ = await _followed_until_closed(server, headers, lambda: end_steward(engines, "gus"))
    assert code == 4401
    with pytest.raises(websockets.InvalidStatus):
        await websockets.connect(f"ws://{server}/graphql", subprotocols=[PROTOCOL], additional_headers=headers)


async def test_who_signs_out_is_out_on_every_socket_of_the_session(engines: Engines, server: str) -> None:
    token = add_steward(engines, "hal", Role.ANALYST)
    sessions = [sign_in(engines, token), sign_in(engines, token)]
    assert sessions[0]
    assert sessions[1]
    one = {"cookie": f"{COOKIE}={sessions[0]}"}
    code, _ = await _followed_until_closed(server, one, lambda: sign_out(engines, str(sessions[0])))
    assert code == 4401
    # the other session is another matter, until its steward ends
    other = {"cookie": f"{COOKIE}={sessions[1]}"}
    code, _ = await _followed_until_closed(server, other, lambda: end_steward(engines, "hal"))
    assert code == 4401


async def test_who_reads_nothing_keeps_nobody_elses_socket_open(engines: Engines, pouring: str) -> None:
    tokens = {name: add_steward(engines, name, Role.ANALYST) for name in ("deaf", "gone", "ida")}
    with _reads_nothing(pouring, tokens["deaf"]) as deaf, _reads_nothing(pouring, tokens["gone"]) as gone:
        async with websockets.connect(
            f"ws://{pouring}/", additional_headers={"authorization": f"Bearer {tokens['ida']}"}
        ) as socket:
            for name in ("deaf", "gone"):
                await asyncio.to_thread(end_steward, engines, name)
            # by then their sockets are being closed; one connection is reset meanwhile
            await asyncio.sleep(1.5 * CHECK_SECONDS)
            await asyncio.to_thread(end_steward, engines, "ida")
            gone.setsockopt(sockets.SOL_SOCKET, sockets.SO_LINGER, struct.pack("ii", 1, 0))
            gone.close()
            assert await _poured_until_closed(socket) == 4401
        # who reads again finds what was on its way, and then the end
        deaf.settimeout(PATIENCE_SECONDS)
        while await asyncio.to_thread(deaf.recv, 1 << 20):
            pass


async def test_a_check_that_fails_is_not_the_last_one(engines: Engines, pouring: str) -> None:
    token = add_steward(engines, "joe", Role.ANALYST)
    async with websockets.connect(
        f"ws://{pouring}/", additional_headers={"authorization": f"Bearer {token}"}
    ) as socket:
        with engines.database.transaction() as connection:
            connection.execute(sa.text("ALTER TABLE steward_session RENAME TO elsewhere"))
        for _ in range(100):
            await socket.recv()
        await asyncio.sleep(2 * CHECK_SECONDS)
        with engines.database.transaction() as connection:
            connection.execute(sa.text("ALTER TABLE elsewhere RENAME TO steward_session"))
        await asyncio.to_thread(end_steward, engines, "joe")
        assert await _poured_until_closed(socket) == 4401


async def _poured_until_closed(socket: websockets.ClientConnection) -> int | None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        with suppress(websockets.ConnectionClosed):
            while True:
                await socket.recv()
    return socket.close_code


def _reads_nothing(address: str, token: str) -> sockets.socket:
    """A peer that opens a socket and then reads nothing from it."""
    host, _, port = address.partition(":")
    peer = sockets.socket()
    peer.setsockopt(sockets.SOL_SOCKET, sockets.SO_RCVBUF, 4096)
    peer.connect((host, int(port)))
    protocol = ClientProtocol(parse_uri(f"ws://{address}/"))
    asked = protocol.connect()
    asked.headers["Authorization"] = f"Bearer {token}"
    protocol.send_request(asked)
    peer.sendall(b"".join(protocol.data_to_send()))
    assert peer.recv(12) == b"HTTP/1.1 101"
    return peer
