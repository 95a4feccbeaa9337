"""One database: a sync engine for work in bulk and an async one for the API, over the same URL."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import contextmanager
from typing import Concatenate, ParamSpec, TypeVar

import psycopg
import sqlalchemy as sa
from psycopg import sql
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from creatorgraph.domain.error import BusyError, UnavailableError
from creatorgraph.domain.tenant import TenantId
from creatorgraph.store import number as number  # a connection knows the types that were known when it was made
from creatorgraph.store.tenancy import act_for_operator, act_for_tenant, only_read, take_on_tenant_role

LISTENING = ("", "")
"""The first thing that `listen` yields: from here on nothing is missed."""
_NOTIFY = sa.text("SELECT pg_notify(:channel, :payload)")
_PATIENCE_SECONDS, _LOOK_SECONDS = 5.0, 0.01
_GONE = ("08", "57P0")
"""How the SQLSTATEs of a lost connection begin: connection exceptions, a server that stops, starts or crashed."""
_IN_THE_WAY = frozenset({"40001", "40P01", "55P03"})
"""SQLSTATEs of a serialisation failure, a deadlock and a lock that was not had in time."""
_TOO_LARGE = "54"
"""How the SQLSTATEs begin of what is over a limit of PostgreSQL's own."""
P = ParamSpec("P")
T = TypeVar("T")

_EACH_BY_ITSELF, _ONE_TRANSACTION = "AUTOCOMMIT", "READ COMMITTED"
"""How statements are read: of their own, which spares PostgreSQL being told where a transaction begins and ends, or together,
which what is said of one transaction needs (`act_for_tenant`)."""


