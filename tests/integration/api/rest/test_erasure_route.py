"""Erasure over REST: who may ask, the receipt, and what the ids answer afterwards."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from creatorgraph.api.app import create_app
from creatorgraph.domain.steward import Role
from creatorgraph.embeddings.encoder import Encoder
from creatorgraph.services.engines import Engines
from creatorgraph.services.erasure import carry_out_erasures
from creatorgraph.services.steward.access import add_steward
from creatorgraph.store.database import Database
from tests.integration.conftest import creator_id, embedded_engines, write_world


@pytest.fixture
def own(database: Database, encoder: Encoder, tmp_path: Path) -> Iterator[Engines]:
    """Engines over a world of its own, in which people may be erased."""
    write_world(database)
    opened = embedded_engines(database, encoder, tmp_path)
    yield opened
    opened.graph.close()


@pytest.fixture
def client(own: Engines) -> Iterator[TestClient]:
    with TestClient(create_app(own), base_url="http://localhost") as opened:
        yield opened


@pytest.fixture
def admin(own: Engines) -> dict[str, str]:
    return {"authorization": f"Bearer {add_steward(own, 'root', Role.ADMIN)}"}


def test_a_creator_is_erased_with_a_receipt(own: Engines, client: TestClient, admin: dict[str, str]) -> None:
    place = f"/v1/creators/{creator_id(5)}"
    asked = client.delete(place, params={"reference": "ticket 7"}, headers=admin)
    assert asked.status_code == 202, asked.text
    receipt = asked.headers["location"]
    assert receipt == f"/v1/erasures/{asked.json()['id']}"
    assert asked.json()["asked_by"] == "root (ticket 7)"
    assert (asked.json()["done_at"], asked.json()["steps"]) == (None, [])
    assert client.delete(place, headers=admin).json()["id"] == asked.json()["id"]

    carry_out_erasures(own)
    done = client.get(receipt, headers=admin).json()
    assert done["done_at"]
    assert {each["place"]: each["entries"] for each in done["steps"]}["profiles"] == 3
    assert (client.get(place).status_code, client.get(place).json()["code"]) == (410, "gone")
    assert client.get("/v1/profiles/instagram/maker05/creator").status_code == 404
    said = client.post("/graphql", json={"query": f'{{ creator(id: "{creator_id(5)}") {{ __typename }} }}'})
    assert said.json()["data"]["creator"]["__typename"] == "CreatorErased"


def test_one_account_is_erased(own: Engines, client: TestClient, admin: dict[str, str]) -> None:
    asked = client.delete("/v1/profiles/x/maker07", headers=admin)
    assert (asked.status_code, asked.json()["creator_id"]) == (202, None)
    carry_out_erasures(own)
    assert client.get(asked.headers["location"], headers=admin).json()["done_at"]
    left = client.get("/v1/profiles/instagram/maker07/creator")
    assert {each["platform"] for each in left.json()["profiles"]["items"]} == {"instagram", "youtube"}


@pytest.mark.parametrize("role", [Role.ANALYST, Role.STEWARD, None])
def test_only_an_admin_may_erase(own: Engines, client: TestClient, role: Role | None) -> None:
    headers = {} if role is None else {"authorization": f"Bearer {add_steward(own, role.value, role)}"}
    for method, place in (
        ("DELETE", f"/v1/creators/{creator_id(5)}"),
        ("DELETE", "/v1/profiles/x/maker07"),
        ("GET", f"/v1/erasures/{creator_id(5)}"),
    ):
        answer = client.request(method, place, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")
    assert client.get(f"/v1/creators/{creator_id(5)}").status_code == 200


@pytest.mark.parametrize(
    ("method", "place"),
    [
        ("DELETE", "/v1/creators/01910000-0000-7000-8000-0000000fffff"),
        ("DELETE", "/v1/profiles/x/nobody-at-all"),
        ("GET", "/v1/erasures/01910000-0000-7000-8000-0000000fffff"),
    ],
)
def test_nobody_has_the_id(client: TestClient, admin: dict[str, str], method: str, place: str) -> None:
    answer = client.request(method, place, headers=admin)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
