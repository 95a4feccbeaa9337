"""Bulk writes by COPY into a temporary table of the target's shape."""

from collections.abc import Iterable, Sequence
from typing import cast

import psycopg
import sqlalchemy as sa
from psycopg import sql


def stage(
    connection: sa.Connection, target: sa.Table, columns: Sequence[str], rows: Iterable[Sequence[object]]
) -> sa.TableClause:
    """Copies `rows` into a temporary table with these columns of `target`; it goes with the transaction.

    Returns the temporary table, `stage_<target>`, to merge from. Staging for the same target again replaces it.
    """
    name = f"stage_{target.name}"
    driver = cast("psycopg.Connection[object]", connection.connection.driver_connection)
    fields = sql.SQL(", ").join(sql.Identifier(column) for column in columns)
    with driver.cursor() as cursor:
        cursor.execute(sql.SQL("DROP TABLE IF EXISTS pg_temp.{}").format(sql.Identifier(name)))
        cursor.execute(
            sql.SQL("CREATE TEMPORARY TABLE {} ON COMMIT DROP AS SELECT {} FROM {} WITH NO DATA").format(
                sql.Identifier(name), fields, sql.Identifier(target.name)
            )
        )
        with cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(name), fields)) as copy:
            for row in rows:
                copy.write_row(row)
        # without figures the planner takes a staged million for a handful
        cursor.execute(sql.SQL("ANALYZE {}").format(sql.Identifier(name)))
    return sa.table(name, *(sa.column(column, target.c[column].type) for column in columns))


def insert_rows(
    connection: sa.Connection, target: sa.Table, columns: Sequence[str], rows: Iterable[Sequence[object]]
) -> None:
    """Copies `rows` straight into `target`, where nothing can conflict (logs, events, the outbox)."""
    driver = cast("psycopg.Connection[object]", connection.connection.driver_connection)
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(target.name), sql.SQL(", ").join(sql.Identifier(column) for column in columns)
    )
    with driver.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
