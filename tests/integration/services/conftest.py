"""Engines on a fresh database, with small worlds to resolve."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import SecretStr

from creatorgraph.bootstrap import open_encoder
from creatorgraph.config import Settings
from creatorgraph.embeddings.encoder import Encoder
from creatorgraph.embeddings.index import VectorIndex
from creatorgraph.graph.embedded.graph import EmbeddedGraph
from creatorgraph.services.engines import Engines
from creatorgraph.store.database import Database
from creatorgraph.synth.world import write_world

Record = dict[str, object]


@pytest.fixture(scope="session")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> Encoder:
    return open_encoder(Settings(data_dir=tmp_path_factory.mktemp("model")))


@pytest.fixture
def engines(database: Database, encoder: Encoder, tmp_path: Path) -> Engines:
    indexes = {
        name: VectorIndex.open(tmp_path / "index" / name, encoder_name=encoder.name, dimensions=encoder.dimensions)
        for name in ("profile", "bio")
    }
    return Engines(
        settings=Settings(data_dir=tmp_path, contact_key=SecretStr("a key for the tests alone")),
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


@pytest.fixture
def write_file(tmp_path: Path) -> Callable[..., Path]:
    """Writes records as JSON lines and gives the path."""

    def write(name: str, *records: Record) -> Path:
        path = tmp_path / name
        path.write_text("".join(json.dumps(record) + "\n" for record in records))
        return path

    return write
