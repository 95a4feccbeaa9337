"""What the tests of the index share: random unit vectors and an index of small dimensions."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from creatorgraph.embeddings.encoder import Vectors
from creatorgraph.embeddings.index import VectorIndex

DIMENSIONS = 16
ENCODER = "test/model-1/float32"


@pytest.fixture
def unit_vectors() -> Callable[..., Vectors]:
    """unit_vectors(rows, seed=0): random rows of length 1."""

    def make(rows: int, seed: int = 0) -> Vectors:
        drawn = np.random.default_rng(seed).standard_normal((rows, DIMENSIONS)).astype(np.float32)
        normalised: Vectors = drawn / np.linalg.norm(drawn, axis=1, keepdims=True)
        return normalised

    return make


@pytest.fixture
def open_index(tmp_path: Path) -> Callable[[], VectorIndex]:
    """open_index(): the index of this test, opened as a new process would."""
    return lambda: VectorIndex.open(tmp_path / "index", encoder_name=ENCODER, dimensions=DIMENSIONS)
