"""The jobs on a real queue and real engines."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from dramatiq import Broker, Worker

from creatorgraph.config import Settings
from creatorgraph.domain.export import ExportFormat, ExportState
from creatorgraph.domain.profile import ProfileId
from creatorgraph.embeddings.encoder import Encoder
from creatorgraph.services.engines import Engines
from creatorgraph.services.erasure import one_erasure, request_erasure
from creatorgraph.services.export_job.order import one_export, order_export
from creatorgraph.services.ingest import ingest_files
from creatorgraph.services.tenant.account import create_tenant
from creatorgraph.store.database import Database
from creatorgraph.synth.world import write_world
from creatorgraph.worker.actor import OPTIONS, declare_actors, enqueue
from creatorgraph.worker.broker import open_broker
from tests.database_wait import wait_until
from tests.integration.conftest import embedded_engines


@pytest.fixture
def engines(database: Database, encoder: Encoder, tmp_path: Path) -> Engines:
    engines = embedded_engines(database, encoder, tmp_path / "data")
    ingest_files(engines, [write_world(tmp_path / "world", 80, 3).profiles])
    return engines


@contextmanager
def working(broker: Broker, engines: Engines) -> Iterator[None]:
    declare_actors(broker, lambda: engines)
    worker = Worker(broker, worker_threads=2, worker_timeout=100)
    worker.start()
    try:
        yield
    finally:
        worker.stop()


def test_every_job_runs_and_runs_again(broker: Broker, engines: Engines, database: Database) -> None:
    jobs = ["resolve", "arrive", "relay", "rebuild_graph", "expire", "erase", "match_private", "export"]
    assert sorted(jobs) == sorted(OPTIONS)

    with working(broker, engines):
        _run(broker, database, jobs)
        first = _contents(database)
        _run(broker, database, jobs)

    assert first["creator"]
    assert first["outbox"] == []
    assert _contents(database) == first


def test_whoever_asked_for_it_is_erased(broker: Broker, engines: Engines, database: Database) -> None:
    asked = request_erasure(engines, profiles=[ProfileId("s00000040")], asked_by="ticket 7")
    with working(broker, engines):
        _run(broker, database, ["erase"])
    assert one_erasure(engines, asked.erasure_id).done_at is not None


def test_what_was_ordered_is_written(broker: Broker, engines: Engines, database: Database) -> None:
    tenant = create_tenant(engines, "acme")
    made = order_export(engines, tenant.tenant_id, ExportFormat.CSV, asked_by="backend")
    with working(broker, engines):
        _run(broker, database, ["resolve", "export"])
    assert one_export(engines, tenant.tenant_id, made.export_id).state is ExportState.READY


def test_expired_payloads_are_let_go(broker: Broker, engines: Engines, database: Database) -> None:
    with database.transaction() as connection:
        connection.execute(
            sa.text("UPDATE raw_payload SET expires_at = :past WHERE profile_id < 's00000040'"),
            {"past": datetime.now(UTC) - timedelta(days=1)},
        )

    with working(broker, engines):
        _run(broker, database, ["expire"])

    with database.transaction() as connection:
        assert connection.scalar(sa.text("SELECT count(*) FROM raw_payload")) == 40


@pytest.mark.redis
def test_jobs_run_on_redis(redis_url: str, engines: Engines, database: Database, tmp_path: Path) -> None:
    broker = open_broker(Settings(data_dir=tmp_path, redis_url=redis_url), database.url)

    with working(broker, engines):
        enqueue(broker, "resolve")
        wait_until(database, "(SELECT count(*) > 0 FROM creator)")

    broker.close()


def _run(broker: Broker, database: Database, jobs: list[str]) -> None:
    """One after the other, each to its end."""
    for job in jobs:
        enqueue(broker, job)
        wait_until(database, "(SELECT bool_and(state = 'done') FROM dramatiq.queue)")


def _contents(database: Database) -> dict[str, list[tuple[object, ...]]]:
    queries = {
        "creator": "SELECT creator_id, version, updated_at FROM creator ORDER BY 1",
        "identity_event": "SELECT sequence FROM identity_event ORDER BY 1",
        "outbox": "SELECT sequence FROM outbox ORDER BY 1",
    }
    with database.transaction() as connection:
        return {name: [tuple(row) for row in connection.execute(sa.text(query))] for name, query in queries.items()}
