"""The queue: in PostgreSQL, or in Redis where the settings name one."""

import importlib
import warnings
from types import ModuleType

import sqlalchemy as sa
from dramatiq import Broker
from dramatiq.middleware import AgeLimit, Callbacks, Middleware, Pipelines, Retries, ShutdownNotifications, TimeLimit

from creatorgraph.config import Settings
from creatorgraph.domain.error import UnavailableError
from creatorgraph.store.advisory import lock
from creatorgraph.store.database import Database

SCHEMA = "dramatiq"
CONNECTIONS = 16
"""Each process needs one for listening and one for taking jobs per queue, and one per thread while it settles a job."""


def queue_engine(settings: Settings) -> str:
    return "Redis" if settings.redis_url else "PostgreSQL"


def open_broker(settings: Settings, database_url: str) -> Broker:
    """The broker of the settings. `database_url` is as SQLAlchemy writes it.

    Raises:
        UnavailableError: Redis is wanted but its client is not installed.
    """
    if settings.redis_url:
        return _redis(settings.redis_url)
    from psycopg2.pool import ThreadedConnectionPool

    pool = ThreadedConnectionPool(0, CONNECTIONS, libpq_url(database_url), application_name="creatorgraph-worker")
    # dramatiq-pg lends `minconn` connections for a health check after a lost one
    pool.minconn = CONNECTIONS
    broker: Broker = _dramatiq_pg("broker").PostgresBroker(
        pool=pool, schema=SCHEMA, prefix="", results=False, middleware=_middleware()
    )
    return broker


def prepare_queue(settings: Settings, database: Database) -> None:
    """Makes dramatiq-pg's tables in the schema `dramatiq`; does nothing where they exist, or with Redis."""
    if settings.redis_url:
        return
    with database.transaction() as connection:
        lock(connection, "creatorgraph.queue")
        if connection.scalar(sa.text("SELECT to_regclass('dramatiq.queue')")) is None:
            connection.exec_driver_sql(_dramatiq_pg("schema").generate_init_sql(schema=SCHEMA))


def libpq_url(url: str) -> str:
    """A SQLAlchemy URL as libpq and psycopg2 read it."""
    return sa.make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def _dramatiq_pg(module: str) -> ModuleType:
    """Imported late, as Redis needs none of it."""
    with warnings.catch_warnings():
        # a class by its name in dramatiq 1, which dramatiq 2 still answers to
        warnings.filterwarnings(
            "ignore", message="The class 'ConnectionError' has been renamed", category=DeprecationWarning
        )
        return importlib.import_module(f"dramatiq_pg.{module}")


def _redis(url: str) -> Broker:
    try:
        from dramatiq.brokers.redis import RedisBroker
    except ImportError as error:
        raise UnavailableError(
            "jobs on Redis need the redis package", mend="Run `pip install 'creatorgraph[redis]'`."
        ) from error
    broker: Broker = RedisBroker(url=url, middleware=_middleware())  # type: ignore[no-untyped-call]
    return broker


def _middleware() -> list[Middleware]:
    # Dramatiq's own, without the one for Prometheus, which opens a port
    return [AgeLimit(), TimeLimit(), ShutdownNotifications(), Callbacks(), Pipelines(), Retries()]
