"""What runs by the clock, from one place at a time."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from dramatiq import Broker

from creatorgraph.embeddings.encoder import Encoder
from creatorgraph.services.engines import Engines
from creatorgraph.store.database import Database
from creatorgraph.store.write.outbox import announce
from creatorgraph.worker.scheduler import SCHEDULE, Entry, Scheduler
from tests.database_wait import wait_until
from tests.integration.conftest import embedded_engines

ONCE = (Entry(job="expire", every=3600.0),)


@pytest.fixture
def engines(database: Database, encoder: Encoder, tmp_path: Path) -> Iterator[Engines]:
    engines = embedded_engines(database, encoder, tmp_path / "data")
    yield engines
    engines.close()


def test_one_scheduler_holds_the_schedule_and_another_follows_it(
    broker: Broker, engines: Engines, database: Database
) -> None:
    first, second = (Scheduler(broker, lambda: engines, schedule=ONCE, tick=0.05) for _ in range(2))
    first.start()
    wait_until(database, "(SELECT count(*) = 1 FROM dramatiq.queue)")
    second.start()
    try:
        # the second one asks for the lock and does not get it
        wait_until(
            database,
            "EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND pid NOT IN "
            "(SELECT pid FROM pg_locks WHERE locktype = 'advisory') AND query LIKE '%creatorgraph.schedule%'"
            " AND pid <> pg_backend_pid())",
        )
        assert _queued(database) == ["expire"]
        first.stop()
        wait_until(database, "(SELECT count(*) = 2 FROM dramatiq.queue)")
    finally:
        second.stop()
    assert _queued(database) == ["expire", "expire"]


def test_schedule_outlives_a_lost_connection(
    broker: Broker, engines: Engines, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("creatorgraph.worker.scheduler.LOST_SECONDS", 0.05)
    often = (Entry(job="expire", every=0.1),)
    scheduler = Scheduler(broker, lambda: engines, schedule=often, tick=0.05)
    scheduler.start()
    try:
        wait_until(database, "(SELECT count(*) > 0 FROM dramatiq.queue)")
        with database.transaction() as connection:
            lost = connection.scalar(
                sa.text(
                    "SELECT count(pg_terminate_backend(pid)) FROM pg_locks WHERE locktype = 'advisory'"
                    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
                )
            )
        assert lost == 1
        before = len(_queued(database))
        wait_until(database, f"(SELECT count(*) > {before + 2} FROM dramatiq.queue)")  # noqa: S608
    finally:
        scheduler.stop()


def test_relay_is_queued_only_while_the_outbox_waits(broker: Broker, engines: Engines, database: Database) -> None:
    relay = tuple(entry for entry in SCHEDULE if entry.job == "relay")
    scheduler = Scheduler(broker, lambda: engines, schedule=(*relay, Entry(job="expire", every=0.0)), tick=0.05)
    scheduler.start()
    try:
        wait_until(database, "(SELECT count(*) > 3 FROM dramatiq.queue)")
        assert set(_queued(database)) == {"expire"}
        with database.transaction() as connection:
            announce(connection, "profile.changed", "profiles", ["p1"])
        wait_until(database, "EXISTS (SELECT FROM dramatiq.queue WHERE message ->> 'actor_name' = 'relay')")
    finally:
        scheduler.stop()


def _queued(database: Database) -> list[str]:
    with database.transaction() as connection:
        return list(connection.scalars(sa.text("SELECT message ->> 'actor_name' FROM dramatiq.queue ORDER BY mtime")))
