"""Where Neo4j is and who asks. Asked for anew at each use, so that a server that moved is found again."""

from collections.abc import Callable
from dataclasses import dataclass, field

from creatorgraph.domain.error import UnavailableError
from creatorgraph.graph.neo4j.local.launcher import LocalNeo4j

START_COMMAND = "creatorgraph neo4j start"


@dataclass(frozen=True, slots=True, kw_only=True)
class Neo4jAddress:
    url: str
    user: str
    password: str = field(repr=False)
    database: str = "neo4j"


Locate = Callable[[], Neo4jAddress]
"""Gives the address of the moment; raises UnavailableError where there is no server."""


def fixed_address(address: Neo4jAddress) -> Locate:
    """A Neo4j of the user's own."""
    return lambda: address


def local_address(local: LocalNeo4j) -> Locate:
    """The server of a `LocalNeo4j`, at whatever port it has; fails at once where its process is not there."""

    def locate() -> Neo4jAddress:
        server = local.server()
        if server is None:
            raise UnavailableError("the local Neo4j is not running", mend=f"Run `{START_COMMAND}`.")
        return Neo4jAddress(url=server.url, user=server.user, password=server.password)

    return locate
