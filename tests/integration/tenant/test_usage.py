"""Metering: what partners use is counted by the hour, and written together."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from creatorgraph.api.app import create_app
from creatorgraph.domain.caller import LOCAL, Caller
from creatorgraph.domain.error import InvalidInputError, UnavailableError
from creatorgraph.domain.role import Role
from creatorgraph.domain.tenant import Tenant
from creatorgraph.domain.usage import PEOPLE, Use
from creatorgraph.services.engines import Engines
from creatorgraph.services.tenant.key import create_key, list_keys
from creatorgraph.services.tenant.meter import Meter
from creatorgraph.services.tenant.usage import totals, usage_of, usage_of_all
from creatorgraph.store.database import Database
from tests.integration.tenant.conftest import bearer

SPAN = timedelta(hours=2)


async def test_requests_cost_and_rows_are_counted_and_seen_by_their_tenant_alone(
    engines: Engines, tmp_path: Path, acme: Tenant, bolt: Tenant
) -> None:
    made = create_key(engines, acme.name, "counted")
    query = {
        "query": '{ nodes(ids: []) { id } profile(platform: X, username: "maker01") { username creator { displayName } } }'
    }
    with TestClient(create_app(engines, console=tmp_path), base_url="http://localhost") as client:
        answers = [client.post("/graphql", json=query, headers=bearer(made.secret)).json() for _ in range(3)]
    assert all(each["data"]["profile"] for each in answers)
    [cost] = {each["extensions"]["cost"]["requested"] for each in answers}
    assert cost > 0
    # the server has stopped, and has written what it had counted
    now = datetime.now(UTC)
    own = (await usage_of(engines, acme.tenant_id, since=now - SPAN, until=now + SPAN / 2, first=100)).items
    used = [each for each in own if each.source == made.key.key_id]
    assert sum(each.requests for each in used) == 3
    assert sum(each.cost for each in used) == 3 * cost
    assert sum(each.rows for each in used) >= 3 * 2
    assert {each.tenant_id for each in own} == {acme.tenant_id}
    foreign = (await usage_of(engines, bolt.tenant_id, since=now - SPAN, until=now + SPAN / 2, first=100)).items
    assert made.key.key_id not in {each.source for each in foreign}
    assert made.key.key_id in {each.source for each in usage_of_all(engines, days=1)}
    [total] = [each for each in totals(engines, days=1) if each.source == made.key.prefix]
    assert (total.tenant, total.use.requests, total.use.cost) == ("acme", 3, 3 * cost)
    [day] = [key.last_used_on for _, key in list_keys(engines) if key.prefix == made.key.prefix]
    assert day is not None
    assert abs((day - now.date()).days) <= 1
    await engines.database.aclose()


def test_many_requests_are_one_statement(engines: Engines, acme: Tenant) -> None:
    statements: list[str] = []
    sa.event.listen(engines.database.engine, "before_cursor_execute", lambda *told: statements.append(told[2]))
    meter = Meter(engines.database)
    person = Caller.of_person("a", Role.PARTNER, acme, ends_at=datetime.now(UTC))
    for _ in range(1000):
        meter.note(person, Use(requests=1, cost=2, rows=3))
    meter.flush()
    assert sum("usage_hour" in each for each in statements) == 1
    [used] = [each for each in usage_of_all(engines, days=1) if each.source == PEOPLE]
    assert (used.requests, used.refused, used.cost, used.rows) == (1000, 0, 2000, 3000)
    before = len(statements)
    meter.flush()
    assert len(statements) == before, "nothing was used, so nothing is written"


def test_who_has_no_tenant_is_not_metered(engines: Engines) -> None:
    meter = Meter(engines.database)
    before = usage_of_all(engines, days=1)
    meter.note(LOCAL, Use(requests=1))
    meter.flush()
    assert usage_of_all(engines, days=1) == before


def test_while_postgresql_is_away_use_is_kept(engines: Engines, bolt: Tenant, monkeypatch: pytest.MonkeyPatch) -> None:
    away = Database("postgresql+psycopg://nobody@127.0.0.1:1/none")
    meter = Meter(away)
    person = Caller.of_person("b", Role.PARTNER, bolt, ends_at=datetime.now(UTC))
    meter.note(person, Use(requests=1))
    meter.flush()
    meter.note(person, Use(requests=1))
    with pytest.raises(UnavailableError), away.transaction():
        pass
    away.close()
    monkeypatch.setattr(meter, "_database", engines.database)
    meter.flush()
    [used] = [
        each for each in usage_of_all(engines, days=1) if (each.source, each.tenant_id) == (PEOPLE, bolt.tenant_id)
    ]
    assert used.requests == 2


async def test_a_span_without_sense_is_said(engines: Engines, acme: Tenant) -> None:
    now = datetime.now(UTC)
    for since, until in (
        (now, now),
        (now, now - SPAN),
        (now - timedelta(days=40), now),
        (now.replace(tzinfo=None), now),
    ):
        with pytest.raises(InvalidInputError):
            await usage_of(engines, acme.tenant_id, since=since, until=until, first=1)
