"""Every REST operation with generated requests, fitting and not: no server error, and nothing that the document does not say."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
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
from creatorgraph.domain.tenant import Plan
from creatorgraph.embeddings.encoder import Encoder
from creatorgraph.services.ingest import ingest_files
from creatorgraph.services.resolve import resolve_all
from creatorgraph.services.tenant.account import create_tenant
from creatorgraph.services.tenant.key import create_key
from creatorgraph.store.database import Database
from creatorgraph.synth.world import write_world
from tests.integration.conftest import embedded_engines

PROFILES = 160
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
SCHEMA = schemathesis.openapi.from_dict(openapi_document())
OPERATIONS = {
    found.definition.raw["operationId"]: found
    for each in SCHEMA.get_all_operations()
    if isinstance(each, Ok)
    for found in (each.ok(),)
}


@pytest.fixture(scope="module")
def client(
    module_database: Database, encoder: Encoder, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[TestClient]:
    """The application over a resolved world, whose arrivals could be resolved."""
    folder = tmp_path_factory.mktemp("rest")
    engines = embedded_engines(module_database, encoder, folder)
    object.__setattr__(
        engines,
        "settings",
        Settings(data_dir=folder, contact_key=SecretStr("a key for the tests alone"), encode_limit=0),
    )
    write_world(folder, profiles=PROFILES, seed=5)
    ingest_files(engines, [folder / "profiles.jsonl"])
    resolve_all(engines)
    create_tenant(engines, "acme", Plan.ENTERPRISE)
    with TestClient(create_app(engines), base_url="http://localhost", raise_server_exceptions=False) as opened:
        opened.headers["authorization"] = f"Bearer {create_key(engines, 'acme', 'backend').secret}"
        yield opened


@pytest.fixture(scope="module")
def known(client: TestClient) -> dict[str, Any]:
    """A creator that is stored, and one of its accounts."""
    query = "{ creators(first: 1) { edges { node { profiles(first: 1) { edges { node { platform username } } } } } } }"
    found = client.post("/graphql", json={"query": query}).json()["data"]["creators"]["edges"][0]["node"]
    [edge] = found["profiles"]["edges"]
    profile: dict[str, Any] = edge["node"]
    return profile


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
    client: TestClient, name: str, mode: schemathesis.GenerationMode
) -> None:
    operation = OPERATIONS[name]

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(case=operation.as_strategy(generation_mode=mode))
    def send(case: schemathesis.Case[Any]) -> None:
        kwargs = case.as_transport_kwargs(base_url="http://localhost")
        kept = {key: kwargs[key] for key in ("method", "url", "params", "json", "data", "headers") if kwargs.get(key)}
        if isinstance(kept.get("data"), bytes):
            kept["content"] = kept.pop("data")
        case.validate_response(client.request(**kept, follow_redirects=False), checks=CHECKS)

    send()


def test_a_match_is_told_with_its_evidence(client: TestClient, known: dict[str, Any], tmp_path: Path) -> None:
    platform, username = known["platform"].lower(), known["username"]
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


def test_the_statements_of_a_match_do_not_grow_with_who_is_like_it(client: TestClient, known: dict[str, Any]) -> None:
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
