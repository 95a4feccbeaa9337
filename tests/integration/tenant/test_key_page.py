"""Keys and use as the console's pages ask for them: an administrator for every tenant, everybody else for their own."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from creatorgraph.api.app import create_app
from creatorgraph.domain.caller import Caller
from creatorgraph.domain.role import Role
from creatorgraph.domain.tenant import Tenant
from creatorgraph.domain.usage import Use
from creatorgraph.graphql.node import TENANT, global_id
from creatorgraph.services.engines import Engines
from creatorgraph.services.steward.access import add_steward
from creatorgraph.services.tenant.account import create_tenant, end_tenant
from creatorgraph.services.tenant.key import create_key, end_key
from creatorgraph.services.tenant.meter import Meter
from tests.integration.tenant.conftest import bearer, viewer

CREATE = """
    mutation ($name: String!, $role: Role! = PARTNER, $days: Int, $tenant: ID) {
      createApiKey(name: $name, role: $role, expiresInDays: $days, tenant: $tenant) {
        __typename
        ... on Problem { message mend }
        ... on ApiKeyCreated { secret key { id name prefix role tenantName stands expiresAt } }
        ... on RoleNotForKeys { allowed }
        ... on InvalidExpiry { leastDays mostDays }
        ... on NameTaken { key { prefix } }
        ... on NotAllowed { needs }
      }
    }
"""
REVOKE = """
    mutation ($id: ID!) {
      revokeApiKey(id: $id) { __typename ... on Problem { message } ... on ApiKeyRevoked { key { id revokedAt stands } } }
    }
"""
KEYS = """
    query ($first: Int! = 100, $after: String, $tenant: ID, $standing: Boolean) {
      apiKeys(first: $first, after: $after, tenant: $tenant, standing: $standing) {
        pageInfo { hasNextPage endCursor }
        edges { node { id name prefix tenantName stands } }
      }
    }
"""
USE = """
    query ($tenant: ID, $key: ID, $days: Int! = 7) {
      usageByDay(days: $days, tenant: $tenant, key: $key) { day requests refused cost rows }
      usageByKey(first: 100, days: $days, tenant: $tenant) {
        edges { node { tenantName keyId keyName prefix requests refused busiestRequests busiestHour
          rate { requests seconds } days { day requests } } }
      }
    }
