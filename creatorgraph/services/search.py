"""Searches creators: by meaning and words, filtered, ranked by the formula of `search_rank`."""

import asyncio
from datetime import UTC, datetime

from creatorgraph.services.engines import Engines
from creatorgraph.services.search_cache import Found, SearchKey
from creatorgraph.services.search_candidate import find_candidates
from creatorgraph.services.search_rank import Hit, SearchMode, ranked_page
from creatorgraph.store.read.creator import NO_FILTER, CreatorFilter
from creatorgraph.store.read.keyset import Key, Page
from creatorgraph.store.read.outbox import outbox_state


async def search_creators(
    engines: Engines,
    query: str,
    *,
    filter_by: CreatorFilter = NO_FILTER,
    mode: SearchMode = SearchMode.HYBRID,
    first: int,
    after: Key | None = None,
) -> Page[Hit]:
    """Creators by falling score, equals by id. The key is (score, creator_id, moment), so a page goes on where the last ended,
    and freshness counts from the same moment on every page.

    What is ranked, and so the list, is at most `search_depth` creators by meaning and as many by words.
    """
    found, cached = await found_by(engines, query, filter_by, mode)
    return ranked_page(
        found.candidates,
        engines.settings,
        mode,
        as_of=after[2] if after else found.as_of,
        first=first,
        after=after,
        cached=cached,
    )


async def found_by(engines: Engines, query: str, filter_by: CreatorFilter, mode: SearchMode) -> tuple[Found, bool]:
    """All that a search ranks, and whether the cache had it."""
    key = SearchKey(query=query, mode=mode, filter_by=filter_by)

    async def looked() -> tuple[str, Found | None]:
        state = await engines.database.ask(outbox_state)
        return state, engines.search_cache.get(key, state)

    # what needs nothing of the store, such as encoding, does not wait for its state
    looking = asyncio.ensure_future(looked())
    if key in engines.search_cache and (known := (await looking)[1]) is not None:
        return known, True
    candidates = await find_candidates(engines, query, filter_by, mode, after=looking)
    found = Found(candidates=candidates, as_of=datetime.now(UTC), state=(await looking)[0])
    engines.search_cache.put(key, found)
    return found, False
