"""One driver, its retries, and its errors in the words of the domain."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING, TypeVar

from creatorgraph.domain.error import UnavailableError
from creatorgraph.graph.neo4j.address import START_COMMAND, Locate, Neo4jAddress
from creatorgraph.graph.neo4j.extra import require_extra

if TYPE_CHECKING:
    from neo4j import Driver, ManagedTransaction

T = TypeVar("T")
Row = Mapping[str, object]

CONNECT_SECONDS = 2.0
RETRY_SECONDS = 1.0
"""Writers take turns, so conflicts are rare and short; a server that is down must not hold up an API request."""


class Neo4jConnection:
    """Lends transactions. The driver is made at the first use, and anew when the address changes."""

    def __init__(self, locate: Locate) -> None:
        self._locate = locate
        self._lock = Lock()
        self._address: Neo4jAddress | None = None
        self._driver: Driver | None = None

    def read(self, work: Callable[["ManagedTransaction"], T]) -> T:
        """Runs `work` in a read transaction, again on transient errors."""
        with self.driver() as (driver, database), driver.session(database=database) as session:
            return session.execute_read(work)

    def write(self, work: Callable[["ManagedTransaction"], T]) -> T:
        """Runs `work` in one write transaction: all of it or none; again on transient errors."""
        with self.driver() as (driver, database), driver.session(database=database) as session:
            return session.execute_write(work)

    def execute(self, query: str, parameters: Mapping[str, object] | None = None) -> None:
        """Runs one statement in a transaction of its own, as schema commands and `CALL IN TRANSACTIONS` want it."""
        with self.driver() as (driver, database), driver.session(database=database) as session:
            session.run(query, dict(parameters or {})).consume()

    @contextmanager
    def driver(self) -> Iterator[tuple["Driver", str]]:
        """The driver and the database's name.

        Raises:
            UnavailableError: the server does not answer, refuses the password, or the extra is not installed.
        """
        require_extra("neo4j")
        from neo4j.exceptions import AuthError, DriverError, TransientError

        address = self._locate()
        try:
            yield self._connected(address), address.database
        except AuthError as error:
            raise UnavailableError(
                "Neo4j refuses the user or password",
                where=address.url,
                mend="Set CREATORGRAPH_NEO4J_USER and CREATORGRAPH_NEO4J_PASSWORD.",
            ) from error
        except (DriverError, TransientError) as error:
            raise UnavailableError(
                f"Neo4j does not answer ({type(error).__name__})", where=address.url, mend=f"Run `{START_COMMAND}`."
            ) from error

    def close(self) -> None:
        with self._lock:
            if self._driver is not None:
                self._driver.close()
                self._driver = self._address = None

    def _connected(self, address: Neo4jAddress) -> "Driver":
        import neo4j

        with self._lock:
            if self._driver is None or address != self._address:
                if self._driver is not None:
                    self._driver.close()
                self._driver = neo4j.GraphDatabase.driver(
                    address.url,
                    auth=(address.user, address.password),
                    connection_timeout=CONNECT_SECONDS,
                    connection_acquisition_timeout=2 * CONNECT_SECONDS,
                    max_transaction_retry_time=RETRY_SECONDS,
                    # a connection that a restart has cut is found out before it is used
                    liveness_check_timeout=0,
                    notifications_min_severity="OFF",
                )
                self._address = address
            return self._driver
