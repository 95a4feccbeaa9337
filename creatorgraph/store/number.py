"""Whole numbers in bulk: numpy arrays as parameters and as answers, without an object for each number in between."""

from itertools import chain
from typing import Any

import numpy as np
import psycopg
import sqlalchemy as sa
from numpy.typing import NDArray
from psycopg.adapt import Dumper
from psycopg.pq import Format

Numbers = NDArray[np.int64]
_INT8, _INT8_ARRAY = 20, 1016
"""The oids of bigint and bigint[] (pg_type.dat)."""
_ITEM = np.dtype([("length", ">i4"), ("value", ">i8")])


class _NumbersDumper(Dumper):
    """A one-dimensional int64 array as PostgreSQL's binary bigint[] (array_send in arrayfuncs.c)."""

    format = Format.BINARY
    oid = _INT8_ARRAY

    def dump(self, obj: Numbers) -> bytes:
        if obj.dtype != np.int64 or obj.ndim != 1:
            raise TypeError(f"a column of int64 was expected, not {obj.dtype} in {obj.ndim} dimensions")
        if not len(obj):
            return np.array([0, 0, _INT8], dtype=">i4").tobytes()
        items = np.empty(len(obj), dtype=_ITEM)
        items["length"] = 8
        items["value"] = obj
        return np.array([1, 0, _INT8, len(obj), 1], dtype=">i4").tobytes() + items.tobytes()


psycopg.adapters.register_dumper(np.ndarray, _NumbersDumper)


def rows_of(connection: sa.Connection, statement: sa.Executable, **values: Any) -> list[tuple[Any, ...]]:
    """The rows of a statement as the driver gives them; an int64 array among `values` is a bigint[]."""
    return list(connection.execute(statement, values).cursor.fetchall())


def numbers_of(connection: sa.Connection, statement: sa.TextClause, width: int, **values: Any) -> Numbers:
    """The rows of a statement that gives `width` whole numbers a row, as a (rows, width) array."""
    rows = rows_of(connection, statement, **values)
    return np.fromiter(chain.from_iterable(rows), dtype=np.int64, count=len(rows) * width).reshape(-1, width)
