"""Exports over REST and GraphQL: ordered, followed, fetched in pieces, cancelled; by their own tenant alone."""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from creatorgraph.api.app import create_app
from creatorgraph.domain.role import Role
from creatorgraph.domain.tenant import Plan
from creatorgraph.embeddings.encoder import Encoder
from creatorgraph.services.engines import Engines
from creatorgraph.services.erasure import carry_out_erasures, request_erasure
from creatorgraph.services.export_job.work import work_on_exports
from creatorgraph.services.tenant.account import create_tenant
from creatorgraph.services.tenant.key import create_key
from creatorgraph.store.database import Database
from tests.integration.conftest import CREATORS, creator_id, embedded_engines, write_world

PLACE = "/v1/exports"
Headers = dict[str, str]


@pytest.fixture
def own(database: Database, encoder: Encoder, tmp_path: Path) -> Iterator[Engines]:
    write_world(database)
    opened = embedded_engines(database, encoder, tmp_path)
    for name in ("acme", "bolt"):
        create_tenant(opened, name, Plan.STANDARD)
    yield opened
    opened.graph.close()


@pytest.fixture
def client(own: Engines) -> Iterator[TestClient]:
    with TestClient(create_app(own), base_url="http://localhost") as opened:
        yield opened


@pytest.fixture
def acme(own: Engines) -> Headers:
    return bearer(own, "acme")


def bearer(engines: Engines, tenant: str, role: Role = Role.PARTNER) -> Headers:
    return {"authorization": f"Bearer {create_key(engines, tenant, 'backend', role=role).secret}"}


def ordered(client: TestClient, headers: Headers, **asked: str) -> str:
    answer = client.post(PLACE, json={"format": "jsonl", **asked}, headers=headers)
    assert answer.status_code == 202, answer.text
    place = answer.headers["location"]
    assert place == f"{PLACE}/{answer.json()['id']}"
    return str(place)


def test_from_the_order_to_the_last_byte(own: Engines, client: TestClient, acme: Headers) -> None:
    place = ordered(client, acme)
    assert client.get(place, headers=acme).json()["state"] == "waiting"
    early = client.get(f"{place}/manifest", headers=acme)
    assert (early.status_code, early.json()["code"]) == (409, "not_ready")
    assert client.get(f"{place}/parts/1", headers=acme).status_code == 409
    work_on_exports(own)
    done = client.get(place, headers=acme).json()
    assert (done["state"], done["total"], done["done"], done["asked_by"]) == ("ready", CREATORS, CREATORS, "backend")

    manifest = client.get(f"{place}/manifest", headers=acme).json()
    assert [each["data"] for each in manifest["parts"]] == ["creators", "profiles", "links"]
    assert (manifest["schema_version"], int(manifest["position"]) > 0) == (1, True)
    assert manifest["columns"]["creators"][0] == {"name": "creator_id", "type": "string"}
    for part in manifest["parts"]:
        fetched = client.get(part["href"], headers=acme)
        assert fetched.status_code == 200
        assert len(fetched.content) == part["bytes"]
        assert len(fetched.text.splitlines()) == part["rows"]
        assert hashlib.sha256(fetched.content).hexdigest() == part["sha256"]
        assert fetched.headers["etag"] == f'"{part["sha256"]}"'
        assert fetched.headers["content-type"] == "application/x-ndjson"
        assert part["name"] in fetched.headers["content-disposition"]
    assert client.get(f"{place}/parts/4", headers=acme).status_code == 404


