"""Hands work to the worker."""

from creatorgraph.bootstrap import open_database
from creatorgraph.config import Settings
from creatorgraph.store.migration import migrate
from creatorgraph.worker.broker import open_broker, prepare_queue


def open_queue(settings: Settings) -> str:
    """Brings the database and the queue's own schema up to date; the URL of the database."""
    database = open_database(settings)
    try:
        with database.transaction() as connection:
            migrate(connection)
        prepare_queue(settings, database)
        return database.url
    finally:
        database.close()


def send(settings: Settings, job: str) -> None:
    """Puts one job into the queue.

    Raises:
        UnavailableError: the queue does not answer.
    """
    from creatorgraph.worker.actor import enqueue

    broker = open_broker(settings, open_queue(settings))
    try:
        enqueue(broker, job)
    finally:
        broker.close()
