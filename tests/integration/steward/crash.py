"""Kills a transaction of ours in the middle, as a crash of PostgreSQL's own process would."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import sqlalchemy as sa

from creatorgraph.services.engines import Engines

_WAIT_MS = 10_000


@contextmanager
def killed_at(engines: Engines, statement: int) -> Iterator[None]:
    """Within the block the connection that would send the statement of this number (from 0) is ended before it does."""
    url = sa.make_url(engines.database.url).set(drivername="postgresql").render_as_string(hide_password=False)
    left = statement

    def before(connection: sa.Connection, *_: Any) -> None:
        nonlocal left
        if left == 0:
            # one that was taken out of its pool has no record there, which `driver_connection` would ask
            held: object = connection.connection.dbapi_connection
            assert isinstance(held, psycopg.Connection)
            with psycopg.connect(url, autocommit=True) as other:
                # returns when it is gone: nothing of it can be written any more
                other.execute("SELECT pg_terminate_backend(%s, %s)", (held.info.backend_pid, _WAIT_MS))
        left -= 1

    sa.event.listen(engines.database.engine, "before_cursor_execute", before)
    try:
        yield
    finally:
        sa.event.remove(engines.database.engine, "before_cursor_execute", before)