def test_a_download_goes_on_where_it_was_cut_off(own: Engines, client: TestClient, acme: Headers) -> None:
    place = f"{ordered(client, acme)}/parts/2"
    work_on_exports(own)
    # a compressed answer could not be gone on with
    whole = client.get(place, headers=acme | {"accept-encoding": "gzip"})
    tag, size = whole.headers["etag"], len(whole.content)
    assert (whole.headers["accept-ranges"], whole.headers["content-length"]) == ("bytes", str(size))
    rest = client.get(place, headers=acme | {"range": "bytes=1000-", "if-range": tag, "accept-encoding": "gzip"})
    assert (rest.status_code, rest.headers["content-range"]) == (206, f"bytes 1000-{size - 1}/{size}")
    assert whole.content[:1000] + rest.content == whole.content
    assert client.get(place, headers=acme | {"range": "bytes=-7"}).content == whole.content[-7:]
    changed = client.get(place, headers=acme | {"range": "bytes=1000-", "if-range": '"another"'})
    assert (changed.status_code, changed.content) == (200, whole.content)
    assert client.get(place, headers=acme | {"if-none-match": tag}).status_code == 304
    for beyond in (f"bytes={size}-", "bytes=999999999-"):
        refused = client.get(place, headers=acme | {"range": beyond})
        assert (refused.status_code, refused.headers["content-range"]) == (416, f"bytes */{size}")
        assert refused.headers["content-type"] == "application/problem+json"
        assert refused.json()["code"] == "invalid_range"
    for nonsense in ("lines=1-2", "bytes=9-2", "bytes"):
        refused = client.get(place, headers=acme | {"range": nonsense})
        assert (refused.status_code, refused.json()["code"]) == (400, "invalid_range")


def test_another_tenant_finds_nothing(own: Engines, client: TestClient, acme: Headers) -> None:
    place, bolt = ordered(client, acme), bearer(own, "bolt")
    work_on_exports(own)
    for method, path in (
        ("GET", place),
        ("GET", f"{place}/manifest"),
        ("GET", f"{place}/parts/1"),
        ("DELETE", place),
    ):
        answer = client.request(method, path, headers=bolt)
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found"), path
    assert client.get(PLACE, headers=bolt).json() == {"items": [], "next": None}
    based = client.post(PLACE, json={"format": "csv", "since_export": place.rpartition("/")[2]}, headers=bolt)
    assert based.status_code == 404
    assert client.get(f"{place}/parts/1", headers=acme).status_code == 200


def test_those_without_the_scope_are_refused(own: Engines, client: TestClient) -> None:
    frontend = bearer(own, "acme", Role.FRONTEND)
    for headers in ({}, frontend):
        for answer in (client.post(PLACE, json={"format": "csv"}, headers=headers), client.get(PLACE, headers=headers)):
            assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")
        told = asked(client, headers, "{ exports(first: 1) { edges { node { id } } } }")
        assert told["errors"][0]["extensions"]["code"] == "not_allowed"


def test_orders_that_cannot_be(own: Engines, client: TestClient, acme: Headers) -> None:
    ahead = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    for body, status in (
        ({"format": "xml"}, 422),
        ({}, 422),
        ({"format": "csv", "since": "2026-01-01T00:00:00"}, 422),
        ({"format": "csv", "since_export": "x"}, 422),
        ({"format": "csv", "colour": "red"}, 422),
        ({"format": "csv", "since": ahead}, 400),
        ({"format": "csv", "since": "1999-01-01T00:00:00Z"}, 400),
        ({"format": "csv", "since_export": creator_id(1)}, 404),
    ):
        answer = client.post(PLACE, json=body, headers=acme)
        assert answer.status_code == status, (body, answer.text)
        assert answer.headers["content-type"] == "application/problem+json"
    for _ in range(own.settings.export_open_most):
        ordered(client, acme)
    answer = client.post(PLACE, json={"format": "csv"}, headers=acme)
    assert (answer.status_code, answer.json()["code"]) == (409, "quota_exceeded")
    ordered(client, bearer(own, "bolt"))


def test_pages_and_cancelling(own: Engines, client: TestClient, acme: Headers) -> None:
    places = [ordered(client, acme) for _ in range(3)]
    first = client.get(PLACE, params={"page_size": 2}, headers=acme).json()
    rest = client.get(PLACE, params={"page_size": 2, "after": first["next"]}, headers=acme).json()
    assert [f"{PLACE}/{each['id']}" for each in first["items"] + rest["items"]] == places[::-1]
    assert rest["next"] is None
    assert client.get(PLACE, params={"after": "torn"}, headers=acme).status_code == 400
    assert client.delete(places[0], headers=acme).json()["state"] == "cancelled"
    work_on_exports(own)
    assert client.delete(places[1], headers=acme).json()["state"] == "deleted"
    assert client.delete(places[1], headers=acme).json()["state"] == "deleted"
    for place in places[:2]:
        for path in (f"{place}/manifest", f"{place}/parts/1"):
            gone = client.get(path, headers=acme)
            assert (gone.status_code, gone.json()["code"]) == (410, "gone")
            assert gone.json()["mend"] == "Order another one."


