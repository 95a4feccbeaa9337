"""Both engines give the same links, clusters and model, from the sample and from a generated world."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from numpy.typing import NDArray

from creatorgraph.embeddings.ctranslate2_encoder import CTranslate2Encoder
from creatorgraph.resolution.model.engine.duckdb_engine import DuckDBEngine
from creatorgraph.resolution.model.engine.port import ScoringEngine
from creatorgraph.resolution.pipeline import resolve
from creatorgraph.resolution.profile_table import to_table
from creatorgraph.resolution.result import Resolution
from creatorgraph.sample.congress import PROFILES
from creatorgraph.services.profile_file import bio_vectors, read_profiles
from creatorgraph.synth.world import write_world

WORLD = 1500
Set = tuple[pa.Table, NDArray[np.float32] | None, Resolution]


def _sample(_: Path) -> Path:
    return PROFILES


def _generated(folder: Path) -> Path:
    return write_world(folder, WORLD, 7).profiles


@pytest.fixture(scope="module", params=[_sample, _generated], ids=["sample", "generated"])
def data(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Set:
    """Profiles, the vectors of their bios, and what the default engine makes of them."""
    make: Callable[[Path], Path] = request.param
    folder = tmp_path_factory.mktemp("set")
    profiles = read_profiles([make(folder)], on_rejects=lambda *_: None).profiles
    vectors = bio_vectors(profiles, lambda: CTranslate2Encoder(folder / "model"))
    table = to_table(profiles)
    return table, vectors, resolve(table, bio_vectors=vectors)


def test_the_links_are_those_of_the_default(engine: ScoringEngine, data: Set) -> None:
    table, vectors, default = data
    found = resolve(table, bio_vectors=vectors, scoring=engine)
    assert found.links.num_rows > WORLD / 3
    for column in ("left", "right", "accepted"):
        assert found.links.column(column).equals(default.links.column(column)), column
    for column in ("probability", "match_weight"):
        np.testing.assert_allclose(
            found.links.column(column).to_numpy(), default.links.column(column).to_numpy(), rtol=0, atol=1e-9
        )
    assert found.clusters.equals(default.clusters)
    assert found.model == default.model


def test_the_default_is_duckdb_with_the_options_of_the_run(data: Set) -> None:
    table, vectors, default = data
    assert resolve(table, bio_vectors=vectors, scoring=DuckDBEngine(threads=1)).links.equals(default.links)
