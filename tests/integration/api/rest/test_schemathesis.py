"""Every REST operation with generated requests, fitting and not: no server error, and nothing that the document does not say."""

import secrets
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import schemathesis
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import SecretStr
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from starlette.testclient import TestClient

from creatorgraph.api.app import create_app
from creatorgraph.api.rest.document import openapi_document
from creatorgraph.config import Settings
from creatorgraph.domain.steward import Role
from creatorgraph.domain.tenant import Plan
from creatorgraph.embeddings.encoder import Encoder
from creatorgraph.services.export_job.work import work_on_exports
from creatorgraph.services.ingest import ingest_files
from creatorgraph.services.resolve import resolve_all
from creatorgraph.services.steward.access import add_steward
from creatorgraph.services.tenant.account import create_tenant
from creatorgraph.services.tenant.key import create_key
from creatorgraph.store.database import Database
from creatorgraph.synth.world import write_world
from tests.integration.conftest import embedded_engines

PROFILES = 160
RAN: Counter[tuple[str, int]] = Counter()
"""How often each operation was answered with each status."""
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
SCHEMA = schemathesis.openapi.from_dict(openapi_document())
OPERATIONS = {
    found.definition.raw["operationId"]: found
    for each in SCHEMA.get_all_operations()
    if isinstance(each, Ok)
    for found in (each.ok(),)
}


ERASING = ("eraseCreator", "eraseProfile", "getErasure")
"""What the operator's people alone may do."""


@dataclass(frozen=True, kw_only=True)
class Served:
    """The application with a partner's key, what an administrator shows instead, and two each of a creator, an
    account and an export: some that stay and some that may go."""

    client: TestClient
    admin: dict[str, str]
    lasting: dict[str, str]
    erasable: dict[str, str]


