"""Rows to merge from: a few as one parameter, many by COPY into a temporary table of the target's shape."""

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, islice
from typing import cast

import orjson
import psycopg
import sqlalchemy as sa
from psycopg import sql
from sqlalchemy.dialects.postgresql import JSON, JSONB

from creatorgraph.store.write.copy import insert_rows

_FEW = 200
"""Rows up to which they are a parameter: what is made for COPY takes longer than all that is done with so few."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Staged:
    """`rows` is what to select from, the same object at each use of the same columns, so that a statement can be made once
    (`functools.cache`); `values` are the parameters that every statement with it wants."""

    rows: sa.FromClause
    values: dict[str, object]


def stage(
    connection: sa.Connection, target: sa.Table, columns: Sequence[str], rows: Iterable[Sequence[object]]
) -> Staged:
    """`rows` of these columns of `target`, to be merged in the same transaction: what is staged goes with it.

    Staging the same columns of the same target again replaces what many rows have left there.
    """
    names, pending = tuple(columns), iter(rows)
    few = list(islice(pending, _FEW + 1))
    if len(few) > _FEW:
        _copy(connection, target, names, chain(few, pending))
        return Staged(rows=_table(target, names), values={})
    as_json = [isinstance(target.c[name].type, JSONB) for name in names]
    written = [
        {
            name: orjson.Fragment(cast("str", value)) if is_json and value is not None else value
            for name, value, is_json in zip(names, row, as_json, strict=True)
        }
        for row in few
    ]
    return Staged(
        rows=_records(target, names),
        values={_parameter(target): orjson.dumps(written, _spelled, orjson.OPT_SERIALIZE_NUMPY).decode()},
    )


def _spelled(value: object) -> str:
    """What PostgreSQL reads as bytes."""
    if isinstance(value, bytes):
        return f"\\x{value.hex()}"
    raise TypeError(f"a {type(value).__name__} cannot be staged")


def _parameter(target: sa.Table) -> str:
    return f"staged_{target.name}"


@cache
def _records(target: sa.Table, names: tuple[str, ...]) -> sa.TableValuedAlias:
    """The rows that the parameter holds, their values of the target's types."""
    return sa.func.json_populate_recordset(
        sa.literal_column(f"CAST(NULL AS {target.name})"),
        sa.cast(sa.bindparam(_parameter(target), type_=sa.Text), JSON),
    ).table_valued(*(sa.column(name, target.c[name].type) for name in names), name=_parameter(target))


@cache
def _table(target: sa.Table, names: tuple[str, ...]) -> sa.TableClause:
    # one table per set of columns and connection, made once: to make one for each use would cost more than a small merge
    name = f"stage_{target.name}_{zlib.crc32(','.join(names).encode()):08x}"
    return sa.table(name, *(sa.column(column, target.c[column].type) for column in names))


def _copy(
    connection: sa.Connection, target: sa.Table, names: tuple[str, ...], rows: Iterable[Sequence[object]]
) -> None:
    driver = cast("psycopg.Connection[object]", connection.connection.driver_connection)
    table = sql.Identifier(_table(target, names).name)
    fields = sql.SQL(", ").join(sql.Identifier(name) for name in names)
    with driver.cursor() as cursor:
        cursor.execute(
            sql.SQL(
                "CREATE TEMPORARY TABLE IF NOT EXISTS {table} ON COMMIT DELETE ROWS "
                "AS SELECT {fields} FROM {target} WITH NO DATA;"
                "DELETE FROM {table}"
            ).format(table=table, fields=fields, target=sql.Identifier(target.name))
        )
        insert_rows(connection, _table(target, names), names, rows)
        # without figures the planner takes a staged million for a handful
        cursor.execute(sql.SQL("ANALYZE {}").format(table))
