"""Rows by COPY straight into a table, where nothing can conflict."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, cast

import numpy as np
import psycopg
import sqlalchemy as sa
from numpy.typing import NDArray
from psycopg import sql

_HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_END = b"\xff\xff"
_ROWS = 100_000


def insert_rows(
    connection: sa.Connection, target: sa.TableClause, columns: Sequence[str], rows: Iterable[Sequence[object]]
) -> None:
    """Copies `rows` straight into `target`, where nothing can conflict (logs, events, the outbox)."""
    rows = iter(rows)
    first = next(rows, None)
    if first is None:
        return
    driver = cast("psycopg.Connection[object]", connection.connection.driver_connection)
    with driver.cursor() as cursor, cursor.copy(_statement(target, tuple(columns), "")) as copy:
        copy.write_row(first)
        for row in rows:
            copy.write_row(row)


def insert_numbers(connection: sa.Connection, target: sa.Table, columns: Mapping[str, NDArray[Any]]) -> None:
    """Copies columns straight into `target`, each as wide as its column there: whole numbers of 2, 4 or 8 bytes, float64, flags,
    or a table of int8, whose rows are bytes.

    The bytes are COPY's binary format, laid out by numpy: no row becomes a Python object.
    """
    fields: list[tuple[str, Any]] = [("fields", ">i2")]
    for name, values in columns.items():
        fields += [(f"length of {name}", ">i4"), (name, (values.dtype.newbyteorder(">"), values.shape[1:]))]
    driver = cast("psycopg.Connection[object]", connection.connection.driver_connection)
    size = len(next(iter(columns.values())))
    if not size:
        return
    with driver.cursor() as cursor, cursor.copy(_statement(target, tuple(columns), " (FORMAT binary)")) as copy:
        copy.write(_HEADER)
        for begin in range(0, size, _ROWS):
            rows = np.empty(min(_ROWS, size - begin), dtype=fields)
            rows["fields"] = len(columns)
            for name, values in columns.items():
                rows[f"length of {name}"] = rows.dtype[name].itemsize
                rows[name] = values[begin : begin + _ROWS]
            copy.write(rows.tobytes())
        copy.write(_END)


@cache
def _statement(target: sa.TableClause, columns: tuple[str, ...], options: str) -> bytes:
    fields = sql.SQL(", ").join(sql.Identifier(column) for column in columns)
    return sql.SQL("COPY {} ({}) FROM STDIN{}").format(sql.Identifier(target.name), fields, sql.SQL(options)).as_bytes()
