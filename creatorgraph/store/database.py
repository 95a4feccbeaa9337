"""One database: a sync engine for work in bulk and an async one for the API, over the same URL."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Concatenate, ParamSpec, TypeVar

import psycopg
import sqlalchemy as sa
from psycopg import sql
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from creatorgraph.domain.error import UnavailableError
from creatorgraph.domain.tenant import TenantId
from creatorgraph.store import number as number  # a connection knows the types that were known when it was made
from creatorgraph.store.tenancy import act_for_operator, act_for_tenant, only_read, take_on_tenant_role

LISTENING = ("", "")
"""The first thing that `listen` yields: from here on nothing is missed."""
_NOTIFY = sa.text("SELECT pg_notify(:channel, :payload)")
_READERS = 8
"""Connections that answer what is only read; more of one process would wait for its processor."""
_PATIENCE_SECONDS, _LOOK_SECONDS = 5.0, 0.01
P = ParamSpec("P")
T = TypeVar("T")


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
        self._plain_engine: AsyncEngine | None = None

    @contextmanager
    def transaction(self) -> Iterator[sa.Connection]:
        """One transaction: committed at the end, rolled back on any error.

        Raises:
            UnavailableError: PostgreSQL does not answer.
        """
        with _unavailable(), self.engine.begin() as connection:
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
        with _unavailable(), self.engine.execution_options(isolation_level="REPEATABLE READ").begin() as connection:
            yield connection

    @contextmanager
    def connection(self) -> Iterator[sa.Connection]:
        """A connection without a transaction, closed at the end with all that its session held.

        Raises:
            UnavailableError: PostgreSQL does not answer.
        """
        with (
            _unavailable(),
            self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection,
        ):
            connection.detach()
            yield connection

    async def ask(self, read: Callable[Concatenate[sa.Connection, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Runs a repository function without blocking the event loop; it can only read.

        It sees what all tenants share, and nothing that one of them owns. Each of its statements is a transaction of its own.
        A connection that was lost meanwhile, such as by a restart of PostgreSQL, costs a second try, not an error.
        """
        try:
            return await self._ask(read, *args, **kwargs)
        except UnavailableError:
            return await self._ask(read, *args, **kwargs)

    async def _ask(self, read: Callable[Concatenate[sa.Connection, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        with _unavailable():
            async with self._reading_engine().connect() as connection:
                answer: T = await connection.run_sync(read, *args, **kwargs)
                return answer

    async def ask_for_tenant(
        self,
        tenant_id: TenantId,
        read: Callable[Concatenate[sa.Connection, P], T],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """As `ask`, with what this tenant owns."""
        async with self._reading() as connection:
            await connection.run_sync(act_for_tenant, tenant_id)
            answer: T = await connection.run_sync(read, *args, **kwargs)
            return answer

    async def ask_for_operator(
        self, read: Callable[Concatenate[sa.Connection, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """As `ask`, with what every tenant owns: for telling who calls, never for answering them."""
        async with self._reading() as connection:
            await connection.run_sync(act_for_operator)
            answer: T = await connection.run_sync(read, *args, **kwargs)
            return answer

    @asynccontextmanager
    async def _reading(self) -> AsyncIterator[AsyncConnection]:
        if self._async_engine is None:
            self._async_engine = create_async_engine(
                self.url, hide_parameters=True, pool_size=self._pool_size, max_overflow=8, pool_pre_ping=True
            ).execution_options(postgresql_readonly=True)
            sa.event.listen(self._async_engine.sync_engine, "connect", take_on_tenant_role)
        with _unavailable():
            async with self._async_engine.connect() as connection:
                yield connection

    def _reading_engine(self) -> AsyncEngine:
        """A pool without transactions and without a question before each use: a statement costs one round trip."""
        if self._plain_engine is None:
            self._plain_engine = create_async_engine(
                self.url,
                hide_parameters=True,
                pool_size=_READERS,
                max_overflow=0,
                isolation_level="AUTOCOMMIT",
                pool_reset_on_return=None,
            )
            sa.event.listen(self._plain_engine.sync_engine, "connect", take_on_tenant_role)
            sa.event.listen(self._plain_engine.sync_engine, "connect", only_read)
        return self._plain_engine

    async def notify(self, channel: str, payload: str) -> None:
        """Tells whoever listens, this process too.

        Raises:
            UnavailableError: PostgreSQL does not answer.
        """
        async with self._reading() as connection:
            await connection.execute(_NOTIFY, {"channel": channel, "payload": payload})
            await connection.commit()

    async def listen(self, *channels: str) -> AsyncGenerator[tuple[str, str], None]:
        """Channel and payload of every notification that is sent from now on, until the caller stops or PostgreSQL goes.

        Raises:
            UnavailableError: PostgreSQL does not answer, or has gone.
        """
        url = sa.make_url(self.url).set(drivername="postgresql").render_as_string(hide_password=False)
        with _unavailable():
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
        lent = [each for each in (self._async_engine, self._plain_engine) if each is not None]
        pools = [self.engine.pool, *(each.pool for each in lent)]
        for _ in range(int(_PATIENCE_SECONDS / _LOOK_SECONDS)):
            if not any(isinstance(pool, sa.QueuePool) and pool.checkedout() for pool in pools):
                break
            await asyncio.sleep(_LOOK_SECONDS)
        for each in lent:
            await each.dispose()
        self.engine.dispose()


@contextmanager
def _unavailable() -> Iterator[None]:
    try:
        yield
    except (DBAPIError, psycopg.OperationalError) as error:
        lost = isinstance(error, psycopg.OperationalError) or (
            isinstance(error, DBAPIError)
            and (error.connection_invalidated or isinstance(error.orig, psycopg.OperationalError))
        )
        if not lost:
            raise
        raise UnavailableError(
            "PostgreSQL does not answer", mend="Run `creatorgraph doctor` to see what is missing."
        ) from error
