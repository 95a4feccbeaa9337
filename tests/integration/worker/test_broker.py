"""The queue in PostgreSQL: dramatiq-pg on dramatiq 2, whose own pins say that they do not go together."""

from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path

import pytest
import sqlalchemy as sa
from dramatiq import Broker, Worker, actor

from creatorgraph.config import Settings
from creatorgraph.domain.error import InvalidInputError
from creatorgraph.store.database import Database
from creatorgraph.worker.actor import enqueue
from creatorgraph.worker.broker import libpq_url, prepare_queue
from tests.database_wait import wait_until


def test_messages_are_delivered_and_settled(broker: Broker, database: Database) -> None:
    assert int(version("dramatiq").split(".")[0]) >= 2
    seen: list[tuple[int, str]] = []

    @actor(broker=broker, queue_name="test")
    def note(number: int, word: str) -> None:
        seen.append((number, word))

    for number in range(50):
        note.send(number, word="é\x1f🍓")
    worker = Worker(broker, worker_threads=4, worker_timeout=100)
    worker.start()
    try:
        wait_until(database, "(SELECT count(*) = 50 AND bool_and(state = 'done') FROM dramatiq.queue)")
    finally:
        worker.stop()

    assert sorted(seen) == [(number, "é\x1f🍓") for number in range(50)]


def test_failed_message_is_tried_again(broker: Broker, database: Database) -> None:
    tries: list[int] = []

    @actor(broker=broker, queue_name="test", max_retries=2, min_backoff=10, max_backoff=20)
    def fail_once() -> None:
        tries.append(len(tries))
        if len(tries) == 1:
            raise ConnectionError

    fail_once.send()
    worker = Worker(broker, worker_threads=1, worker_timeout=100)
    worker.start()
    try:
        wait_until(database, "(SELECT count(*) = 1 AND bool_and(state = 'done') FROM dramatiq.queue)")
    finally:
        worker.stop()

    # at least once is the promise: on a busy machine the queue may hand a message out again
    assert tries[:2] == [0, 1]


def test_tables_are_made_once_however_many_start_at_once(database: Database, tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)

    with ThreadPoolExecutor(4) as pool:
        for made in [pool.submit(prepare_queue, settings, database) for _ in range(8)]:
            made.result()

    with database.transaction() as connection:
        assert connection.scalar(sa.text("SELECT count(*) FROM dramatiq.queue")) == 0


def test_redis_needs_no_tables(database: Database, tmp_path: Path) -> None:
    prepare_queue(Settings(data_dir=tmp_path, redis_url="redis://127.0.0.1:1"), database)

    with database.transaction() as connection:
        assert connection.scalar(sa.text("SELECT to_regnamespace('dramatiq')")) is None


@pytest.mark.parametrize(
    ("url", "libpq"),
    [
        (
            "postgresql+psycopg://me:p%40ss%2F@db.example:5432/creators",
            "postgresql://me:p%40ss%2F@db.example:5432/creators",
        ),
        ("postgresql+psycopg://me:@/creators?host=/tmp/socket", "postgresql://me:@/creators?host=%2Ftmp%2Fsocket"),
    ],
)
def test_url_for_libpq(url: str, libpq: str) -> None:
    assert libpq_url(url) == libpq


def test_unknown_job_is_refused(broker: Broker) -> None:
    with pytest.raises(InvalidInputError, match="resolve"):
        enqueue(broker, "mine_bitcoin")
