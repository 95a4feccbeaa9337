"""Input that ruins a naive resolver: it must finish with bounded pairs and say what it left out."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pyarrow as pa
import pytest

from creatorgraph.resolution.pipeline import resolve

MakeTable = Callable[[Sequence[Mapping[str, object]]], pa.Table]
PLATFORMS = ("x", "instagram")


@pytest.mark.parametrize("count", [0, 1, 2, 300])
def test_profiles_with_nothing_but_an_id(make_table: MakeTable, count: int) -> None:
    result = resolve(make_table([{"profile_id": f"{i:04}"} for i in range(count)]))
    assert result.summary.clusters == count
    assert result.links.num_rows == 0


def test_two_profiles_of_one_person(make_table: MakeTable) -> None:
    rows = [
        {"profile_id": p, "platform": p, "username": "qvxlentz42", "display_name": "Quentin Vexlentz"}
        for p in PLATFORMS
    ]
    result = resolve(make_table(rows))
    assert result.summary.clusters == 1
    assert result.links.column("accepted").to_pylist() == [True]


def test_a_chain_of_profiles_that_name_the_next_is_not_one_person(make_table: MakeTable) -> None:
    random = np.random.default_rng(1)
    names = ["".join(chr(97 + c) for c in random.integers(0, 26, 9)) for _ in range(300)]
    rows = [
        {"profile_id": f"{i:03}", "platform": "x", "username": n, "accounts": [f"x:{names[(i + 1) % 300]}"]}
        for i, n in enumerate(names)
    ]
    assert resolve(make_table(rows)).summary.largest_cluster <= 4
