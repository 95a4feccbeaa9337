"""The benchmark of a million vectors, on few; and the world that it draws them from."""

from pathlib import Path

import numpy as np
import pytest

from benchmarks import vector
from benchmarks.vector import VECTOR_INDEX, figures
from benchmarks.vector_world import DIMENSIONS, like_texts
from creatorgraph.embeddings.index_option import IndexOptions


def test_all_is_measured_on_few_vectors_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vector, "_OPTIONS", IndexOptions(compress_from=2_000))
    monkeypatch.setattr(vector, "QUERIES", 60)
    monkeypatch.setattr(vector, "_QUIET_SECONDS", 0.2)
    vector.build(tmp_path / "index", 2_000)
    found = {each.name: each for each in figures(tmp_path / "index", 2_000)}
    assert {*found, "vector.build", "vector.build.memory"} == set(VECTOR_INDEX.names)
    assert found["vector.recall"].value > 0.9
    assert found["vector.filtered.recall"].value > 0.9


def test_two_draws_are_of_one_world_and_a_draw_can_be_repeated() -> None:
    one, other = like_texts(3_000, seed=1), like_texts(100, seed=2)
    np.testing.assert_array_equal(like_texts(3_000, seed=1), one)
    np.testing.assert_allclose(np.linalg.norm(one, axis=1), 1, atol=1e-5)
    nearest = (other @ one.T).max(axis=1)
    # of another world it would be about the mean's, 0.2
    assert np.median(nearest) > 0.45


def test_the_spectrum_is_that_of_texts() -> None:
    """Shares measured on MiniLM's vectors of profiles, within what 6,000 draws allow."""
    rows = like_texts(6_000, seed=5)
    assert rows.shape == (6_000, DIMENSIONS)
    falling = np.sort(np.linalg.eigvalsh(np.cov(rows.T)))[::-1]
    explained = np.cumsum(falling) / falling.sum()
    for count, share in ((10, 0.311), (50, 0.641), (100, 0.807), (200, 0.947)):
        assert explained[count - 1] == pytest.approx(share, abs=0.06), count
