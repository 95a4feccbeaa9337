"""Kept answers: given at once, never out of date, counted like any other; over the real API and PostgreSQL."""

import asyncio
import gzip
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from time import perf_counter
from typing import Any

import httpx
import pytest
import sqlalchemy as sa

from creatorgraph.api.app import create_app
from creatorgraph.domain.role import Role
from creatorgraph.domain.tenant import Plan
from creatorgraph.domain.usage import Use
from creatorgraph.embeddings.encoder import Encoder
from creatorgraph.services.engines import Engines
from creatorgraph.services.index import sync_indexes
from creatorgraph.services.search_document import rebuild_documents
from creatorgraph.services.steward.access import add_steward
from creatorgraph.services.tenant.account import create_tenant
from creatorgraph.services.tenant.key import create_key
from creatorgraph.services.tenant.usage import totals
from creatorgraph.store.database import Database
from creatorgraph.store.table import creator
from creatorgraph.store.write.outbox import announce
from creatorgraph.store.write.profile import IncomingProfile, upsert_profiles
from tests.integration.api.test_app import serving, settings
from tests.integration.conftest import START, creator_id, embedded_engines, made_profile, write_world

NAME = "query($id: ID!) { creator(id: $id) { ... on Creator { displayName } ... on CreatorRedirect { at } } }"
DEEP = """query($id: ID!) { creator(id: $id) { ... on Creator {
    displayName profiles(first: 5) { edges { node { lastSeenAt identifiers { value } } } } } } }"""
LIST = "{ creators(first: 3) { edges { node { displayName } } } }"
ACCOUNT = '{ profile(platform: INSTAGRAM, username: "maker05") { displayName } }'
MERGE = """mutation($ids: [ID!]!, $versions: [Int!]!) {
    mergeCreators(creatorIds: $ids, expectedVersions: $versions) { __typename } }"""


@pytest.fixture(scope="module")
def engines(module_database: Database, encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engines]:
    write_world(module_database)
    opened = embedded_engines(module_database, encoder, tmp_path_factory.mktemp("answer"))
    sync_indexes(opened)
    rebuild_documents(opened)
    yield opened
    opened.graph.close()


@pytest.fixture
async def client(engines: Engines) -> AsyncIterator[httpx.AsyncClient]:
    async with serving(create_app(engines)) as opened:
        yield opened


async def ask(
    client: httpx.AsyncClient, query: str, headers: dict[str, str] | None = None, **variables: object
) -> dict[str, Any]:
    answer = await client.post("/graphql", json={"query": query, "variables": variables}, headers=headers)
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    assert "errors" not in found
    return found


def kept(answer: dict[str, Any]) -> bool:
    return bool(answer["extensions"].get("cache") == {"hit": True})


async def until_kept(
    client: httpx.AsyncClient, query: str, headers: dict[str, str] | None = None, **variables: object
) -> dict[str, Any]:
    """The kept answer; the lease that lets it be given begins a moment after the start."""
    async with asyncio.timeout(20):
        while not kept(found := await ask(client, query, headers, **variables)):
            await asyncio.sleep(0.005)
    return found


def rename(engines: Engines, number: int, name: str) -> None:
    with engines.database.transaction() as connection:
        connection.execute(creator.update().where(creator.c.creator_id == creator_id(number)).values(display_name=name))
        announce(connection, "creator.updated", "creators", [creator_id(number)])


async def until_named(client: httpx.AsyncClient, number: int, name: str) -> float:
    """Seconds until the name is told."""
    begun = perf_counter()
    while (await ask(client, NAME, id=creator_id(number)))["data"]["creator"]["displayName"] != name:
        assert perf_counter() - begun < 10
        await asyncio.sleep(0.001)
    return perf_counter() - begun


async def test_the_second_answer_is_kept_and_says_the_same(client: httpx.AsyncClient) -> None:
    fresh = await ask(client, DEEP, id=creator_id(1))
    assert not kept(fresh)
    again = await until_kept(client, DEEP, id=creator_id(1))
    assert again["data"] == fresh["data"]
    assert again["extensions"]["cost"] == fresh["extensions"]["cost"]


