"""What the API's readers ask of PostgreSQL: they only read, and outlive its connections."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from creatorgraph.store.database import Database


def _backend(connection: sa.Connection) -> int:
    return int(connection.scalar(sa.text("SELECT pg_backend_pid()")) or 0)


async def test_a_question_is_asked_again_where_its_connection_was_lost(database: Database) -> None:
    before = await database.ask(_backend)
    with database.transaction() as connection:
        connection.execute(sa.text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": before})
    assert await database.ask(_backend) != before
    await database.aclose()


async def test_who_reads_cannot_write(database: Database) -> None:
    def write(connection: sa.Connection) -> None:
        connection.execute(sa.text("CREATE TABLE written (number integer)"))

    with pytest.raises(DBAPIError, match="read-only"):
        await database.ask(write)
    with pytest.raises(DBAPIError, match="read-only"):
        await database.ask_for_operator(write)
    await database.aclose()
