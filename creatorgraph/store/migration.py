"""Brings a database to the newest schema with Alembic."""

from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from creatorgraph.store.advisory import lock

if TYPE_CHECKING:
    from alembic.config import Config

# in the wheel the scripts lie beside this file, in a checkout at its top
_PLACES = (Path(__file__).parent / "migrations", Path(__file__).parents[2] / "migrations")


def alembic_config(connection: sa.Connection | None = None) -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_place()))
    config.attributes["connection"] = connection
    return config


def migrate(connection: sa.Connection) -> None:
    """Upgrades to the newest revision; does nothing on a database that is there already.

    An advisory lock makes two first starts wait for each other instead of failing.
    """
    lock(connection, "creatorgraph.migrate")
    here, newest = revisions(connection)
    if here == newest:
        return
    from alembic import command  # late: every start asks, hardly any has to migrate

    command.upgrade(alembic_config(connection), "head")


def revisions(connection: sa.Connection) -> tuple[str | None, str | None]:
    """The revision that the database has and the newest one; None where there is none yet.

    Revisions are numbered and their files are named by them, so the newest is known without Alembic (a test holds it).
    """
    newest = max(path.stem.partition("_")[0] for path in (_place() / "versions").glob("[0-9]*.py"))
    if connection.scalar(sa.text("SELECT to_regclass('alembic_version')")) is None:
        return None, newest
    return connection.scalar(sa.text("SELECT max(version_num) FROM alembic_version")), newest


def _place() -> Path:
    return next(place for place in _PLACES if (place / "env.py").exists())