class Database:
    """The engines of one PostgreSQL. Repositories are written once, for a sync connection; `ask` lends them to async code.

    Only services open transactions (`transaction`), the API's loaders only read (`ask`).
    """

    def __init__(self, url: str, *, pool_size: int = 8) -> None:
        self.url = url
        # pre-ping: a PostgreSQL that was restarted under us costs one reconnect, not an error;
        # hidden parameters: what is bound can be personal data, and errors are logged
        self.engine = sa.create_engine(
            url, hide_parameters=True, pool_size=pool_size, max_overflow=8, pool_pre_ping=True
        )
        self._pool_size = pool_size
        self._async_engine: AsyncEngine | None = None

    @contextmanager
    def transaction(self) -> Iterator[sa.Connection]:
        """One transaction: committed at the end, rolled back on any error.

        Raises:
            UnavailableError: PostgreSQL does not answer.
        """
        with failures_told(), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def for_tenant(self, tenant_id: TenantId) -> Iterator[sa.Connection]:
        """A transaction in which only what is shared and this tenant's is there; it can write the tenant's alone.

        Raises:
            UnavailableError: PostgreSQL does not answer.
        """
        with self.transaction() as connection:
            act_for_tenant(connection, tenant_id)
            yield connection

    @contextmanager
    def for_operator(self) -> Iterator[sa.Connection]:
        """A transaction in which all tenants' rows are there.

        Raises:
            UnavailableError: PostgreSQL does not answer.
        """
        with self.transaction() as connection:
            act_for_operator(connection)
            yield connection

    @contextmanager
    def snapshot(self) -> Iterator[sa.Connection]:
        """A transaction whose statements all see what was committed when the first of them began.

        Raises:
            UnavailableError: PostgreSQL does not answer.
        """
        with (
            failures_told(),
            self.engine.execution_options(isolation_level="REPEATABLE READ").begin() as connection,
        ):
            yield connection

    @contextmanager
    def connection(self) -> Iterator[sa.Connection]:
        """A connection without a transaction, closed at the end with all that its session held.

        Raises:
            UnavailableError: PostgreSQL does not answer.
        """
        with (
            failures_told(),
            self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection,
        ):
            connection.detach()
            yield connection

    async def ask(self, read: Callable[Concatenate[sa.Connection, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Runs a repository function that only reads, without blocking the event loop.

        It sees what all tenants share, and nothing that one of them owns. Each of its statements stands by itself.
        """
        return await self._read(lambda connection: read(connection, *args, **kwargs), _EACH_BY_ITSELF)

    async def ask_for_tenant(
        self,
        tenant_id: TenantId,
        read: Callable[Concatenate[sa.Connection, P], T],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """As `ask`, in one transaction, with what this tenant owns."""

        def owned(connection: sa.Connection) -> T:
            act_for_tenant(connection, tenant_id)
            return read(connection, *args, **kwargs)

        return await self._read(owned, _ONE_TRANSACTION)

    async def ask_for_operator(
        self, read: Callable[Concatenate[sa.Connection, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """As `ask`, in one transaction, with what every tenant owns: for telling who calls, and for those who administer."""

        def owned(connection: sa.Connection) -> T:
            act_for_operator(connection)
            return read(connection, *args, **kwargs)

        return await self._read(owned, _ONE_TRANSACTION)

    async def _read(self, read: Callable[[sa.Connection], T], isolation: str) -> T:
        """Once more on a new connection, where PostgreSQL was restarted since this one was used last: to ask each time whether
        it still answers, as `pool_pre_ping` does, would cost as much as many a question."""
        try:
            return await self._read_once(read, isolation)
        except UnavailableError as error:
            lost = error.__cause__
            # whoever else waits is safe: the pool lets go of all its connections when one is found to be lost
            if not (isinstance(lost, DBAPIError) and lost.connection_invalidated):
                raise
        return await self._read_once(read, isolation)

    async def _read_once(self, read: Callable[[sa.Connection], T], isolation: str) -> T:
        if self._async_engine is None:
            self._async_engine = create_async_engine(
                self.url,
                hide_parameters=True,
                pool_size=self._pool_size,
                max_overflow=8,
                isolation_level=_EACH_BY_ITSELF,
            )
            sa.event.listen(self._async_engine.sync_engine, "connect", take_on_tenant_role)
            sa.event.listen(self._async_engine.sync_engine, "connect", only_read)
        with failures_told():
            async with self._async_engine.connect() as connection:
                if isolation != _EACH_BY_ITSELF:
                    await connection.execution_options(isolation_level=isolation)
                return await connection.run_sync(read)

    async def notify(self, channel: str, payload: str) -> None:
        """Tells whoever listens, this process too.

        Raises:
            UnavailableError: PostgreSQL does not answer.
        """
        told = {"channel": channel, "payload": payload}
        await self._read(lambda connection: connection.execute(_NOTIFY, told), _EACH_BY_ITSELF)

    async def listen(self, *channels: str) -> AsyncGenerator[tuple[str, str], None]:
        """Channel and payload of every notification that is sent from now on, until the caller stops or PostgreSQL goes.

        Raises:
            UnavailableError: PostgreSQL does not answer, or has gone.
        """
        url = sa.make_url(self.url).set(drivername="postgresql").render_as_string(hide_password=False)
        with failures_told():
            connection = await psycopg.AsyncConnection.connect(url, autocommit=True)
            async with connection:
                for channel in channels:
                    await connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(channel)))
                yield LISTENING
                async for told in connection.notifies():
                    yield told.channel, told.payload

    def close(self) -> None:
        self.engine.dispose()

    async def aclose(self) -> None:
        """Closes every connection. What is under way, such as a walk that an answered request no longer needs, may end first:
        a connection that comes back to a pool that is gone would be closed by nobody."""
        pools = [self.engine.pool, *([self._async_engine.pool] if self._async_engine else [])]
        for _ in range(int(_PATIENCE_SECONDS / _LOOK_SECONDS)):
            if not any(isinstance(pool, sa.QueuePool) and pool.checkedout() for pool in pools):
                break
            await asyncio.sleep(_LOOK_SECONDS)
        if self._async_engine is not None:
            await self._async_engine.dispose()
        self.engine.dispose()


@contextmanager
def failures_told() -> Iterator[None]:
    """What PostgreSQL cannot do, as an error for people. Our own mistakes, such as wrong SQL, go through as they are.

    Raises:
        UnavailableError: it does not answer, or lacks what it needs (disk, memory, time).
        BusyError: another transaction was in the way; the same again can go through.
    """
    try:
        yield
    except (DBAPIError, psycopg.OperationalError) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        lost = isinstance(error, DBAPIError) and error.connection_invalidated
        if not lost and not isinstance(cause, psycopg.OperationalError):
            raise
        state = (cause.sqlstate if isinstance(cause, psycopg.Error) else None) or ""
        if lost or not state or state.startswith(_GONE):
            raise UnavailableError(
                "PostgreSQL does not answer", mend="Run `creatorgraph doctor` to see what is missing."
            ) from error
        if state in _IN_THE_WAY:
            raise BusyError("another process was writing the same", mend="Nothing was changed: try again.") from error
        too_large = state.startswith(_TOO_LARGE)
        said = cause.diag.message_primary if isinstance(cause, psycopg.Error) else None
        raise UnavailableError(
            f"PostgreSQL could not do it: {said or state}",
            mend="Shorten or leave out what is too large."
            if too_large
            else "Give it what it lacks (disk, memory, connections, time), then try again.",
        ) from error
