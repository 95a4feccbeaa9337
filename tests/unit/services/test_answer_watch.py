"""The lease of kept answers: that it ends with its server."""

import asyncio
from typing import Any, cast

import pytest

from creatorgraph.services.answer_cache import AnswerCache
from creatorgraph.services.answer_watch import AnswerWatch
from creatorgraph.store.database import Database


class Quiet:
    """A database to which notices are sent that nobody hears."""

    def __init__(self) -> None:
        self.told = asyncio.Event()

    async def notify(self, *_: Any) -> None:
        self.told.set()


@pytest.mark.parametrize("turns", range(8))
async def test_a_change_at_the_very_end_does_not_keep_it_running(turns: int) -> None:
    quiet = Quiet()
    watch = AnswerWatch(AnswerCache(entries=10, most_bytes=1000, seconds=60), cast("Database", quiet))
    watch.begin()
    running = asyncio.create_task(watch.run())
    await quiet.told.wait()
    watch.written()
    for _ in range(turns):
        await asyncio.sleep(0)
    running.cancel()
    await asyncio.wait({running}, timeout=5)
    assert running.cancelled()
