"""Weights of pairs are stored and read as arrays, each pair once."""

from collections.abc import Callable

import numpy as np
import pytest
import sqlalchemy as sa

from creatorgraph.store.database import Database
from creatorgraph.store.read.arrival import PairRows, pairs_of_rows, weights_of_rows
from creatorgraph.store.write.arrival import add_pairs, replace_all_pairs

# as (left, right): weight
PAIRS = {(1, 2): 3.5, (1, 4): -2.0, (2, 3): 7.25, (3, 4): 0.0, (4, 5): -11.0}


@pytest.fixture
def rows(database: Database) -> list[int]:
    """The row ids of five profiles."""
    with database.transaction() as connection:
        return [
            connection.execute(
                sa.text(
                    "INSERT INTO profile (profile_id, platform, source, digest) "
                    "VALUES (:id, 'x', 'test', convert_to(:id, 'UTF8')) RETURNING row_id"
                ),
                {"id": f"p{number}"},
            ).scalar_one()
            for number in range(5)
        ]


def pairs_of(rows: list[int]) -> PairRows:
    ends = np.array([[rows[left - 1], rows[right - 1]] for left, right in PAIRS], dtype=np.int64)
    return PairRows(
        left=ends[:, 0],
        right=ends[:, 1],
        weight=np.array(list(PAIRS.values())),
        levels=np.arange(-1, 14, dtype=np.int8).reshape(5, 3),
        from_run=np.array([True, False, False, True, False]),
    )


@pytest.mark.parametrize("write", [add_pairs, replace_all_pairs])
def test_pairs_come_back_as_they_went(
    database: Database, rows: list[int], write: Callable[[sa.Connection, PairRows], None]
) -> None:
    stored = pairs_of(rows)
    with database.transaction() as connection:
        write(connection, stored.where(np.array([4, 2, 0, 1, 3])))
        found = pairs_of_rows(connection, np.array(rows, dtype=np.int64))
    for name in ("left", "right", "weight", "levels", "from_run"):
        np.testing.assert_array_equal(getattr(found, name), getattr(stored, name))


def test_a_pair_with_one_end_or_both_among_the_rows_comes_once(database: Database, rows: list[int]) -> None:
    stored = pairs_of(rows)
    with database.transaction() as connection:
        add_pairs(connection, stored)
        some = np.array([rows[1], rows[2]], dtype=np.int64)
        found = pairs_of_rows(connection, some)
        weights = weights_of_rows(connection, some)
        likely = weights_of_rows(connection, some, above=3.5)
        none = pairs_of_rows(connection, np.array([max(rows) + 1], dtype=np.int64))
    assert found.weight.tolist() == weights.weight.tolist() == [3.5, 7.25, 0.0]
    np.testing.assert_array_equal(weights.left, found.left)
    np.testing.assert_array_equal(weights.right, found.right)
    assert likely.weight.tolist() == [7.25]
    assert len(none) == 0
