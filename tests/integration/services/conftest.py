"""Engines on a fresh database, with small worlds to resolve."""

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import orjson
import pytest
from pydantic import SecretStr

from creatorgraph.bootstrap import open_encoder
from creatorgraph.config import Settings
from creatorgraph.embeddings.encoder import Encoder
from creatorgraph.embeddings.index import VectorIndex
from creatorgraph.graph.embedded.graph import EmbeddedGraph
from creatorgraph.ingest.contact import ContactHasher
from creatorgraph.ingest.record import Parsed, parse_record
from creatorgraph.services.engines import Engines
from creatorgraph.services.ingest import ingest_files
from creatorgraph.services.resolve import ResolveSummary, resolve_all
from creatorgraph.store.database import Database
from creatorgraph.store.write.profile import IncomingProfile
from creatorgraph.synth.world import write_world
from tests.conftest import fresh_database

Record = dict[str, object]


@pytest.fixture(scope="session")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> Encoder:
    return open_encoder(Settings(data_dir=tmp_path_factory.mktemp("model")))


@pytest.fixture
def engines(database: Database, encoder: Encoder, tmp_path: Path) -> Engines:
    return engines_over(database, encoder, tmp_path)


def engines_over(database: Database, encoder: Encoder, folder: Path) -> Engines:
    indexes = {
        name: VectorIndex.open(folder / "index" / name, encoder_name=encoder.name, dimensions=encoder.dimensions)
        for name in ("profile", "bio")
    }
    return Engines(
        settings=Settings(data_dir=folder, contact_key=SecretStr("a key for the tests alone")),
        database=database,
        graph=EmbeddedGraph(database.engine),
        encoder=lambda: encoder,
        profile_index=lambda: indexes["profile"],
        bio_index=lambda: indexes["bio"],
    )


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with 300 synthetic profiles (`profiles.jsonl`) and their truth (`truth.csv`)."""
    folder = tmp_path_factory.mktemp("world")
    write_world(folder, profiles=300, seed=11)
    return folder


@pytest.fixture(scope="session")
def incoming(world: Path) -> list[IncomingProfile]:
    """The profiles of `world` as they come in."""
    hasher = ContactHasher(b"a key for the tests alone")
    lines = (world / "profiles.jsonl").read_bytes().splitlines()
    parsed = [parse_record(orjson.loads(line), hasher=hasher, where="line") for line in lines]
    return [IncomingProfile(profile=each.profile, payload=each.redacted) for each in parsed if isinstance(each, Parsed)]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolvedWorld:
    """The name of a database to which nobody is connected, the data folder beside it, and what the run said."""

    database: str
    folder: Path
    run: ResolveSummary


@pytest.fixture(scope="session")
def resolved_world(
    postgres_url: str, template_database: str, encoder: Encoder, world: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ResolvedWorld]:
    """`world`, taken in and resolved once for all tests."""
    made, folder = fresh_database(postgres_url, template_database), tmp_path_factory.mktemp("resolved")
    database = next(made)
    engines = engines_over(database, encoder, folder)
    ingest_files(engines, [world / "profiles.jsonl"])
    run = resolve_all(engines)
    name = str(database.engine.url.database)
    database.close()
    yield ResolvedWorld(database=name, folder=folder, run=run)
    next(made, None)


@pytest.fixture
def resolved(postgres_url: str, resolved_world: ResolvedWorld, encoder: Encoder, tmp_path: Path) -> Iterator[Engines]:
    """All engines over a copy of the resolved world of its own."""
    made = fresh_database(postgres_url, resolved_world.database)
    shutil.copytree(resolved_world.folder, tmp_path, dirs_exist_ok=True)
    yield engines_over(next(made), encoder, tmp_path)
    next(made, None)


@pytest.fixture
def write_file(tmp_path: Path) -> Callable[..., Path]:
    """Writes records as JSON lines and gives the path."""

    def write(name: str, *records: Record) -> Path:
        path = tmp_path / name
        path.write_text("".join(json.dumps(record) + "\n" for record in records))
        return path

    return write
