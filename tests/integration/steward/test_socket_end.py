"""A socket ends with what let its caller in, on the real server: within a second or so, whatever runs over it."""

import asyncio
import json
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from typing import Any, Literal

import pytest
import uvicorn
import websockets
from websockets.typing import Subprotocol

from creatorgraph.api.app import create_app
from creatorgraph.api.caller import COOKIE
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


@pytest.fixture
def server(engines: Engines) -> Iterator[str]:
    """The address of a running server."""
    listening: Future[str] = Future()
    running = _Server(uvicorn.Config(create_app(engines), port=0, log_level="warning", ws=WS), listening)
    thread = threading.Thread(target=running.run)
    thread.start()
    yield listening.result(PATIENCE_SECONDS)
    running.should_exit = True
    thread.join(PATIENCE_SECONDS)
    assert not thread.is_alive()


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
