"""Fixtures that every suite shares: a real PostgreSQL, and fresh databases on it."""

import os
import secrets
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import settings

from creatorgraph.store.database import Database
from creatorgraph.store.embedded import start_embedded, stop_embedded
from creatorgraph.store.migration import migrate

TEMPLATE = "creatorgraph_template"

# no example fails for having taken long: how long depends on what else the machine does
settings.register_profile("here", deadline=None)
# CI says the same of the same commit; everywhere else each run tries other examples
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The URL of a real PostgreSQL server that lives as long as the session.

    Not below pytest's own folder: as root the server runs as another user, and a second pytest closes that folder to it.
    """
    with tempfile.TemporaryDirectory(prefix="creatorgraph-test-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o711)
        yield start_embedded(Path(folder))
        stop_embedded(Path(folder))


@pytest.fixture(scope="session")
def template_database(postgres_url: str) -> str:
    """A migrated, empty database that fresh ones are copied from."""
    url = sa.make_url(postgres_url)
    _administer(postgres_url, f"CREATE DATABASE {TEMPLATE}")
    template = Database(url.set(database=TEMPLATE).render_as_string(hide_password=False))
    with template.transaction() as connection:
        migrate(connection)
    template.close()
    return TEMPLATE


@pytest.fixture
def database(postgres_url: str, template_database: str) -> Iterator[Database]:
    """A fresh, migrated, empty database of its own."""
    yield from fresh_database(postgres_url, template_database)


@pytest.fixture(scope="module")
def module_database(postgres_url: str, template_database: str) -> Iterator[Database]:
    """As `database`, shared by the tests of one module, which only read after its set-up."""
    yield from fresh_database(postgres_url, template_database)


@pytest.fixture(scope="session")
def session_database(postgres_url: str, template_database: str) -> Iterator[Database]:
    """As `database`, shared by all tests of the session that only read what one fixture wrote."""
    yield from fresh_database(postgres_url, template_database)


def fresh_database(postgres_url: str, template: str) -> Iterator[Database]:
    name = f"test_{secrets.token_hex(6)}"
    _administer(postgres_url, f"CREATE DATABASE {name} TEMPLATE {template}")
    fresh = Database(sa.make_url(postgres_url).set(database=name).render_as_string(hide_password=False))
    yield fresh
    fresh.close()
    _administer(postgres_url, f"DROP DATABASE {name} WITH (FORCE)")


def _administer(url: str, statement: str) -> None:
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(sa.text(statement))
    engine.dispose()
