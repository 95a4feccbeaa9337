"""Locks of PostgreSQL that stand for something else than a row, by name; each is held until the transaction ends."""

import sqlalchemy as sa

_ALONE = sa.text("SELECT pg_advisory_xact_lock(hashtext(:name))")
_SHARED = sa.text("SELECT pg_advisory_xact_lock_shared(hashtext(:name))")


def lock(connection: sa.Connection, name: str) -> None:
    """Waits until nobody else holds it."""
    connection.execute(_ALONE, {"name": name})


def share(connection: sa.Connection, name: str) -> None:
    """Waits until nobody holds it alone."""
    connection.execute(_SHARED, {"name": name})
