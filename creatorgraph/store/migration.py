"""Brings a database to the newest schema with Alembic."""

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

# in the wheel the scripts lie beside this file, in a checkout at its top
_PLACES = (Path(__file__).parent / "migrations", Path(__file__).parents[2] / "migrations")


def alembic_config(connection: sa.Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(next(place for place in _PLACES if (place / "env.py").exists())))
    config.attributes["connection"] = connection
    return config


def migrate(connection: sa.Connection) -> None:
    """Upgrades to the newest revision; does nothing on a database that is there already.

    An advisory lock makes two first starts wait for each other instead of failing.
    """
    connection.execute(sa.text("SELECT pg_advisory_xact_lock(hashtext('creatorgraph.migrate'))"))
    command.upgrade(alembic_config(connection), "head")


def revisions(connection: sa.Connection) -> tuple[str | None, str | None]:
    """The revision that the database has and the newest one; None where there is none yet."""
    here = MigrationContext.configure(connection).get_current_revision()
    return here, ScriptDirectory.from_config(alembic_config()).get_current_head()
