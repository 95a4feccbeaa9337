"""`creatorgraph worker`: a process that does what was queued, and that may be killed at any moment."""

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from creatorgraph.store.database import Database
from tests.database_wait import wait_until
from tests.integration.cli.conftest import Cli

RESOLVED = "EXISTS (SELECT FROM creator)"
RELAYED = "NOT EXISTS (SELECT FROM outbox)"
WAITING_FOR_LOCK = "EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted)"


@contextmanager
def working(cli: Cli) -> Iterator["subprocess.Popen[str]"]:
    process = cli.start("worker", "--threads", "2")
    try:
        yield process
    finally:
        _kill(process)


def test_does_what_was_queued_and_stops_when_told(cli: Cli, database: Database, profiles: Path) -> None:
    cli("ingest", profiles)
    assert cli("resolve", "--queue").exit_code == 0
    assert cli("graph", "rebuild", "--queue").exit_code == 0

    with working(cli) as process:
        wait_until(database, f"{RESOLVED} AND {RELAYED} AND {_all_done('resolve', 'rebuild_graph')}")
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate()

    assert process.returncode == 0, errors
    assert errors.splitlines()[-1] == "Stopped."


def test_killed_worker_loses_nothing(cli: Cli, database: Database, profiles: Path) -> None:
    cli("ingest", profiles)
    cli("resolve", "--queue")

    with database.engine.connect() as holder:
        # the job waits for this lock in the middle of its transaction
        holder.execute(sa.text("SELECT pg_advisory_lock(hashtext('creatorgraph.resolve'))"))
        holder.commit()
        with working(cli) as process:
            wait_until(database, WAITING_FOR_LOCK)
            _kill(process)
        holder.execute(sa.text("SELECT pg_advisory_unlock(hashtext('creatorgraph.resolve'))"))
    with database.transaction() as connection:
        assert connection.scalar(sa.text(f"SELECT {RESOLVED}")) is False
        assert connection.scalar(sa.text("SELECT count(*) FROM dramatiq.queue WHERE state <> 'done'")) >= 1

    with working(cli):
        wait_until(database, f"{RESOLVED} AND {RELAYED} AND {_all_done('resolve')}")

    with database.transaction() as connection:
        # done once: the job that was killed had not committed anything
        assert connection.scalar(sa.text("SELECT count(*) FROM resolution_run")) == 1


def _all_done(*jobs: str) -> str:
    listed = ", ".join(f"'{job}'" for job in jobs)
    return f"(SELECT bool_and(state = 'done') FROM dramatiq.queue WHERE message ->> 'actor_name' IN ({listed}))"  # noqa: S608


def _kill(process: "subprocess.Popen[str]") -> None:
    """The whole group: a child that outlives its parent would go on with the job."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
