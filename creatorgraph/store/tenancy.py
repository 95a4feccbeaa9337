"""Row-level security: the two roles that see what tenants own, and how a transaction takes one on.

Every table with a `tenant_id` forces it. Without a role even their owner sees nothing of them, unless it is a superuser (as on
the embedded PostgreSQL), whom no policy binds: that is why the API's connections take on TENANT when they are made.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from creatorgraph.domain.tenant import TenantId

TENANT = "creatorgraph_tenant"
"""Reads what all share, and has the rows of the one tenant that the transaction names; of none where it names none."""
OPERATOR = "creatorgraph_operator"
"""Has all tenants' rows: for telling who calls, for metering, for the commands."""
SETTING = "creatorgraph.tenant"

_AS_TENANT = sa.text("SELECT set_config('role', :role, true), set_config(:setting, :tenant, true)")
_AS_OPERATOR = sa.text("SELECT set_config('role', :role, true)")


def act_for_tenant(connection: sa.Connection, tenant_id: TenantId) -> None:
    """To the end of this transaction only what is shared and this tenant's is there."""
    connection.execute(_AS_TENANT, {"role": TENANT, "setting": SETTING, "tenant": tenant_id})


def act_for_operator(connection: sa.Connection) -> None:
    """To the end of this transaction all tenants' rows are there."""
    connection.execute(_AS_OPERATOR, {"role": OPERATOR})


@contextmanager
def operating(connection: sa.Connection) -> Iterator[None]:
    """In this block all tenants' rows are there, also on a connection without transactions (AUTOCOMMIT); then the connection
    goes on without a role, as it began."""
    connection.execute(sa.text(f"SET ROLE {OPERATOR}"))
    try:
        yield
    except BaseException:
        # where a statement failed, rolling its transaction back takes the role along
        with suppress(DBAPIError):
            connection.execute(sa.text("RESET ROLE"))
        raise
    connection.execute(sa.text("RESET ROLE"))


def take_on_tenant_role(connection: Any, _record: object) -> None:
    """For a pool's `connect` event: each of its connections is TENANT from the beginning, of no tenant."""
    cursor = connection.cursor()
    cursor.execute(f"SET ROLE {TENANT}")
    cursor.close()
    connection.commit()


def only_read(connection: Any, _record: object) -> None:
    """For a pool's `connect` event: whatever is sent over its connections can read alone. Parallel workers are for long
    statements: to start one takes longer than most answers."""
    cursor = connection.cursor()
    cursor.execute("SET default_transaction_read_only = on")
    cursor.execute("SET max_parallel_workers_per_gather = 0")
    cursor.close()
    connection.commit()
