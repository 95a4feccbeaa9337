"""An ingest that is killed half-way and run again ends as one that was not."""

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import orjson
import pytest
import sqlalchemy as sa

from creatorgraph.store.database import Database
from tests.conftest import fresh_database
from tests.database_wait import wait_until
from tests.integration.cli.conftest import Cli

RECORDS = 12_000
"""More than two batches."""
TORN_EVERY = 1_000


@pytest.fixture
def other_database(postgres_url: str, template_database: str) -> Iterator[Database]:
    yield from fresh_database(postgres_url, template_database)


# the second batch and all that follow wait in the middle of their transaction, at the note of how far they have come
HOLD = """
    CREATE FUNCTION wait_for_the_test() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN IF OLD.last_line > 0 THEN PERFORM pg_advisory_xact_lock(1); END IF; RETURN NEW; END $$;
    CREATE TRIGGER wait_for_the_test BEFORE UPDATE ON ingest_run FOR EACH ROW EXECUTE FUNCTION wait_for_the_test();
    SELECT pg_advisory_lock(1)
"""
RELEASE = "SELECT pg_advisory_unlock(1); DROP FUNCTION wait_for_the_test CASCADE"
WAITING = "EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted)"


@pytest.fixture(scope="module")
def large_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("large") / "large.jsonl"
    with path.open("wb") as file:
        for number in range(RECORDS):
            if number % TORN_EVERY == 500:
                file.write(b'{"profile_id": "torn\n')
                continue
            record = {
                "profile_id": f"p{number}",
                "platform": "instagram",
                "username": f"maker.{number}",
                "email": f"maker{number // 2}@studio.example",
                "website": f"https://studio{number // 3}.example",
                "bio": f"Pottery number {number}",
            }
            file.write(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE))
    return path


@pytest.mark.slow
def test_killed_ingest_goes_on_where_it_stopped(
    cli_for: Callable[[Database], Cli], database: Database, other_database: Database, large_file: Path
) -> None:
    killed, whole = cli_for(database), cli_for(other_database)

    with database.engine.connect() as holder:
        for statement in HOLD.split(";\n"):
            holder.exec_driver_sql(statement)
        holder.commit()
        process = killed.start("ingest", large_file, "--source", "feed")
        wait_until(database, WAITING)
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        committed = _last_line(database)
        assert 0 < committed < RECORDS
        for statement in RELEASE.split("; "):
            holder.exec_driver_sql(statement)
        holder.commit()
    # what was written and not committed is gone
    assert _last_line(database) == committed

    again = killed("ingest", large_file, "--source", "feed")
    unbroken = whole("ingest", large_file, "--source", "feed")

    assert again.exit_code == unbroken.exit_code == 0, again.output
    assert "resumed" in again.stdout
    assert _contents(database) == _contents(other_database)
    rejects = [next((each.data_dir / "rejects").iterdir()).read_bytes() for each in (killed, whole)]
    assert rejects[0] == rejects[1]
    assert rejects[0].count(b"\n") == RECORDS // TORN_EVERY


def _last_line(database: Database) -> int:
    with database.transaction() as connection:
        return connection.scalar(sa.text("SELECT last_line FROM ingest_run")) or 0


def _contents(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """All that does not depend on when and in which order rows were written."""
    queries = {
        "profile": "SELECT profile_id, username, username_key, bio, website, source, digest FROM profile ORDER BY 1",
        "identifier": "SELECT p.profile_id, p.field, i.kind, i.value, i.shown FROM profile_identifier p"
        " JOIN identifier i USING (identifier_id) ORDER BY 1, 2, 3, 4",
        "payload": "SELECT profile_id, payload::text FROM raw_payload ORDER BY 1",
        "reject": "SELECT line, field, reason, detail, payload FROM reject ORDER BY 1",
        "run": "SELECT source, file_digest, state, last_line, added, changed, unchanged, rejected FROM ingest_run",
        "announced": "SELECT DISTINCT topic, jsonb_array_elements_text(payload -> 'profiles') FROM outbox ORDER BY 1, 2",
    }
    with database.transaction() as connection:
        return {name: [tuple(row) for row in connection.execute(sa.text(query))] for name, query in queries.items()}