"""


@pytest.fixture(scope="module")
def tokens(engines: Engines) -> dict[str, str]:
    return {role.value: add_steward(engines, f"a {role.value}", role) for role in (Role.ADMIN, Role.STEWARD)}


class Asked:
    """The API, asked by one caller after another."""

    def __init__(self, client: TestClient) -> None:
        self.client = client

    def __call__(self, who: str, query: str, **variables: object) -> Any:
        answer = self.client.post("/graphql", json={"query": query, "variables": variables}, headers=bearer(who))
        assert answer.status_code == 200, answer.text
        said = answer.json()
        return said["data"] if not said.get("errors") else [each["extensions"]["code"] for each in said["errors"]]


@pytest.fixture
def ask(engines: Engines, tmp_path: Path) -> Iterator[Asked]:
    with TestClient(create_app(engines, console=tmp_path), base_url="http://localhost") as opened:
        yield Asked(opened)


def tenant_id(tenant: Tenant) -> str:
    return global_id(TENANT, tenant.tenant_id)


def test_an_administrator_makes_a_key_that_works_and_is_told_once(
    ask: Asked, tokens: dict[str, str], acme: Tenant, caplog: pytest.LogCaptureFixture
) -> None:
    made = ask(tokens["admin"], CREATE, name="shop", days=30, tenant=tenant_id(acme))["createApiKey"]
    assert made["__typename"] == "ApiKeyCreated"
    assert (made["key"]["tenantName"], made["key"]["role"], made["key"]["stands"]) == ("acme", "PARTNER", True)
    runs_out = datetime.fromisoformat(made["key"]["expiresAt"]) - datetime.now(UTC)
    assert timedelta(days=29) < runs_out <= timedelta(days=30)
    assert viewer(ask.client, made["secret"]) == {"name": "shop", "role": "PARTNER"}
    listed = ask.client.post("/graphql", json={"query": KEYS}, headers=bearer(tokens["admin"])).text
    assert made["key"]["prefix"] in listed
    assert made["secret"] not in listed

    revoked = ask(tokens["admin"], REVOKE, id=made["key"]["id"])["revokeApiKey"]
    assert revoked["__typename"] == "ApiKeyRevoked"
    assert (revoked["key"]["id"], revoked["key"]["stands"]) == (made["key"]["id"], False)
    assert viewer(ask.client, made["secret"]) == 401
    again = ask(tokens["admin"], REVOKE, id=made["key"]["id"])["revokeApiKey"]
    assert again == revoked, "a second time changes nothing, not even since when"

    audit = [each.getMessage() for each in caplog.records if each.name == "creatorgraph.audit"]
    assert [each.split(" key ")[0].split()[-1] for each in audit] == ["made", "revoked", "revoked"]
    assert all(made["key"]["prefix"] in each and made["secret"] not in each for each in audit)
    assert not any("a admin" in each or "shop" in each for each in audit), "ids alone: no names in logs"


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"role": "ADMIN"}, "RoleNotForKeys"),
        ({"role": "STEWARD"}, "RoleNotForKeys"),
        ({"days": 0}, "InvalidExpiry"),
        ({"days": -3}, "InvalidExpiry"),
        ({"days": 3651}, "InvalidExpiry"),
        ({"name": "  "}, "InvalidName"),
        ({"name": "two\nlines"}, "InvalidName"),
        ({"tenant": "01890000-0000-7000-8000-000000000000"}, "NotFound"),
        ({"tenant": "what is this"}, "NotFound"),
    ],
)
def test_what_cannot_be_had_is_a_type_that_says_what_can(
    ask: Asked, tokens: dict[str, str], acme: Tenant, said: dict[str, object], problem: str
) -> None:
    asked = {"name": "never made", "tenant": tenant_id(acme)} | said
    answer = ask(tokens["admin"], CREATE, **asked)["createApiKey"]
    assert answer["__typename"] == problem
    assert answer["message"]
    assert answer["mend"]
    assert answer.get("allowed", ["FRONTEND", "PARTNER"]) == ["FRONTEND", "PARTNER"]
    assert "never made" not in str(ask(tokens["admin"], KEYS))


def test_no_two_standing_keys_of_a_tenant_have_one_name(
    ask: Asked, tokens: dict[str, str], acme: Tenant, bolt: Tenant
) -> None:
    asked = {"name": "rotated", "tenant": tenant_id(acme)}
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: ask(tokens["admin"], CREATE, **asked)["createApiKey"], range(4)))
    assert sorted(each["__typename"] for each in answers) == ["ApiKeyCreated"] + 3 * ["NameTaken"]
    [made] = [each for each in answers if each["__typename"] == "ApiKeyCreated"]
    assert {each["key"]["prefix"] for each in answers} == {made["key"]["prefix"]}
    # another tenant's names are its own, and so is a name whose key is revoked
    other = ask(tokens["admin"], CREATE, name="rotated", tenant=tenant_id(bolt))["createApiKey"]
    assert other["__typename"] == "ApiKeyCreated"
    ask(tokens["admin"], REVOKE, id=made["key"]["id"])
    assert ask(tokens["admin"], CREATE, **asked)["createApiKey"]["__typename"] == "ApiKeyCreated"


def test_a_disabled_tenant_gets_no_key(ask: Asked, engines: Engines, tokens: dict[str, str]) -> None:
    gone = create_tenant(engines, "closed")
    end_tenant(engines, gone.name)
    assert ask(tokens["admin"], CREATE, name="x", tenant=tenant_id(gone))["createApiKey"]["__typename"] == "NotFound"


def test_nobody_else_makes_or_revokes_keys(
    ask: Asked, tokens: dict[str, str], acme: Tenant, acme_key: str, bolt_key: str
) -> None:
    own = ask(acme_key, KEYS)["apiKeys"]["edges"][0]["node"]["id"]
    for who in (tokens["steward"], acme_key, bolt_key):
        for tenant in (tenant_id(acme), None):
            refused = ask(who, CREATE, name="taken", tenant=tenant)["createApiKey"]
            assert (refused["__typename"], refused["needs"]) == ("NotAllowed", "ADMIN")
        assert ask(who, REVOKE, id=own)["revokeApiKey"]["__typename"] == "NotAllowed"
    assert own in {each["node"]["id"] for each in ask(acme_key, KEYS, standing=True)["apiKeys"]["edges"]}


def test_keys_come_in_pages_of_ones_own_tenant_and_of_all_for_an_administrator(
    ask: Asked, engines: Engines, tokens: dict[str, str], acme: Tenant, bolt: Tenant, acme_key: str, bolt_key: str
) -> None:
    for number in range(3):
        create_key(engines, acme.name, f"page {number}")
    names, after = [], None
    while True:
        page = ask(acme_key, KEYS, first=2, after=after)["apiKeys"]
        names += [each["node"]["name"] for each in page["edges"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert names[:3] == ["page 2", "page 1", "page 0"]
    assert len(names) == len(ask(acme_key, KEYS)["apiKeys"]["edges"])

    def tenants_of(who: str, **asked: object) -> set[str]:
        return {each["node"]["tenantName"] for each in ask(who, KEYS, **asked)["apiKeys"]["edges"]}

    assert tenants_of(acme_key) == {"acme"}
    assert tenants_of(acme_key, tenant=tenant_id(acme)) == {"acme"}
    assert ask(acme_key, KEYS, tenant=tenant_id(bolt)) == ["not_allowed"]
    assert ask(tokens["steward"], KEYS, tenant=tenant_id(bolt)) == ["not_allowed"]
    assert tenants_of(tokens["steward"]) <= {"operator"}
    assert tenants_of(tokens["admin"]) >= {"acme", "bolt"}
    assert tenants_of(tokens["admin"], tenant=tenant_id(bolt)) == {"bolt"}
    end_key(engines, create_key(engines, bolt.name, "revoked").key.prefix)
    standing = ask(tokens["admin"], KEYS, standing=True)["apiKeys"]["edges"]
    fallen = ask(tokens["admin"], KEYS, standing=False)["apiKeys"]["edges"]
    assert {each["node"]["stands"] for each in standing} == {True}
    assert {each["node"]["stands"] for each in fallen} == {False}
    assert len(standing) + len(fallen) == len(ask(tokens["admin"], KEYS)["apiKeys"]["edges"])


def test_tenants_are_listed_with_their_plans_for_an_administrator_alone(
    ask: Asked, tokens: dict[str, str], acme: Tenant, bolt: Tenant, acme_key: str
) -> None:
    query = "{ tenants(first: 100) { edges { node { id name plan disabledAt } } } }"
    found = {each["node"]["name"]: each["node"] for each in ask(tokens["admin"], query)["tenants"]["edges"]}
    assert (found["acme"]["plan"], found["bolt"]["plan"]) == ("STANDARD", "ENTERPRISE")
    assert found["acme"]["id"] == tenant_id(acme)
    assert list(found) == sorted(found)
    paged = "query ($after: String) { tenants(first: 1, after: $after) { edges { cursor node { name } } } }"
    [first] = ask(tokens["admin"], paged)["tenants"]["edges"]
    [second] = ask(tokens["admin"], paged, after=first["cursor"])["tenants"]["edges"]
    assert [first["node"]["name"], second["node"]["name"]] == list(found)[:2]
    for who in (acme_key, tokens["steward"]):
        assert ask(who, query) == ["not_allowed"]


def test_use_is_summed_by_day_and_key_beside_the_plans_rate(
    ask: Asked, engines: Engines, tokens: dict[str, str]
) -> None:
    owner = create_tenant(engines, "metered")
    busy, idle = create_key(engines, owner.name, "busy"), create_key(engines, owner.name, "idle")
    noon = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    written = [
        (busy, noon - timedelta(days=8), Use(requests=999)),
        (busy, noon - timedelta(days=2), Use(requests=10, cost=20, rows=30)),
        (busy, noon - timedelta(hours=1), Use(requests=40, refused=5)),
        (busy, noon, Use(requests=7)),
        (idle, noon, Use(requests=1)),
    ]
    for made, at, use in written:
        meter = Meter(engines.database, now=partial(datetime.fromtimestamp, at.timestamp(), UTC))
        meter.note(Caller.of_key(made.key, owner), use)
        meter.flush()
    days = {noon.date() - timedelta(days=2): 10, noon.date() - timedelta(days=1): 40, noon.date(): 8}
    for who in (tokens["admin"], busy.secret):
        found = ask(who, USE, tenant=tenant_id(owner))
        assert {each["day"]: each["requests"] for each in found["usageByDay"]} == {
            day.isoformat(): count for day, count in days.items()
        }
        first, second = (each["node"] for each in found["usageByKey"]["edges"])
        assert (first["prefix"], first["keyName"], first["requests"], first["refused"]) == (
            busy.key.prefix,
            "busy",
            57,
            5,
        )
        assert (first["busiestRequests"], second["busiestRequests"]) == (45, 1)
        assert datetime.fromisoformat(first["busiestHour"]) == noon - timedelta(hours=1)
        assert first["rate"] == {"requests": 1000, "seconds": 900}
        assert [each["requests"] for each in first["days"]] == [10, 40, 7]
    alone = ask(tokens["admin"], USE, tenant=tenant_id(owner), key=second["keyId"])["usageByDay"]
    assert [each["requests"] for each in alone] == [1]
    paged = "query ($tenant: ID, $after: String) { usageByKey(first: 1, tenant: $tenant, after: $after) { edges { cursor } } }"
    [edge] = ask(tokens["admin"], paged, tenant=tenant_id(owner))["usageByKey"]["edges"]
    [last] = ask(tokens["admin"], paged, tenant=tenant_id(owner), after=edge["cursor"])["usageByKey"]["edges"]
    assert last["cursor"] != edge["cursor"]
    assert ask(tokens["admin"], paged, tenant=tenant_id(owner), after=last["cursor"])["usageByKey"]["edges"] == []
    everybody = ask(tokens["admin"], USE)["usageByKey"]["edges"]
    assert "metered" in {each["node"]["tenantName"] for each in everybody}
    assert sorted((each["node"]["requests"] for each in everybody), reverse=True) == [
        each["node"]["requests"] for each in everybody
    ]
    assert ask(tokens["admin"], USE, days=93) == ["invalid_input"]


def test_use_of_others_is_not_told(ask: Asked, tokens: dict[str, str], acme_key: str, bolt: Tenant) -> None:
    assert ask(acme_key, USE, tenant=tenant_id(bolt)) == ["not_allowed"]
    assert ask(tokens["steward"], USE, tenant=tenant_id(bolt)) == ["not_allowed"]
    mine = ask(acme_key, USE)["usageByKey"]["edges"]
    assert {each["node"]["tenantName"] for each in mine} <= {"acme"}
