"""What runs by the clock. However many workers there are, one at a time holds the schedule."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa
from dramatiq import Broker, Worker
from dramatiq.middleware import Middleware
from sqlalchemy.exc import SQLAlchemyError

from creatorgraph.domain.error import CreatorgraphError
from creatorgraph.services.engines import Engines
from creatorgraph.services.relay import CONSUMERS
from creatorgraph.services.retraining import run_is_due
from creatorgraph.store.read.arrival import count_waiting
from creatorgraph.store.read.erasure import open_erasures
from creatorgraph.store.read.export_job import any_open
from creatorgraph.store.read.posting import stored_posting_model
from creatorgraph.store.tenancy import operating
from creatorgraph.store.write.outbox import backlog
from creatorgraph.worker.actor import enqueue

log = logging.getLogger(__name__)

_TAKE = sa.text("SELECT pg_try_advisory_lock(hashtext('creatorgraph.schedule'))")
TICK_SECONDS = 1.0
LOST_SECONDS = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A job that is due every so many seconds, where `wanted` says so (None: always)."""

    job: str
    every: float
    wanted: Callable[[sa.Connection], bool] | None = None


def _outbox_waits(connection: sa.Connection) -> bool:
    return any(backlog(connection, consumer) for consumer in CONSUMERS)


def _arrivals_wait(connection: sa.Connection) -> bool:
    return stored_posting_model(connection) is not None and count_waiting(connection) > 0


def _somebody_is_to_be_erased(connection: sa.Connection) -> bool:
    return bool(open_erasures(connection))


def _there_is_something_to_match_with(connection: sa.Connection) -> bool:
    # what tenants own is not to be seen here, so the job itself finds out whether anything waits
    return stored_posting_model(connection) is not None


def _exports_wait(connection: sa.Connection) -> bool:
    with operating(connection):
        return any_open(connection)


SCHEDULE = (
    Entry(job="arrive", every=1.0, wanted=_arrivals_wait),
    Entry(job="relay", every=2.0, wanted=_outbox_waits),
    Entry(job="erase", every=5.0, wanted=_somebody_is_to_be_erased),
    Entry(job="match_private", every=10.0, wanted=_there_is_something_to_match_with),
    Entry(job="export", every=5.0, wanted=_exports_wait),
    Entry(job="resolve", every=600.0, wanted=run_is_due),
    Entry(job="expire", every=3600.0),
)


class Scheduler:
    """Holds an advisory lock as long as its connection lives, and queues what is due.

    The lock goes with the connection, so that a killed holder is followed by another within seconds.
    """

    def __init__(
        self,
        broker: Broker,
        engines: Callable[[], Engines],
        *,
        schedule: tuple[Entry, ...] = SCHEDULE,
        tick: float = TICK_SECONDS,
    ) -> None:
        self._broker = broker
        self._engines = engines
        self._schedule = schedule
        self._tick_seconds = tick
        self._due = {entry.job: 0.0 for entry in schedule}
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="scheduler", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        self._thread.join(timeout=LOST_SECONDS)

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                self._hold()
            except (SQLAlchemyError, CreatorgraphError) as error:
                log.warning("The schedule lost its database (%s); it is taken up again", type(error).__name__)
            except Exception:
                # the queue's client has errors of its own; a schedule that ends would go unseen
                log.exception("The schedule failed and is taken up again")
            self._stop.wait(LOST_SECONDS if not self._stop.is_set() else 0)

    def _hold(self) -> None:
        engine = self._engines().database.engine.execution_options(isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            try:
                while not connection.scalar(_TAKE):
                    if self._stop.wait(self._tick_seconds):
                        return
                while not self._stop.wait(self._tick_seconds):
                    self._tick(connection)
            finally:
                # not back to the pool: the lock would live on in it
                connection.invalidate()

    def _tick(self, connection: sa.Connection) -> None:
        connection.execute(sa.text("SELECT 1"))  # a lost connection is a lost lock
        now = time.monotonic()
        for entry in self._schedule:
            if now < self._due[entry.job]:
                continue
            self._due[entry.job] = now + entry.every
            if entry.wanted is None or entry.wanted(connection):
                enqueue(self._broker, entry.job)


class Schedule(Middleware):
    """Runs a scheduler as long as the worker of this process."""

    def __init__(self, engines: Callable[[], Engines]) -> None:
        self._engines = engines
        self._scheduler: Scheduler | None = None

    def after_worker_boot(self, broker: Broker, worker: Worker) -> None:
        self._scheduler = Scheduler(broker, self._engines)
        self._scheduler.start()

    def before_worker_shutdown(self, broker: Broker, worker: Worker) -> None:
        if self._scheduler is not None:
            self._scheduler.stop()
