"""Answers kept on a real Redis: given by another process, dropped for all, and nothing wrong where Redis goes or comes back."""

import asyncio
import shutil
import socket
import subprocess
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import httpx
import pytest

from creatorgraph.api.app import create_app
from creatorgraph.domain.usage import Use
from creatorgraph.embeddings.encoder import Encoder
from creatorgraph.services.answer_cache import LISTED, Answer
from creatorgraph.services.answer_store import SharedAnswers
from creatorgraph.services.engines import Engines
from creatorgraph.services.index import sync_indexes
from creatorgraph.store.database import Database
from tests.integration.api.test_answer import NAME, ask, kept, rename, until_kept, until_named
from tests.integration.api.test_app import serving, settings
from tests.integration.conftest import creator_id, embedded_engines, write_world

pytestmark = pytest.mark.redis
KEY, ANSWER = b"key", Answer(body=b"{}", use=Use(cost=2, rows=3))


class RedisServer:
    """A Redis of its own on one port, that can be killed and started again."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._port = probe.getsockname()[1]
        self._folder = folder
        self.url = f"redis://127.0.0.1:{self._port}/0"
        self.start()

    def start(self) -> None:
        command = [shutil.which("redis-server") or "redis-server", "--port", str(self._port), "--bind", "127.0.0.1"]
        self._running = subprocess.Popen(
            [*command, "--save", "", "--dir", str(self._folder)], stdout=subprocess.PIPE, text=True
        )
        assert self._running.stdout is not None
        assert any("Ready to accept connections" in line for line in self._running.stdout)

    def kill(self) -> None:
        self._running.kill()
        self._running.communicate()


@pytest.fixture
def redis_server(tmp_path: Path) -> Iterator[RedisServer]:
    if shutil.which("redis-server") is None:
        pytest.skip("no redis-server on PATH")
    server = RedisServer(tmp_path)
    yield server
    server.kill()


@pytest.fixture(scope="module")
def engines(module_database: Database, encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engines]:
    write_world(module_database)
    opened = embedded_engines(module_database, encoder, tmp_path_factory.mktemp("answer"))
    sync_indexes(opened)
    yield opened
    opened.graph.close()


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not condition():
            await asyncio.sleep(0.002)


@pytest.fixture
async def shared(redis_server: RedisServer, engines: Engines) -> AsyncIterator[SharedAnswers]:
    opened = SharedAnswers(redis_server.url, engines.database, seconds=60, mark="test")
    running = asyncio.create_task(opened.run())
    opened.begin()
    await until(lambda: opened.holds)
    yield opened
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    await engines.database.aclose()


async def test_what_is_kept_is_found_with_its_tags_and_what_it_costs(shared: SharedAnswers) -> None:
    looked = await shared.look(KEY)
    assert looked.epoch is not None
    assert looked.answer is None
    await shared.keep(KEY, looked.epoch, ANSWER, ["one", LISTED])
    found = await shared.look(KEY)
    assert found.answer == ANSWER
    assert found.tags == {"one", LISTED}


@pytest.mark.parametrize(("changed", "remains"), [("one", False), ("other", True)])
async def test_a_change_drops_what_has_its_tag(shared: SharedAnswers, changed: str, remains: bool) -> None:
    epoch = (await shared.look(KEY)).epoch
    assert epoch is not None
    await shared.keep(KEY, epoch, ANSWER, ["one"])
    shared.changed([changed])
    # until it is marked nothing is read
    assert (await shared.look(KEY)).epoch is None
    await until(lambda: shared.holds)
    assert ((await shared.look(KEY)).answer is not None) is remains


async def test_what_was_read_before_a_change_is_not_kept_after_it(shared: SharedAnswers) -> None:
    epoch = (await shared.look(KEY)).epoch
    assert epoch is not None
    shared.changed(["one"])
    await until(lambda: shared.holds)
    await shared.keep(KEY, epoch, ANSWER, ["one"])
    assert (await shared.look(KEY)).answer is None


async def test_whoever_begins_to_listen_drops_everything(shared: SharedAnswers) -> None:
    epoch = (await shared.look(KEY)).epoch
    assert epoch is not None
    await shared.keep(KEY, epoch, ANSWER, ["one"])
    shared.begin()
    await until(lambda: shared.holds)
    assert (await shared.look(KEY)).answer is None


async def test_processes_share_and_a_change_is_seen_through_both(redis_server: RedisServer, engines: Engines) -> None:
    own = settings(engines, redis_url=redis_server.url)
    async with AsyncExitStack() as stack:
        here, there = [await stack.enter_async_context(serving(create_app(own))) for _ in range(2)]
        # the second one to listen has dropped what the first kept
        await until_kept(there, NAME, id=creator_id(1))
        await until_kept(here, NAME, id=creator_id(1))
        await until_shared(here, there, 2)
        await asyncio.to_thread(rename, engines, 3, "Renamed")
        for client in (here, there):
            assert await until_named(client, 3, "Renamed") < 1


async def until_shared(here: httpx.AsyncClient, there: httpx.AsyncClient, first: int) -> None:
    """Until the first question to one process is answered by what the other has kept."""
    for number in range(first, 60):
        await until_kept(here, NAME, id=creator_id(number))
        if kept(await ask(there, NAME, id=creator_id(number))):
            return
    raise AssertionError("nothing was shared")


async def test_redis_killed_under_load_is_slower_and_never_wrong(redis_server: RedisServer, engines: Engines) -> None:
    own = settings(engines, redis_url=redis_server.url)
    async with serving(create_app(own)) as client:
        await until_kept(client, NAME, id=creator_id(5))

        async def load() -> int:
            asked = 0
            while not done.is_set():
                await ask(client, NAME, id=creator_id(5 + asked % 20))
                asked += 1
            return asked

        done = asyncio.Event()
        running = [asyncio.create_task(load()) for _ in range(4)]
        try:
            await asyncio.to_thread(redis_server.kill)
            await asyncio.to_thread(rename, engines, 6, "While away")
            assert await until_named(client, 6, "While away") < 2
            await asyncio.to_thread(redis_server.start)
            await asyncio.to_thread(rename, engines, 7, "Back")
            assert await until_named(client, 7, "Back") < 2
        finally:
            done.set()
        assert all(await asyncio.gather(*running))
