"""A small resolved world in a database that fresh ones are copied from, and stewards who work on it."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from starlette.testclient import TestClient

from creatorgraph.api.app import create_app
from creatorgraph.bootstrap import open_encoder
from creatorgraph.config import Settings
from creatorgraph.domain.steward import Role, Steward
from creatorgraph.embeddings.encoder import Encoder
from creatorgraph.embeddings.index import VectorIndex
from creatorgraph.graph.embedded.graph import EmbeddedGraph
from creatorgraph.services.engines import Engines
from creatorgraph.services.ingest import ingest_files
from creatorgraph.services.resolve import resolve_all
from creatorgraph.services.steward.access import add_steward, list_stewards
from creatorgraph.store.database import Database
from creatorgraph.synth.world import write_world
from tests.conftest import fresh_database

PROFILES = 160
Ask = Callable[..., dict[str, Any]]
Open = Callable[[], AbstractContextManager[Engines]]


@pytest.fixture(scope="session")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> Encoder:
    return open_encoder(Settings(data_dir=tmp_path_factory.mktemp("model")))


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder that every copy of the world shares: indexes and the model."""
    return tmp_path_factory.mktemp("steward")


@pytest.fixture(scope="session")
def resolved_world(postgres_url: str, template_database: str, encoder: Encoder, folder: Path) -> Iterator[str]:
    """The name of a database with the resolved world and three stewards; nobody is connected to it."""
    write_world(folder, profiles=PROFILES, seed=5)
    made = fresh_database(postgres_url, template_database)
    database = next(made)
    engines = engines_over(database, encoder, folder)
    ingest_files(engines, [folder / "profiles.jsonl"])
    resolve_all(engines)
    for name, role in (("ann", Role.STEWARD), ("bo", Role.STEWARD), ("eve", Role.ANALYST)):
        add_steward(engines, name, role)
    name = str(database.engine.url.database)
    database.close()
    yield name
    next(made, None)


@pytest.fixture
def engines(postgres_url: str, resolved_world: str, encoder: Encoder, folder: Path) -> Iterator[Engines]:
    """All engines over a copy of the resolved world of its own."""
    with opened(postgres_url, resolved_world, encoder, folder) as found:
        yield found


@pytest.fixture(scope="session")
def open_world(postgres_url: str, resolved_world: str, encoder: Encoder, folder: Path) -> Open:
    """As `engines`, as many times as wanted."""
    return lambda: opened(postgres_url, resolved_world, encoder, folder)


@pytest.fixture
def ann(engines: Engines) -> Steward:
    return steward(engines, "ann")


@pytest.fixture
def bo(engines: Engines) -> Steward:
    return steward(engines, "bo")


@pytest.fixture
def eve(engines: Engines) -> Steward:
    """An analyst."""
    return steward(engines, "eve")


def steward(engines: Engines, name: str) -> Steward:
    return next(each for each in list_stewards(engines) if each.name == name)


@contextmanager
def opened(postgres_url: str, template: str, encoder: Encoder, folder: Path) -> Iterator[Engines]:
    made = fresh_database(postgres_url, template)
    yield engines_over(next(made), encoder, folder)
    next(made, None)


def engines_over(database: Database, encoder: Encoder, folder: Path) -> Engines:
    indexes = {
        name: VectorIndex.open(folder / "index" / name, encoder_name=encoder.name, dimensions=encoder.dimensions)
        for name in ("profile", "bio")
    }
    return Engines(
        settings=Settings(data_dir=folder, contact_key=SecretStr("a key for the tests alone"), encode_limit=0),
        database=database,
        graph=EmbeddedGraph(database.engine),
        encoder=lambda: encoder,
        profile_index=lambda: indexes["profile"],
        bio_index=lambda: indexes["bio"],
    )


@pytest.fixture
def client(engines: Engines, tmp_path: Path) -> Iterator[TestClient]:
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<!doctype html><title>console</title>")
    (tmp_path / "assets" / "app-1a2b.js").write_text("export {}")
    with TestClient(create_app(engines, console=tmp_path), base_url="http://localhost") as opened:
        yield opened


def ask_with(client: TestClient, token: str | None) -> Ask:
    def ask(query: str, **variables: object) -> dict[str, Any]:
        headers = {"authorization": f"Bearer {token}"} if token else {}
        answer = client.post("/graphql", json={"query": query, "variables": variables}, headers=headers)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    return ask


@pytest.fixture
def cat(engines: Engines, client: TestClient) -> Ask:
    """Asks as a steward."""
    return ask_with(client, add_steward(engines, "cat", Role.STEWARD))


@pytest.fixture
def dan(engines: Engines, client: TestClient) -> Ask:
    """Asks as an analyst."""
    return ask_with(client, add_steward(engines, "dan", Role.ANALYST))
