import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from creatorgraph.resolution.comparison.near import NO_MATCH, near_bits
from creatorgraph.resolution.comparison.reach import within_reach
from creatorgraph.resolution.feature.code import MAX_LENGTH, CodeMatrix, encode

_KEYS = st.lists(st.text("abc1李明", min_size=1, max_size=14), min_size=2, max_size=24)


def _table(keys: list[str], seed: int) -> tuple[CodeMatrix, NDArray[np.float32], NDArray[np.bool_]]:
    matrix, _ = encode(keys)
    bits = np.random.default_rng(seed).uniform(0.2, 5, (len(keys), MAX_LENGTH)).astype(np.float32)
    bits[np.arange(MAX_LENGTH) >= matrix.lengths[:, None]] = 0
    return matrix, bits, np.array([ord(max(key)) >= 0x2E80 for key in keys])


@given(_KEYS, st.integers(0, 9), st.floats(-30, 30))
def test_a_pair_that_reaches_the_least_is_never_left_out(keys: list[str], seed: int, least: float) -> None:
    matrix, bits, wide = _table(keys, seed)
    left, right = (rows.reshape(-1) for rows in np.meshgrid(np.arange(len(keys)), np.arange(len(keys))))
    found = within_reach(matrix, bits, wide, left, right, np.full(len(left), least))
    scores = near_bits(matrix, bits, wide, left, right)
    assert set(np.flatnonzero((scores >= least) & (scores > NO_MATCH)).tolist()) <= set(found.tolist())
    assert np.all(np.diff(found) > 0)


def test_keys_without_common_neighbours_are_out_of_reach() -> None:
    matrix, bits, wide = _table(["abcabc", "1b1c1a", "abc111"], 0)
    left, right = np.array([0, 0]), np.array([1, 2])
    assert within_reach(matrix, bits, wide, left, right, np.full(2, NO_MATCH)).tolist() == [1]
