"""What the API's readers ask of PostgreSQL: they only read, and outlive its connections."""

import secrets
import threading
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from creatorgraph.domain.error import BusyError, UnavailableError
from creatorgraph.store.database import Database

WORD = secrets.token_hex(9000)
"""Longer than an index takes, and not to be compressed."""


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


def _sleep_past_its_time(connection: sa.Connection) -> None:
    connection.execute(sa.text("SET LOCAL statement_timeout = 10"))
    connection.execute(sa.text("SELECT pg_sleep(60)"))


def _end_itself(connection: sa.Connection) -> None:
    connection.execute(sa.text("SELECT pg_terminate_backend(pg_backend_pid())"))


def _write_long_key(connection: sa.Connection) -> None:
    connection.execute(sa.text("CREATE TEMPORARY TABLE long (word text PRIMARY KEY)"))
    connection.execute(sa.text("INSERT INTO long VALUES (:word)"), {"word": WORD})


@pytest.mark.parametrize(
    ("work", "said"),
    [
        (_write_long_key, "index row requires"),
        (_sleep_past_its_time, "statement timeout"),
        (_end_itself, "does not answer"),
    ],
)
def test_what_postgresql_cannot_do_is_told_in_its_words(
    database: Database, work: Callable[[sa.Connection], None], said: str
) -> None:
    with pytest.raises(UnavailableError, match=said) as caught, database.transaction() as connection:
        work(connection)
    assert WORD not in str(caught.value)


def test_a_postgresql_that_is_not_there_does_not_answer() -> None:
    nowhere = Database("postgresql+psycopg://nobody@127.0.0.1:1/none")
    with pytest.raises(UnavailableError, match="does not answer"), nowhere.transaction():
        pass
    nowhere.close()


def test_a_deadlock_says_to_try_again(database: Database) -> None:
    met, outcomes = threading.Barrier(2), []

    def lock_both(first: int, second: int) -> None:
        try:
            with database.transaction() as connection:
                connection.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": first})
                met.wait(30)
                connection.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": second})
        except BusyError as error:
            outcomes.append(error.mend)

    threads = [threading.Thread(target=lock_both, args=keys) for keys in ((1, 2), (2, 1))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert outcomes == ["Nothing was changed: try again."]