async def test_a_kept_search_says_that_its_hits_are_kept(client: httpx.AsyncClient) -> None:
    query = """query($text: String!) { search(query: $text, first: 2, mode: TEXT) {
        edges { ...Scored node { creator { id } } } } }
        fragment Scored on SearchHitEdge { node { kept: cacheHit matchedProfile { id } } }"""
    fresh = await ask(client, query, text="maker")
    assert [edge["node"].pop("kept") for edge in fresh["data"]["search"]["edges"]] == [False, False]
    again = await until_kept(client, query, text="maker")
    assert [edge["node"].pop("kept") for edge in again["data"]["search"]["edges"]] == [True, True]
    assert again["data"] == fresh["data"]


async def test_layout_does_not_matter_and_variables_do(client: httpx.AsyncClient) -> None:
    await until_kept(client, NAME, id=creator_id(2))
    # a text is known by what it asks from its second time on
    spread = NAME.replace(" ", "\n  ")
    await ask(client, spread, id=creator_id(3))
    assert kept(await ask(client, spread, id=creator_id(2)))
    assert (await ask(client, NAME, id=creator_id(4)))["data"]["creator"]["displayName"] == "Maker 04"


async def test_a_change_is_seen_at_once_and_leaves_others_kept(client: httpx.AsyncClient, engines: Engines) -> None:
    await until_kept(client, NAME, id=creator_id(6))
    await until_kept(client, NAME, id=creator_id(7))
    await until_kept(client, LIST)
    await asyncio.to_thread(rename, engines, 6, "Renamed")
    assert await until_named(client, 6, "Renamed") < 1
    assert kept(await ask(client, NAME, id=creator_id(7)))
    assert not kept(await ask(client, LIST))


async def test_what_was_read_before_a_change_is_not_kept_after_it(client: httpx.AsyncClient, engines: Engines) -> None:
    """The answer reads the creator, then waits for a lock; meanwhile the creator changes and that is heard of."""
    await until_kept(client, NAME, id=creator_id(8))
    await until_kept(client, LIST)
    with engines.database.transaction() as connection:
        connection.execute(sa.text("LOCK TABLE profile_identifier IN ACCESS EXCLUSIVE MODE"))
        waiting = asyncio.create_task(ask(client, DEEP, id=creator_id(8)))
        await until_waiting(engines)
        await asyncio.to_thread(rename, engines, 8, "Later")
        await until_named(client, 8, "Later")
    stale = await waiting
    assert stale["data"]["creator"]["displayName"] == "Maker 08"
    following = await ask(client, DEEP, id=creator_id(8))
    assert not kept(following)
    assert following["data"]["creator"]["displayName"] == "Later"


async def until_waiting(engines: Engines) -> None:
    """Until some connection waits for a lock."""
    waiting = sa.text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")

    def count() -> int:
        with engines.database.transaction() as connection:
            return int(connection.scalar(waiting) or 0)

    async with asyncio.timeout(10):
        while not await asyncio.to_thread(count):
            await asyncio.sleep(0.005)


async def test_what_a_steward_merges_is_seen_in_under_a_second_here_at_once(engines: Engines) -> None:
    token = await asyncio.to_thread(add_steward, engines, "kim", Role.STEWARD)
    headers = {"authorization": f"Bearer {token}"}
    ids = [creator_id(20), creator_id(21)]
    versions = "query($ids: [ID!]!) { nodes(ids: $ids) { ... on Creator { version } } }"
    async with AsyncExitStack() as stack:
        here, there = [await stack.enter_async_context(serving(create_app(engines))) for _ in range(2)]
        for client in (here, there):
            await until_kept(client, NAME, headers, id=ids[1])
        globals_ = [
            (await ask(here, "query($id: ID!) { creator(id: $id) { ... on Creator { id } } }", id=each)) for each in ids
        ]
        nodes = [each["data"]["creator"]["id"] for each in globals_]
        found = await ask(here, versions, headers, ids=nodes)
        numbers = [each["version"] for each in found["data"]["nodes"]]
        merged = await ask(here, MERGE, headers, ids=ids, versions=numbers)
        begun = perf_counter()
        assert merged["data"]["mergeCreators"]["__typename"] == "IdentityChanged"
        assert "at" in (await ask(here, NAME, headers, id=ids[1]))["data"]["creator"]
        while "at" not in (await ask(there, NAME, headers, id=ids[1]))["data"]["creator"]:
            assert perf_counter() - begun < 1


