"""API keys as a partner and an operator meet them."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from creatorgraph.domain.error import InvalidInputError, NotFoundError
from creatorgraph.domain.role import Role
from creatorgraph.domain.tenant import OPERATOR, Plan, Tenant
from creatorgraph.services.engines import Engines
from creatorgraph.services.tenant.account import create_tenant, end_tenant, list_tenants, set_plan
from creatorgraph.services.tenant.key import create_key, end_key, list_keys, prefix_of
from creatorgraph.store.table import api_key
from tests.integration.tenant.conftest import bearer, viewer


def test_a_key_is_its_prefix_and_256_random_bits(engines: Engines, acme: Tenant) -> None:
    made = [create_key(engines, acme.name, "one of many") for _ in range(5)]
    assert len({each.secret for each in made}) == len({each.key.prefix for each in made}) == 5
    for each in made:
        assert re.fullmatch(r"cg_[0-9a-f]{10}_[\w-]{43}", each.secret)
        assert prefix_of(each.secret) == each.key.prefix
        assert each.secret not in repr(each)


def test_a_key_lets_its_machine_in(client: TestClient, acme_key: str) -> None:
    assert viewer(client, acme_key) == {"name": "acme's backend", "role": "PARTNER"}
    found = client.post("/graphql", json={"query": "{ stats { creators } }"}, headers=bearer(acme_key)).json()
    assert found["data"]["stats"]["creators"] > 0


def test_a_key_that_differs_in_one_character_is_nobodys(client: TestClient, acme_key: str) -> None:
    for place in (-1, 5):
        wrong = list(acme_key)
        wrong[place] = "0" if wrong[place] != "0" else "1"
        assert viewer(client, "".join(wrong)) == 401


def test_no_secret_is_stored(engines: Engines, acme: Tenant) -> None:
    secret = create_key(engines, acme.name, "kept nowhere").secret
    with engines.database.for_operator() as connection:
        rows = connection.execute(sa.select(api_key)).all()
    assert rows
    assert not any(
        secret[14:].encode() in (each if isinstance(each, bytes) else str(each).encode())
        for row in rows
        for each in row
    )


def test_a_revoked_key_is_refused_at_once(engines: Engines, client: TestClient, bolt: Tenant) -> None:
    made = create_key(engines, bolt.name, "short-lived")
    assert viewer(client, made.secret)["name"] == "short-lived"
    end_key(engines, made.key.prefix)
    assert viewer(client, made.secret) == 401
    [first] = [key.revoked_at for _, key in list_keys(engines) if key.prefix == made.key.prefix]
    # to revoke again, with the whole key pasted, changes nothing
    end_key(engines, made.secret)
    assert [key.revoked_at for _, key in list_keys(engines) if key.prefix == made.key.prefix] == [first]
    with pytest.raises(NotFoundError):
        end_key(engines, "cg_0000000000")


def test_a_key_runs_out(engines: Engines, client: TestClient, acme: Tenant) -> None:
    made = create_key(engines, acme.name, "for a day", days=1)
    assert viewer(client, made.secret)["name"] == "for a day"
    with engines.database.for_operator() as connection:
        past = datetime.now(UTC) - timedelta(seconds=1)
        connection.execute(api_key.update().where(api_key.c.key_id == made.key.key_id).values(expires_at=past))
    assert viewer(client, made.secret) == 401


def test_a_disabled_tenants_keys_are_refused_and_none_are_made(engines: Engines, client: TestClient) -> None:
    create_tenant(engines, "gone")
    made = create_key(engines, "gone", "left behind")
    end_tenant(engines, "gone")
    assert viewer(client, made.secret) == 401
    with pytest.raises(NotFoundError):
        create_key(engines, "gone", "too late")


def test_keys_do_not_get_what_stewards_do(client: TestClient, bolt_key: str) -> None:
    for query in (
        "{ queueSummary { open } }",
        "{ decisions(first: 1) { edges { node { id } } } }",
        "mutation { claimNextReview { id } }",
    ):
        answer = client.post("/graphql", json={"query": query}, headers=bearer(bolt_key)).json()
        assert [each["extensions"]["code"] for each in answer["errors"]] == ["not_allowed"]


def test_the_console_has_no_sessions_for_keys(client: TestClient, bolt_key: str) -> None:
    assert client.post("/session", json={"token": bolt_key}).status_code == 401


def test_plans_hold_fields_back(
    engines: Engines, client: TestClient, acme: Tenant, acme_key: str, bolt_key: str
) -> None:
    query = {"query": '{ path(from: "p000i", to: "p000y") { length } }'}

    def codes(key: str) -> list[str]:
        found = client.post("/graphql", json=query, headers=bearer(key)).json()
        return [each["extensions"]["code"] for each in found.get("errors", ())]

    assert codes(bolt_key) == []
    assert codes(acme_key) == ["plan_required"]
    set_plan(engines, acme.name, Plan.ENTERPRISE)
    assert codes(acme_key) == []
    set_plan(engines, acme.name, Plan.STANDARD)


def test_what_cannot_be_made_is_said(engines: Engines, acme: Tenant) -> None:
    with pytest.raises(InvalidInputError, match="no key may be steward"):
        create_key(engines, acme.name, "x", role=Role.STEWARD)
    with pytest.raises(InvalidInputError, match="days"):
        create_key(engines, acme.name, "x", days=0)
    with pytest.raises(InvalidInputError, match="no name"):
        create_key(engines, acme.name, " \n ")
    with pytest.raises(InvalidInputError, match="is or was"):
        create_tenant(engines, acme.name)
    with pytest.raises(InvalidInputError, match="operator's own"):
        create_tenant(engines, "sly", Plan.OPERATOR)
    with pytest.raises(InvalidInputError, match="operator's own"):
        set_plan(engines, "operator", Plan.STANDARD)
    with pytest.raises(InvalidInputError, match="operator's own"):
        end_tenant(engines, "operator")
    with pytest.raises(NotFoundError):
        end_tenant(engines, "nobody")
    with pytest.raises(NotFoundError):
        set_plan(engines, "nobody", Plan.STANDARD)
    assert OPERATOR in {each.tenant_id for each in list_tenants(engines)}