@pytest.fixture(scope="module")
def served(module_database: Database, encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Over a resolved world, whose arrivals could be resolved, with an export that is ready."""
    folder = tmp_path_factory.mktemp("rest")
    engines = embedded_engines(module_database, encoder, folder)
    contact_key = SecretStr("a key for the tests alone")
    chosen = Settings(data_dir=folder, contact_key=contact_key, encode_limit=0, webhook_loopback=True)
    object.__setattr__(engines, "settings", chosen)
    write_world(folder, profiles=PROFILES, seed=5)
    ingest_files(engines, [folder / "profiles.jsonl"])
    resolve_all(engines)
    create_tenant(engines, "acme", Plan.ENTERPRISE)
    admin = {"authorization": f"Bearer {add_steward(engines, 'root', Role.ADMIN)}"}
    query = """{ creators(first: 2) { edges { node {
      id profiles(first: 1) { edges { node { platform username } } } } } } }"""
    with TestClient(create_app(engines), base_url="http://localhost", raise_server_exceptions=False) as client:
        client.headers["authorization"] = f"Bearer {create_key(engines, 'acme', 'backend').secret}"
        found = client.post("/graphql", json={"query": query}).json()["data"]["creators"]["edges"]
        lasting, erasable = (
            {"creator_id": each["node"]["id"], **each["node"]["profiles"]["edges"][0]["node"]} for each in found
        )
        for each in (lasting, erasable):
            each["creator_id"] = client.get(
                f"/v1/profiles/{each['platform'].lower()}/{each['username']}/creator"
            ).json()["id"]
            each["platform"] = each["platform"].lower()
        lasting["export_id"], erasable["export_id"] = (
            made(client.post("/v1/exports", json={"format": "csv"}))["id"] for _ in range(2)
        )
        work_on_exports(engines)
        yield Served(client=client, admin=admin, lasting=lasting, erasable=erasable)


@pytest.fixture(scope="module")
def client(served: Served) -> TestClient:
    """With a partner's key."""
    return served.client


@pytest.fixture(scope="module")
def known(served: Served) -> dict[str, str]:
    """An account of a stored creator."""
    return served.lasting


@pytest.fixture
def there(served: Served) -> Iterator[dict[str, str]]:
    """What the parameters of paths may name that is there."""
    client, name = served.client, secrets.token_hex(8)
    hook = {"url": "http://localhost/hook", "events": ["creator.merged"]}
    collection, webhook = (
        made(client.post(place, json=body))["id"]
        for place, body in (("/v1/collections", {"name": name}), ("/v1/webhooks", hook))
    )
    made(client.post(f"/v1/collections/{collection}/creators:add", json={"ids": [served.lasting["creator_id"]]}))
    made(client.put(f"/v1/private-profiles/{name}", json={"platform": "x", "username": "maker"}))
    receipt = made(client.delete(f"/v1/creators/{served.erasable['creator_id']}", headers=served.admin))
    yield {
        "collection_id": collection,
        "webhook_id": webhook,
        "ref": name,
        "number": "1",
        "erasure_id": receipt["id"],
    }
    for place in (f"collections/{collection}", f"webhooks/{webhook}", f"private-profiles/{name}"):
        client.delete(f"/v1/{place}")


def made(answer: Any) -> dict[str, Any]:
    assert answer.is_success, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_every_operation_is_there() -> None:
    assert set(OPERATIONS) == {
        "getCreator", "getCreatorOfProfile", "batchGetCreators", "matchCreators", "matchCreatorsByContact",
        "eraseCreator", "eraseProfile", "getErasure", "keepPrivateProfile", "getPrivateProfile",
        "listPrivateProfiles", "forgetPrivateProfile", "keepPrivateProfiles", "listContactReads", "createCollection",
        "listCollections", "getCollection", "renameCollection", "deleteCollection", "listCollectionCreators",
        "addToCollection", "removeFromCollection",
        "startExport", "listExports", "getExport", "cancelExport", "getExportManifest", "getExportPart",
        "createWebhook", "listWebhooks", "getWebhook", "changeWebhook", "deleteWebhook", "rotateWebhookSecret",
        "testWebhook", "replayWebhook", "listWebhookDeliveries",
    }  # fmt: skip


@pytest.mark.parametrize("mode", list(schemathesis.GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_requests_of_every_kind_are_answered_as_the_document_says(
    served: Served, there: dict[str, str], name: str, mode: schemathesis.GenerationMode
) -> None:
    """Half of the requests name what is there. All have a good key: after a few bad ones all is answered 429."""
    operation, erases = OPERATIONS[name], name in ERASING
    names = there | (served.erasable if erases or name == "cancelExport" else served.lasting)

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(case=operation.as_strategy(generation_mode=mode), real=st.booleans())
    def send(case: schemathesis.Case[Any], real: bool) -> None:
        if real:
            case.path_parameters = {key: names.get(key, value) for key, value in (case.path_parameters or {}).items()}
        kwargs = case.as_transport_kwargs(base_url="http://localhost")
        kept = {key: kwargs[key] for key in ("method", "url", "params", "json", "data") if kwargs.get(key)}
        if isinstance(kept.get("data"), bytes):
            kept["content"] = kept.pop("data")
        headers = {key: value for key, value in kwargs["headers"].items() if key.lower() != "authorization"}
        answer = served.client.request(
            **kept, headers=headers | (served.admin if erases else {}), follow_redirects=False
        )
        RAN[name, answer.status_code] += 1
        case.validate_response(answer, checks=CHECKS)

    send()


def test_requests_got_through() -> None:
    """The test before would hold as well if every request were refused at the door."""
    codes = {name: {code for each, code in RAN if each == name} for name in OPERATIONS}
    assert not any(found & {401, 403, 429} for found in codes.values())
    # of bodies a schema does not say all (a host that has an address, a name that is printable): `there` sends good ones
    asked = [name for name, each in OPERATIONS.items() if "requestBody" not in each.definition.raw]
    assert len(asked) > 20
    assert [name for name in asked if min(codes[name]) >= 400] == []


def test_a_match_is_told_with_its_evidence(client: TestClient, known: dict[str, str], tmp_path: Path) -> None:
    platform, username = known["platform"], known["username"]
    asked = {"platform": platform, "username": username}
    found = client.get("/v1/creators:match", params=asked).json()
    assert found["known_profile"]
    assert found["candidates"][0]["probability"] == 1.0
    other = "x" if platform != "x" else "instagram"
    answer = client.get("/v1/creators:match", params={"platform": other, "username": username, "min_probability": 0})
    found = answer.json()
    assert answer.status_code == 200
    assert found["known_profile"] is None
    assert found["candidates"]
    query = """query ($p: ProfileInput!) { match(profile: $p, first: 20) {
      probability matchWeight evidence { signal } creator { displayName } matchedProfile { username } } }"""
    variables = {"p": {"platform": other.upper(), "username": username}}
    told = client.post("/graphql", json={"query": query, "variables": variables}).json()["data"]["match"]
    best = found["candidates"]
    assert [each["probability"] for each in told][: len(best)] == [each["probability"] for each in best]
    for each in best:
        total = sum(row["match_weight"] for row in each["evidence"])
        assert each["match_weight"] == pytest.approx(total, abs=0.1)


def test_the_statements_of_a_match_do_not_grow_with_who_is_like_it(client: TestClient, known: dict[str, str]) -> None:
    counts = []
    for asked in (
        {"username": known["username"]},
        {"display_name": "a"},
        {"bio": "music and travel, every week a video"},
    ):
        said: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_: object, said: list[str] = said) -> None:
            said.append(statement)

        sa.event.listen(sa.Engine, "before_cursor_execute", note)
        try:
            assert (
                client.get("/v1/creators:match", params={**asked, "first": 20, "min_probability": 0}).status_code == 200
            )
        finally:
            sa.event.remove(sa.Engine, "before_cursor_execute", note)
        counts.append(len([each for each in said if "FROM" in each]))
    assert max(counts) <= 20


@pytest.mark.parametrize("asked", [{}, {"platform": "x"}, {"followers": 5}, {"bio": "\x00"}])
def test_nothing_known_matches_nobody(client: TestClient, asked: dict[str, Any]) -> None:
    answer = client.get("/v1/creators:match", params=asked)
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_input")


def test_contacts_may_be_sent_in_a_body_alone(client: TestClient) -> None:
    body = {"platform": "x", "username": "nobody_here", "email": "someone@example.org"}
    assert client.get("/v1/creators:match", params=body).status_code == 422
    assert client.post("/v1/creators:match", json=body).status_code == 200
