"""What serving does to the process, and takes back."""

import asyncio
import gc
from types import SimpleNamespace
from typing import Any, cast

from creatorgraph.cli.serve import spare_collections


async def test_what_is_spared_while_serving_is_let_go_at_the_end() -> None:
    before = gc.get_freeze_count(), gc.get_threshold()
    engines = SimpleNamespace(profile_index=lambda: None, encoder=lambda: None)
    serving = asyncio.create_task(spare_collections(cast("Any", engines)))
    async with asyncio.timeout(30):
        while gc.get_freeze_count() == before[0]:
            await asyncio.sleep(0.01)
    assert gc.get_threshold() != before[1]

    serving.cancel()
    await asyncio.gather(serving, return_exceptions=True)
    assert (gc.get_freeze_count(), gc.get_threshold()) == (0, before[1])
