"""Generated operations sent to the application, in this process, over a world that is stored."""

import random
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Any

import httpx
import orjson

from benchmarks.fuzz.operation import Operation, Operations
from benchmarks.fuzz.value import Known
from benchmarks.fuzz.verdict import judge
from creatorgraph.api.app import create_app
from creatorgraph.graphql.schema import build_schema
from creatorgraph.services.engines import Engines

_PAGE = 20
_LISTING = """
query ($n: Int!) {
  creators(first: $n) { edges { cursor node { id displayName
    profiles(first: 3) { edges { cursor node { id username } } }
    links(first: 3) { edges { cursor node { id } } } } } }
  reviewCandidates(first: $n) { edges { cursor node { id } } }
}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who sends operations, and of which kinds."""

    name: str
    headers: Mapping[str, str] = field(default_factory=dict)
    kinds: tuple[str, ...] = ("query",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """An operation that should not have been answered so."""

    caller: str
    said: str
    operation: Operation


@dataclass(slots=True, kw_only=True)
class Summary:
    """`outcomes` by caller and outcome, `manners` by manner and whether it was answered."""

    sent: int = 0
    seconds: float = 0.0
    outcomes: Counter[tuple[str, str]] = field(default_factory=Counter)
    manners: Counter[tuple[str, str]] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)


async def fuzz(
    engines: Engines,
    *,
    count: int,
    seed: int,
    callers: Sequence[Caller],
    told: Callable[[int], None] = lambda _: None,
) -> Summary:
    """Sends `count` operations, the callers in turn; `told` hears how many are done."""
    summary, app = Summary(), create_app(engines)
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(app.router.lifespan_context(app))
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
        client = await stack.enter_async_context(
            httpx.AsyncClient(transport=transport, base_url="http://localhost", timeout=60)
        )
        known = await _known(client, callers[-1].headers)
        schema = build_schema()._schema
        supplies = [
            Operations(schema, known, seed=seed + place, kinds=caller.kinds) for place, caller in enumerate(callers)
        ]
        begun = time.monotonic()
        for number in range(count):
            caller, supply = callers[number % len(callers)], supplies[number % len(callers)]
            await _send(client, caller, supply.one(), summary)
            told(number + 1)
        summary.seconds = time.monotonic() - begun
    return summary


async def _send(client: httpx.AsyncClient, caller: Caller, operation: Operation, summary: Summary) -> None:
    headers = dict(caller.headers)
    # the only subscription that ends by itself; of the others only the refusal is asked for
    streamed = operation.fields == ("searchHits",)
    if streamed:
        headers["accept"] = "text/event-stream"
    try:
        body = orjson.dumps({"query": operation.text, "variables": operation.variables})
    except (orjson.JSONEncodeError, TypeError):
        return
    answer = await client.post("/graphql", content=body, headers={"content-type": "application/json", **headers})
    for each in _answers(answer, streamed=streamed):
        verdict = judge(operation, answer.status_code, each)
        summary.outcomes[caller.name, verdict.outcome] += 1
        summary.manners[operation.manner, verdict.outcome] += 1
        summary.faults += [Fault(caller=caller.name, said=said, operation=operation) for said in verdict.faults]
        if verdict.outcome in ("answered", "partly"):
            summary.asked.update(operation.fields)
    summary.sent += 1


def _answers(answer: httpx.Response, *, streamed: bool) -> list[Any]:
    if streamed and answer.headers.get("content-type", "").startswith("text/event-stream"):
        lines = [line.removeprefix("data: ") for line in answer.text.splitlines() if line.startswith("data: {")]
        return [orjson.loads(line) for line in lines]
    try:
        return [orjson.loads(answer.content)]
    except orjson.JSONDecodeError:
        return [None]


async def _known(client: httpx.AsyncClient, headers: Mapping[str, str]) -> Known:
    """What the generator may ask about: ids, cursors and texts that are really stored."""
    answer = await client.post("/graphql", json={"query": _LISTING, "variables": {"n": _PAGE}}, headers=dict(headers))
    ids: dict[str, list[str]] = {}
    cursors: list[str] = []
    texts: list[str] = []

    def look(value: Any, under: str) -> None:
        if isinstance(value, dict):
            for key, each in value.items():
                if key == "id":
                    ids.setdefault(under, []).append(each)
                elif key == "cursor":
                    cursors.append(each)
                elif isinstance(each, str):
                    texts.append(each)
                look(each, under if key in ("edges", "node") else key)
        elif isinstance(value, list):
            for each in value:
                look(each, under)

    look(answer.json()["data"], "")
    # the same ids in the same order, whatever dictionary they came from
    shuffled = random.Random(0)
    shuffled.shuffle(cursors)
    return Known(ids=ids, cursors=cursors, texts=texts[:50])