async def test_arrivals_leave_what_is_kept_of_others(client: httpx.AsyncClient, engines: Engines) -> None:
    await until_kept(client, DEEP, id=creator_id(30))
    await until_kept(client, DEEP, id=creator_id(31))
    await until_kept(client, ACCOUNT)

    def arrive() -> None:
        again = IncomingProfile(profile=made_profile(31, "i"), payload={"made": True})
        with engines.database.transaction() as connection:
            upsert_profiles(connection, [again], source="world.jsonl", payloads_expire_at=START)

    await asyncio.to_thread(arrive)
    async with asyncio.timeout(10):
        # nothing of it differs, but it was seen again
        while kept(await ask(client, DEEP, id=creator_id(31))):
            await asyncio.sleep(0.001)
    assert kept(await ask(client, DEEP, id=creator_id(30)))
    assert kept(await ask(client, ACCOUNT))


async def test_nothing_kept_is_given_once_changes_are_not_heard_of(engines: Engines) -> None:
    app = create_app(engines)
    async with serving(app) as client:
        await until_kept(client, NAME, id=creator_id(9))
        with engines.database.transaction() as connection:
            # the listening connection is the one that no pool has: its last statement is LISTEN
            connection.execute(
                sa.text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'")
            )
        async with asyncio.timeout(10):
            while kept(await ask(client, NAME, id=creator_id(9))):
                await asyncio.sleep(0.001)
        await asyncio.to_thread(rename, engines, 9, "Unheard")
        assert (await ask(client, NAME, id=creator_id(9)))["data"]["creator"]["displayName"] == "Unheard"
        # it listens again, and goes on
        found = await until_kept(client, NAME, id=creator_id(9))
        assert found["data"]["creator"]["displayName"] == "Unheard"


UNKEPT = (
    "{ viewer { name } }",
    "{ stats { creators } }",
    "query($id: ID!) { creator(id: $id) { ... on Creator { history(first: 1) { edges { node { decision { id } } } } } } }",
    # what else there could be in its place is not told apart
    "query($id: ID!) { creator(id: $id) { ... on Creator { similar(first: 1) { cacheHit } } } }",
    "query($id: ID!) { creator(id: $id) { __typename } viewer { name } }",
)


@pytest.mark.parametrize("query", UNKEPT)
async def test_what_is_not_everybodys_is_never_kept(client: httpx.AsyncClient, query: str) -> None:
    await until_kept(client, NAME, id=creator_id(10))
    for _ in range(3):
        assert not kept(await ask(client, query, None, id=creator_id(10)))
    # neither it nor its parts, though others still are
    await until_kept(client, NAME, id=creator_id(10))


async def test_errors_are_not_kept(client: httpx.AsyncClient) -> None:
    await until_kept(client, NAME, id=creator_id(10))
    for _ in range(2):
        answer = (await client.post("/graphql", json={"query": "{ creators(first: 0) { edges { cursor } } }"})).json()
        assert answer["errors"][0]["extensions"]["code"] == "invalid_input"
        assert "cache" not in answer.get("extensions", {})