def test_somebody_is_erased_from_what_was_ready(own: Engines, client: TestClient, acme: Headers) -> None:
    place = ordered(client, acme)
    work_on_exports(own)
    before = client.get(f"{place}/manifest", headers=acme).json()["parts"]
    request_erasure(own, creator=creator_id(5), asked_by="ticket 7")
    carry_out_erasures(own)
    for path in (f"{place}/manifest", f"{place}/parts/1"):
        again = client.get(path, headers=acme)
        assert (again.status_code, again.json()["code"]) == (503, "busy")
        assert again.headers["retry-after"]
    work_on_exports(own)
    after = client.get(f"{place}/manifest", headers=acme).json()["parts"]
    assert [each["rows"] for each in after] == [
        each["rows"] - less for each, less in zip(before, (1, 3, 3), strict=True)
    ]
    stale = client.get(
        f"{place}/parts/1", headers=acme | {"range": "bytes=10-", "if-range": f'"{before[0]["sha256"]}"'}
    )
    assert stale.status_code == 200, "a download that was cut off before begins anew"
    assert creator_id(5) not in stale.text
    # and whoever goes on from it hears of it
    follow = ordered(client, acme, since_export=place.rpartition("/")[2])
    work_on_exports(own)
    assert f'"{creator_id(5)}","ending":"erased"' in client.get(f"{follow}/parts/4", headers=acme).text


def asked(client: TestClient, headers: Headers, query: str, **variables: Any) -> dict[str, Any]:
    answer: dict[str, Any] = client.post(
        "/graphql", json={"query": query, "variables": variables}, headers=headers
    ).json()
    return answer


def test_the_same_over_graphql(own: Engines, client: TestClient, acme: Headers) -> None:
    start = """mutation ($base: ID, $since: DateTime) { startExport(format: CSV, sinceExport: $base, since: $since) { __typename
      ... on ExportStarted { export { id state done total address } }
      ... on ExportQuotaExceeded { message mend } ... on InvalidExport { message } ... on NotFound { message } } }"""
    made = asked(client, acme, start)["data"]["startExport"]["export"]
    assert (made["state"], made["total"]) == ("WAITING", None)
    assert client.get(made["address"], headers=acme).json()["state"] == "waiting"
    told = asked(client, acme, start, since="1999-01-01T00:00:00Z")["data"]["startExport"]
    assert told["__typename"] == "InvalidExport"
    told = asked(client, acme, start, base=creator_id(1))["data"]["startExport"]
    assert told["__typename"] == "NotFound"
    work_on_exports(own)
    look = "query ($id: ID!) { export(id: $id) { state parts bytes finishedAt expiresAt sinceExport } }"
    found = asked(client, acme, look, id=made["id"])["data"]["export"]
    assert (found["state"], found["parts"]) == ("READY", 3)
    assert int(found["bytes"]) > 0
    assert asked(client, bearer(own, "bolt"), look, id=made["id"])["data"]["export"] is None
    based = asked(client, acme, start, base=made["id"])["data"]["startExport"]["export"]
    assert asked(client, acme, look, id=based["id"])["data"]["export"]["sinceExport"] == made["id"]
    for _ in range(2):
        asked(client, acme, start)
    assert asked(client, acme, start)["data"]["startExport"]["__typename"] == "ExportQuotaExceeded"
    cancel = """mutation ($id: ID!) { cancelExport(id: $id) { __typename
      ... on ExportCancelled { export { state } } ... on NotFound { message } } }"""
    assert asked(client, acme, cancel, id=based["id"])["data"]["cancelExport"]["export"]["state"] == "CANCELLED"
    assert asked(client, bearer(own, "bolt"), cancel, id=made["id"])["data"]["cancelExport"]["__typename"] == "NotFound"
    listed = """query ($after: String) { exports(first: 3, after: $after) {
      pageInfo { hasNextPage endCursor } edges { node { id } } } }"""
    page = asked(client, acme, listed)["data"]["exports"]
    assert (len(page["edges"]), page["pageInfo"]["hasNextPage"]) == (3, True)
    rest = asked(client, acme, listed, after=page["pageInfo"]["endCursor"])["data"]["exports"]
    assert [each["node"]["id"] for each in rest["edges"]] == [made["id"]]
