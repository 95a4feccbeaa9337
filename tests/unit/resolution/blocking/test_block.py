from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from creatorgraph.resolution.blocking.block import pair_codes, pairs_of_blocks
from creatorgraph.resolution.feature.incidence import numbered


@given(st.lists(st.sets(st.integers(0, 5), max_size=4), min_size=1, max_size=9), st.integers(2, 5))
def test_pairs_are_those_of_blocks_up_to_the_cap(rows: list[set[int]], cap: int) -> None:
    table, _ = numbered([sorted(row) for row in rows])
    blocks = [[r for r, row in enumerate(rows) if value in row] for value in range(6)]
    expected = {pair for block in blocks if len(block) <= cap for pair in combinations(block, 2)}
    found = pairs_of_blocks("test", table, cap)
    assert [(c // len(rows), c % len(rows)) for c in found.codes] == sorted(expected)
    assert found.report.hubs == sum(len(block) > cap for block in blocks)
    assert found.report.pairs == len(expected)


def test_pairs_have_one_spelling() -> None:
    codes = pair_codes(np.array([3, 1, 2]), np.array([1, 3, 2]), 10)
    assert codes.tolist() == [13]