@pytest.mark.parametrize(
    "query",
    [
        " ".join(("{", *(f"a{number}: creators(first: 1) {{ edges {{ cursor }} }}" for number in range(40)), "}")),
        " ".join(
            (
                "{ creators(first: 1) {",
                *["edges { node { profiles(first: 1) {"] * 6,
                "pageInfo { endCursor }",
                "} } }" * 6,
                "} }",
            )
        ),
        "{ creators(first: 1) { edges { node { displayName(short: true) } } } }",
    ],
    ids=["aliases", "depth", "validity"],
)
async def test_what_is_refused_is_refused_again(client: httpx.AsyncClient, query: str) -> None:
    for _ in range(3):
        answer = (await client.post("/graphql", json={"query": query})).json()
        assert answer["data"] is None
        assert answer["errors"]


@pytest.mark.parametrize("depth", [100, 253, 254, 300, 1000])
@pytest.mark.parametrize("query", [LIST, "{ viewer { name } }"], ids=["kept", "known"])
async def test_variables_that_are_nested_deeply_are_refused_where_the_query_is_known(
    client: httpx.AsyncClient, query: str, depth: int
) -> None:
    for _ in range(2):
        await ask(client, query)
    body = b'{"query": "%s", "variables": {"x": %s}}' % (
        query.replace("\n", " ").encode(),
        b"[" * depth + b"]" * depth,
    )
    answer = await client.post("/graphql", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 200
    [error] = answer.json()["errors"]
    assert error["extensions"]["code"] == "bad_request"
    assert "nested" in error["message"]


async def test_plans_and_tenants_do_not_share_and_what_is_kept_is_counted(engines: Engines) -> None:
    keys = []
    for name, plan in (("acme", Plan.STANDARD), ("bolt", Plan.ENTERPRISE)):
        await asyncio.to_thread(create_tenant, engines, name, plan)
        made = await asyncio.to_thread(create_key, engines, name, f"{name}'s site")
        keys.append({"authorization": f"Bearer {made.secret}"})
    async with serving(create_app(settings(engines, rate_standard=50))) as client:
        await until_kept(client, NAME, id=creator_id(11))
        for headers in keys:
            assert not kept(await ask(client, NAME, headers, id=creator_id(11)))
            assert kept(await ask(client, NAME, headers, id=creator_id(11)))
        answers = [
            await client.post("/graphql", json={"query": NAME, "variables": {"id": creator_id(11)}}, headers=keys[0])
            for _ in range(60)
        ]
        assert {each.status_code for each in answers} == {200, 429}
        assert all("ratelimit" in each.headers for each in answers)
    used = [each.use for each in await asyncio.to_thread(totals, engines, days=1) if each.tenant == "acme"]
    given = 2 + sum(each.status_code == 200 for each in answers)
    assert used == [Use(requests=given, refused=62 - given, cost=given, rows=given)]


async def test_a_kept_answer_is_compressed_for_those_who_accept_it(client: httpx.AsyncClient) -> None:
    long = "{ creators(first: 40) { edges { node { displayName golden { bio { value } } } } } }"
    await until_kept(client, long)
    async with client.stream("POST", "/graphql", json={"query": long}, headers={"accept-encoding": "gzip"}) as answer:
        assert answer.headers["content-encoding"] == "gzip"
        assert answer.headers["x-content-type-options"] == "nosniff"
        raw = b"".join([part async for part in answer.aiter_raw()])
    assert b'"hit":true' in gzip.decompress(raw)


async def test_who_refuses_gzip_gets_none_kept_or_not(client: httpx.AsyncClient) -> None:
    long = "{ creators(first: 41) { edges { node { displayName golden { bio { value } } } } } }"
    await until_kept(client, long)
    for query in (long, long.replace("first: 41", "first: 42")):
        answer = await client.post("/graphql", json={"query": query}, headers={"accept-encoding": "gzip;q=0, identity"})
        assert "content-encoding" not in answer.headers
        assert len(answer.content) > 1024


async def test_without_entries_nothing_is_kept(engines: Engines) -> None:
    async with serving(create_app(settings(engines, answer_cache_entries=0))) as client:
        for _ in range(3):
            assert not kept(await ask(client, NAME, id=creator_id(1)))
