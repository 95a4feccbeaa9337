"""Arrays of numbers reach PostgreSQL and come back as they were."""

import subprocess
import sys

import numpy as np
import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from creatorgraph.store.database import Database
from creatorgraph.store.number import BYTES, FLAG, REAL, WHOLE, Texts, columns_of, numbers_of, rows_of

EVERY = sa.text("SELECT value, place FROM unnest(:values) WITH ORDINALITY AS given (value, place) ORDER BY place")


@given(values=st.lists(st.integers(min_value=-(2**63), max_value=2**63 - 1), max_size=50))
@settings(
    deadline=None, max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture]
)  # nothing is stored
def test_numbers_come_back_as_they_went(database: Database, values: list[int]) -> None:
    with database.transaction() as connection:
        found = numbers_of(connection, EVERY, 2, values=np.array(values, dtype=np.int64))
    assert found.dtype == np.int64
    assert found.tolist() == [[value, place] for place, value in enumerate(values, 1)]


@given(values=st.lists(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])), max_size=20))
@settings(
    deadline=None, max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture]
)  # nothing is stored
def test_texts_come_back_as_they_went(database: Database, values: list[str]) -> None:
    with database.transaction() as connection:
        found = rows_of(connection, EVERY, values=Texts(values))
    assert found == [(value, place) for place, value in enumerate(values, 1)]


def test_a_slice_goes_as_it_reads(database: Database) -> None:
    with database.transaction() as connection:
        found = numbers_of(connection, EVERY, 2, values=np.arange(10)[::-3])
    assert found[:, 0].tolist() == [9, 6, 3, 0]


def test_an_array_has_the_type_of_its_column(database: Database) -> None:
    with database.transaction() as connection:
        assert rows_of(connection, sa.text("SELECT pg_typeof(:values)::text"), values=np.arange(2)) == [("bigint[]",)]


def test_columns_come_back_by_their_kinds(database: Database) -> None:
    statement = sa.text("SELECT n, n / 4.0::float8, n % 2 = 0, int2send(n::int2) FROM generate_series(-1, :most) AS n")
    with database.transaction() as connection:
        whole, real, flag, text = columns_of(connection, statement, (WHOLE, REAL, FLAG, BYTES), most=1)
        nothing = columns_of(connection, statement, (WHOLE, REAL, FLAG, BYTES), most=-2)
    assert whole.tolist() == [-1, 0, 1]
    assert real.tolist() == [-0.25, 0.0, 0.25]
    assert flag.tolist() == [False, True, False]
    assert text.reshape(3, 2).tolist() == [[-1, -1], [0, 0], [0, 1]]
    assert [column.dtype.name for column in nothing] == ["int64", "float64", "bool", "int8"]
    assert not any(len(column) for column in nothing)


@pytest.mark.parametrize("values", [np.arange(3, dtype=np.int32), np.zeros((2, 2), dtype=np.int64)])
def test_another_array_is_refused(database: Database, values: np.ndarray[tuple[int, ...], np.dtype[np.int64]]) -> None:
    with pytest.raises(TypeError, match="int64 was expected"), database.transaction() as connection:
        numbers_of(connection, EVERY, 2, values=values)


def test_every_connection_of_a_database_knows_arrays() -> None:
    """However late the modules come in that send them: a connection keeps the types that were known when it was made."""
    known = (
        "import creatorgraph.store.database, numpy, psycopg;"
        "psycopg.adapters.get_dumper(numpy.ndarray, psycopg.adapt.PyFormat.AUTO)"
    )
    subprocess.run([sys.executable, "-c", known], check=True)
