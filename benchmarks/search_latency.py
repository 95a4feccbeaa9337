"""How long a hybrid search through GraphQL takes, the query's embedding included, without the cache and with it."""

import asyncio
from dataclasses import replace
from time import perf_counter

import httpx

from benchmarks.measure import percentile
from benchmarks.measurement import Measurement
from benchmarks.search_query import QUERIES
from creatorgraph.api.app import create_app
from creatorgraph.cli.serve import spare_collections
from creatorgraph.services.engines import Engines
from creatorgraph.services.search_cache import ProcessSearchCache

DOCUMENT = """
query ($query: String!) { search(query: $query, first: 10) { pageInfo { hasNextPage endCursor } edges { node {
  score cacheHit whyRanked { part weight value contribution }
  matchedProfile { platform username bio } creator { id displayName totalFollowers platforms }
} } } }
"""
_TRIES, _PAUSE_SECONDS = 100, 0.1
ENDINGS = ("", "for beginners", "on a budget")
"""So that there are as many different queries as figures need, and none that was encoded before."""


async def measure_latency(engines: Engines) -> list[Measurement]:
    """Requests one after another to the application in this process, which collects its garbage as `creatorgraph serve` does:
    everything but the network."""
    sparing = asyncio.create_task(spare_collections(engines))
    try:
        return await _measured(engines)
    finally:
        sparing.cancel()


async def _measured(engines: Engines) -> list[Measurement]:
    texts = [f"{query.text} {ending}".strip() for ending in ENDINGS for query in QUERIES]
    bare = await _asked(replace(engines, search_cache=ProcessSearchCache(0)), texts, cached=False)
    keeping = replace(engines, search_cache=ProcessSearchCache(len(texts), settle_seconds=0.0))
    await _asked(keeping, texts, cached=False)
    again = await _asked(keeping, texts, cached=True)
    kept = await _kept(engines, texts)
    return [
        _figure("search.hybrid.p50", bare, 0.5, "<= 60"),
        _figure("search.hybrid.p95", bare, 0.95, "<= 200"),
        _figure("search.hybrid.cached_p95", again, 0.95, "<= 10"),
        _figure("search.hybrid.kept_p95", kept, 0.95, "<= 10"),
    ]


def _figure(name: str, seconds: list[float], share: float, bar: str) -> Measurement:
    return Measurement(name=name, value=1000 * percentile(seconds, share), unit="ms", bar=bar)


async def _asked(engines: Engines, texts: list[str], *, cached: bool) -> list[float]:
    """Seconds of each request; the first ones, which load what is needed, are asked twice.

    Raises:
        RuntimeError: the API answers with errors or with nothing, or the cache is not as it should be.
    """
    transport = httpx.ASGITransport(create_app(engines))
    seconds: list[float] = []
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost", timeout=60.0) as client:
        if not cached:
            await client.post("/graphql", json={"query": DOCUMENT, "variables": {"query": "warm"}})
        for text in texts:
            begun = perf_counter()
            answer = await client.post("/graphql", json={"query": DOCUMENT, "variables": {"query": text}})
            seconds.append(perf_counter() - begun)
            _check(answer.raise_for_status().json(), cached=cached)
    return seconds


async def _kept(engines: Engines, texts: list[str]) -> list[float]:
    """Seconds of each request that is given from the kept answers.

    Raises:
        RuntimeError: an answer is not kept.
    """
    app = create_app(engines)
    seconds: list[float] = []
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost", timeout=60.0) as client,
    ):
        for text in texts:
            asked = {"query": DOCUMENT, "variables": {"query": text}}
            for _ in range(_TRIES):
                begun = perf_counter()
                answer = await client.post("/graphql", json=asked)
                took = perf_counter() - begun
                if "cache" in answer.raise_for_status().json()["extensions"]:
                    seconds.append(took)
                    break
                # nothing that an index says is kept in the first seconds
                await asyncio.sleep(_PAUSE_SECONDS)
    if len(seconds) < len(texts):
        raise RuntimeError("an answer is not kept")
    return seconds


def _check(answer: dict[str, object], *, cached: bool) -> None:
    match answer:
        case {"data": {"search": {"edges": [{"node": {"cacheHit": hit}}, *_]}}} if (
            "errors" not in answer and hit is cached
        ):
            return
    raise RuntimeError("the API answered with errors, with nothing, or not from where it should")
