import faiss
import numpy as np
import pytest
from numpy.typing import NDArray

from creatorgraph.resolution.blocking.nearest import Near, nearest


def crowd(size: int, groups: int, noise: float) -> NDArray[np.float32]:
    random = np.random.default_rng(3)
    middles = random.standard_normal((groups, 48))
    vectors = middles[random.integers(0, groups, size)] + noise * random.standard_normal((size, 48))
    unit: NDArray[np.float32] = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    return unit


def found_by(near: Near, row: int) -> list[int]:
    found: list[int] = near.other[near.row == row].tolist()
    return found


def test_nearly_all_of_the_true_nearest_are_found() -> None:
    vectors = crowd(3_000, 200, 0.6)
    near = nearest(vectors, np.arange(3_000), count=5, least=0.5, seed=1)
    cosine = vectors @ vectors.T
    np.fill_diagonal(cosine, -1)
    best = np.sort(cosine, axis=1)[:, -5:]
    expected = int((best >= 0.5).sum())
    # what is found is as near as it is said to be, and hardly anything nearer was missed
    assert np.allclose(near.cosine, cosine[near.row, near.other], atol=0.01)
    reached = cosine[near.row, near.other] >= best[near.row, 0] - 0.01
    assert reached.sum() >= 0.97 * expected
    assert np.bincount(near.row).max() <= 5


def test_the_number_of_threads_changes_nothing() -> None:
    vectors = crowd(2_500, 100, 0.5)
    threads = faiss.omp_get_max_threads()
    results = []
    try:
        for count in (1, 2, 3):
            faiss.omp_set_num_threads(count)
            results.append(nearest(vectors, np.arange(2_500), count=4, least=0.4, seed=1))
    finally:
        faiss.omp_set_num_threads(threads)
    for other in results[1:]:
        assert np.array_equal(results[0].row, other.row)
        assert np.array_equal(results[0].other, other.other)
        assert np.array_equal(results[0].cosine, other.cosine)


def test_only_the_rows_that_are_given_take_part() -> None:
    vectors = np.zeros((10, 4), dtype=np.float32)
    vectors[[2, 5, 7]] = [1, 0, 0, 0]
    vectors[8] = [0, 1, 0, 0]
    near = nearest(vectors, np.array([2, 5, 7, 8]), count=2, least=0.9, seed=0)
    assert found_by(near, 2) == [5, 7]
    assert found_by(near, 8) == []
    assert near.cosine == pytest.approx(1.0)


def test_of_equals_the_first_rows_are_taken() -> None:
    vectors = np.tile(np.array([[0.6, 0.8]], dtype=np.float32), (600, 1))
    near = nearest(vectors, np.arange(600), count=3, least=0.5, seed=1)
    assert found_by(near, 0) == [1, 2, 3]
    assert found_by(near, 500) == [0, 1, 2]
