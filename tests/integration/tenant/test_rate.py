"""Rates through the real API, in process and on a real Redis that goes away and comes back."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from creatorgraph.api.app import create_app
from creatorgraph.config import Settings
from creatorgraph.domain.caller import LOCAL, Caller
from creatorgraph.domain.role import Role
from creatorgraph.domain.tenant import ApiKey, KeyId, Tenant
from creatorgraph.services.engines import Engines
from creatorgraph.services.steward.access import add_steward
from creatorgraph.services.tenant import rate
from creatorgraph.services.tenant.key import create_key
from creatorgraph.services.tenant.rate import Rates, network_of
from tests.integration.tenant.conftest import bearer
from tests.redis_server import RedisServer

STANDARD, ENTERPRISE = 4, 6
QUERY = {"query": "{ viewer { name } }"}


def told(engines: Engines, **settings: object) -> Engines:
    """The engines with small rates."""
    small = {"rate_standard": STANDARD, "rate_enterprise": ENTERPRISE, "rate_address": 3, **settings}
    return replace(engines, settings=engines.settings.model_copy(update=small))


@pytest.fixture
def client(engines: Engines, tmp_path: Path) -> Iterator[TestClient]:
    with TestClient(create_app(told(engines), console=tmp_path), base_url="http://localhost") as opened:
        yield opened


def statuses(client: TestClient, text: str | None, count: int) -> list[int]:
    headers = bearer(text) if text else {}
    return [client.post("/graphql", json=QUERY, headers=headers).status_code for _ in range(count)]


def test_a_keys_rate_is_its_plans(engines: Engines, client: TestClient, acme: Tenant, bolt: Tenant) -> None:
    small, large = create_key(engines, acme.name, "one").secret, create_key(engines, bolt.name, "two").secret
    assert statuses(client, small, STANDARD + 2) == [200] * STANDARD + [429] * 2
    assert statuses(client, large, ENTERPRISE + 1) == [200] * ENTERPRISE + [429]
    # another key of the same tenant has a rate of its own
    assert statuses(client, create_key(engines, acme.name, "three").secret, 1) == [200]


def test_the_answer_says_what_is_left_and_when_to_come_back(engines: Engines, client: TestClient, acme: Tenant) -> None:
    key = create_key(engines, acme.name, "told").secret
    for left in (3, 2, 1, 0):
        answer = client.post("/graphql", json=QUERY, headers=bearer(key))
        assert answer.headers["ratelimit-policy"] == f'"default";q={STANDARD};w=900'
        assert answer.headers["ratelimit"].startswith(f'"default";r={left};t=')
    refused = client.post("/graphql", json=QUERY, headers=bearer(key))
    assert refused.status_code == 429
    assert 1 <= int(refused.headers["retry-after"]) <= 900
    assert refused.json()["errors"][0]["extensions"]["code"] == "rate_limited"
    assert refused.headers["ratelimit"].startswith('"default";r=0;t=')


def test_the_operators_people_and_the_own_machine_have_no_rate(engines: Engines, client: TestClient) -> None:
    token = add_steward(engines, "busy", Role.ANALYST)
    answers = [client.post("/graphql", json=QUERY, headers=bearer(token)) for _ in range(ENTERPRISE * 2)]
    assert {each.status_code for each in answers} == {200}
    assert "ratelimit" not in answers[0].headers
    assert statuses(client, None, ENTERPRISE * 2) == [200] * ENTERPRISE * 2


@pytest.mark.parametrize("keyless", [None, True])
def test_off_loopback_an_address_has_a_rate_and_reads_only_where_allowed(
    engines: Engines, tmp_path: Path, keyless: bool | None
) -> None:
    over = told(engines, host="0.0.0.0", keyless=keyless)  # noqa: S104
    with TestClient(create_app(over, console=tmp_path), client=("192.0.2.7", 50000)) as client:
        answer = client.post("/graphql", json={"query": "{ stats { creators } }"}).json()
        refused = [each["extensions"]["code"] for each in answer.get("errors", ())]
        assert refused == ([] if keyless else ["not_allowed"])
        assert statuses(client, None, 3) == [200, 200, 429]


def test_every_operation_of_a_socket_counts(engines: Engines, client: TestClient, acme: Tenant) -> None:
    key = create_key(engines, acme.name, "socket").secret

    def ask(opened: Any, number: int) -> Any:
        opened.send_json({"type": "subscribe", "id": str(number), "payload": QUERY})
        answer = opened.receive_json()
        if answer["type"] == "next":
            assert opened.receive_json()["type"] == "complete"
        return answer

    protocols = ["graphql-transport-ws"]
    with client.websocket_connect("ws://localhost/graphql", subprotocols=protocols, headers=bearer(key)) as opened:
        opened.send_json({"type": "connection_init"})
        assert opened.receive_json()["type"] == "connection_ack"
        answers = [ask(opened, number) for number in range(STANDARD + 1)]
    assert [each["type"] for each in answers] == ["next"] * STANDARD + ["error"]
    assert answers[-1]["payload"][0]["extensions"]["code"] == "rate_limited"


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("", "unknown"),
    ],
)
def test_who_has_an_address_of_a_network_has_them_all(address: str, network: str) -> None:
    assert network_of(address) == network


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RedisServer]:
    made = RedisServer(tmp_path)
    made.start()
    yield made
    made.kill()


def caller(acme: Tenant, number: str) -> Caller:
    key = ApiKey(
        key_id=KeyId(number), tenant_id=acme.tenant_id, name="x", prefix="x", role=Role.PARTNER, created_at=acme.created_at
    )  # fmt: skip
    return Caller.of_key(key, acme)


@pytest.mark.redis
async def test_processes_count_together_on_redis(
    server: RedisServer, acme: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    # a machine that is busy with other tests may keep Redis for longer than its callers wait
    monkeypatch.setattr(rate, "REDIS_SECONDS", 30.0)
    settings = Settings(redis_url=server.url, rate_standard=STANDARD)
    one, other = Rates(settings), Rates(settings)
    asks = caller(acme, "shared")
    allowed = [await rates.take(asks, "") for rates in (one, other) * 3]
    assert [each.allowed for each in allowed if each] == [True] * STANDARD + [False] * 2
    assert await one.take(LOCAL, "127.0.0.1") is None
    assert not one.alone
    await one.close()
    await other.close()


@pytest.mark.redis
async def test_without_redis_each_process_counts_by_itself_until_it_is_back(server: RedisServer, acme: Tenant) -> None:
    now = 0.0
    rates = Rates(Settings(redis_url=server.url, rate_standard=STANDARD), now=lambda: now)
    asks = caller(acme, "killed")
    for _ in range(STANDARD):
        found = await rates.take(asks, "")
        assert found is not None
        assert found.allowed
    server.kill()
    answers = await asyncio.gather(*(rates.take(asks, "") for _ in range(STANDARD + 2)))
    assert sum(each.allowed for each in answers if each) == STANDARD, "slower, not wrong: counted anew, but counted"
    alone = [rates.alone]
    server.start()
    now = 60.0
    assert [*alone, rates.alone] == [True, False]
    back = [await rates.take(asks, "") for _ in range(STANDARD + 1)]
    assert [each.allowed for each in back if each] == [True] * STANDARD + [False]
    await rates.close()


@pytest.mark.redis
def test_health_says_that_redis_does_not_count(
    engines: Engines, tmp_path: Path, server: RedisServer, acme: Tenant
) -> None:
    key = create_key(engines, acme.name, "health").secret
    over = told(engines, redis_url=server.url, rate_standard=100)
    with TestClient(create_app(over, console=tmp_path), base_url="http://localhost") as client:

        def condition() -> str:
            found = client.get("/health/ready").json()["engines"]
            return str(next(each["condition"] for each in found if each["name"] == "redis"))

        assert statuses(client, key, 2) == [200, 200]
        assert condition() == "ok"
        server.kill()
        assert statuses(client, key, 3) == [200] * 3
        assert condition() == "degraded"
