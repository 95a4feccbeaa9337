"""Pairs within blocks, and how evenly they fall on workers."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.scaling.block import block_load, unevenness


def test_a_block_above_the_cap_brings_no_pair() -> None:
    load = block_load(np.array([1, 2, 4, 100]), cap=4)
    assert (load.largest, load.pairs, load.pairs_uncapped) == (100, 1 + 6, 1 + 6 + 4950)


def test_one_heavy_block_makes_one_worker_do_it_all() -> None:
    assert unevenness(np.array([1_000, 0, 0, 0]), [8]) == {"8": 8.0}


def test_nothing_is_even() -> None:
    assert unevenness(np.zeros(3, dtype=np.int64), [4]) == {"4": 1.0}


@given(load=st.lists(st.integers(0, 10_000), min_size=1, max_size=200), workers=st.integers(1, 64))
def test_the_busiest_has_at_least_the_mean_and_at_most_everything(load: list[int], workers: int) -> None:
    (uneven,) = unevenness(np.asarray(load, dtype=np.int64), [workers]).values()
    assert 1.0 <= uneven <= workers + 0.001


def test_many_small_blocks_are_shared_evenly() -> None:
    assert unevenness(np.ones(100_000, dtype=np.int64), [16])["16"] < 1.1
