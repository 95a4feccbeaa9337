"""Bulk writes by COPY into a temporary table of the target's shape."""

import zlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

import numpy as np
import psycopg
import sqlalchemy as sa
from numpy.typing import NDArray
from psycopg import sql

_HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_END = b"\xff\xff"
_ROWS = 100_000
_FEW = 200
"""Rows up to which the figures of a former use are good enough for a plan."""


def stage(
    connection: sa.Connection, target: sa.Table, columns: Sequence[str], rows: Iterable[Sequence[object]]
) -> sa.TableClause:
    """Copies `rows` into a temporary table with these columns of `target`; what it holds goes with the transaction.

    Returns the temporary table to merge from. Staging the same columns of the same target again replaces what it holds.
    """
    # one table per set of columns and connection, made once: to make one for each use would cost more than a small merge
    name = f"stage_{target.name}_{zlib.crc32(','.join(columns).encode()):08x}"
    driver = cast("psycopg.Connection[object]", connection.connection.driver_connection)
    fields = sql.SQL(", ").join(sql.Identifier(column) for column in columns)
    with driver.cursor() as cursor:
        # in one message: a small merge costs as much as its round trips
        cursor.execute(
            sql.SQL(
                "CREATE TEMPORARY TABLE IF NOT EXISTS {name} ON COMMIT DELETE ROWS AS SELECT {fields} FROM {target} WITH NO DATA;"
                "DELETE FROM {name};"
                "SELECT reltuples < 0 FROM pg_class WHERE oid = CAST({text} AS regclass)"
            ).format(
                name=sql.Identifier(name),
                fields=fields,
                target=sql.Identifier(target.name),
                text=sql.Literal(f"pg_temp.{name}"),
            )
        )
        cursor.set_result(-1)
        (unknown,) = cast("tuple[bool]", cursor.fetchone())
        copied = 0
        with cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(name), fields)) as copy:
            for row in rows:
                copy.write_row(row)
                copied += 1
        if copied > _FEW or (unknown and copied):
            # without figures the planner takes a staged million for a handful, and, until it has had some once, a handful for
            # a thousand, for which it reads all of a table of 100,000 rows
            cursor.execute(sql.SQL("ANALYZE {}").format(sql.Identifier(name)))
    return sa.table(name, *(sa.column(column, target.c[column].type) for column in columns))


def insert_rows(
    connection: sa.Connection, target: sa.Table, columns: Sequence[str], rows: Iterable[Sequence[object]]
) -> None:
    """Copies `rows` straight into `target`, where nothing can conflict (logs, events, the outbox)."""
    rows = iter(rows)
    first = next(rows, None)
    if first is None:
        return
    driver = cast("psycopg.Connection[object]", connection.connection.driver_connection)
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(target.name), sql.SQL(", ").join(sql.Identifier(column) for column in columns)
    )
    with driver.cursor() as cursor, cursor.copy(statement) as copy:
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
    statement = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT binary)").format(
        sql.Identifier(target.name), sql.SQL(", ").join(sql.Identifier(name) for name in columns)
    )
    size = len(next(iter(columns.values())))
    if not size:
        return
    with driver.cursor() as cursor, cursor.copy(statement) as copy:
        copy.write(_HEADER)
        for begin in range(0, size, _ROWS):
            rows = np.empty(min(_ROWS, size - begin), dtype=fields)
            rows["fields"] = len(columns)
            for name, values in columns.items():
                rows[f"length of {name}"] = rows.dtype[name].itemsize
                rows[name] = values[begin : begin + _ROWS]
            copy.write(rows.tobytes())
        copy.write(_END)
