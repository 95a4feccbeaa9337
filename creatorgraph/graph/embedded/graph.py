"""The embedded engine: PostgreSQL for traversal, scipy and NetworKit for what needs the whole graph."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.error import UnavailableError
from creatorgraph.domain.profile import ProfileId
from creatorgraph.graph.analysis import Community, CommunityConfig, Component, ComponentConfig
from creatorgraph.graph.batch import GraphBatch
from creatorgraph.graph.element import EdgeKind, GraphCounts, Neighbourhood, NodeId, Path
from creatorgraph.graph.embedded.reader import TableReader
from creatorgraph.graph.embedded.whole import count_whole
from creatorgraph.graph.port import EngineHealth
from creatorgraph.graph.walk import walk_neighbourhood, walk_paths
from creatorgraph.store.database import failures_told


class EmbeddedGraph:
    """Reads the system of record itself, so it is never behind it.

    Each answer comes from one read-only snapshot. The engine stays the caller's: `close` leaves it open.
    """

    engine = "embedded"
    projected = False

    def __init__(self, database: sa.Engine) -> None:
        # REPEATABLE READ: the layers of one walk see one state
        self._database = database.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    def health(self) -> EngineHealth:
        try:
            with self._reading() as connection:
                version = str(connection.scalar(sa.text("SHOW server_version")))
        except UnavailableError as error:
            return EngineHealth(engine=self.engine, version="", reachable=False, detail=str(error))
        return EngineHealth(
            engine=self.engine, version=f"PostgreSQL {version}", reachable=True, detail="reads the system of record"
        )

    def prepare(self) -> None:
        """Nothing to do: the store's migrations make the tables and indexes that are read here."""

    def refresh(self, batch: GraphBatch) -> None:
        """Nothing to do: what changed in the store has changed here."""

    def clear(self) -> None:
        """Nothing to do: there is no projection to empty, and the store's tables are the truth."""

    def counts(self) -> GraphCounts:
        with self._reading() as connection:
            return count_whole(connection)

    def neighbourhood(
        self, profile_id: ProfileId, *, depth: int = 1, kinds: Collection[EdgeKind] | None = None, limit: int = 200
    ) -> Neighbourhood:
        return self._around(NodeId.profile(profile_id), depth, kinds, limit)

    def creator_neighbourhood(
        self, creator_id: CreatorId, *, depth: int = 1, kinds: Collection[EdgeKind] | None = None, limit: int = 200
    ) -> Neighbourhood:
        return self._around(NodeId.creator(creator_id), depth, kinds, limit)

    def paths(
        self,
        start: NodeId,
        end: NodeId,
        *,
        max_depth: int = 4,
        limit: int = 5,
        kinds: Collection[EdgeKind] | None = None,
    ) -> tuple[Path, ...]:
        with self._reading() as connection:
            return walk_paths(TableReader(connection), start, end, max_depth=max_depth, limit=limit, kinds=kinds)

    def components(self, config: ComponentConfig) -> tuple[Component, ...]:
        from creatorgraph.graph.embedded.component import find_components  # late: scipy

        with self._reading() as connection:
            return find_components(connection, config)

    def communities(self, config: CommunityConfig) -> tuple[Community, ...]:
        from creatorgraph.graph.embedded.community import find_communities  # late: scipy and NetworKit

        with self._reading() as connection:
            return find_communities(connection, config)

    def close(self) -> None:
        """Nothing to do: the database engine belongs to whoever made it."""

    def _around(self, centre: NodeId, depth: int, kinds: Collection[EdgeKind] | None, limit: int) -> Neighbourhood:
        with self._reading() as connection:
            return walk_neighbourhood(TableReader(connection), centre, depth=depth, kinds=kinds, limit=limit)

    @contextmanager
    def _reading(self) -> Iterator[sa.Connection]:
        with failures_told(), self._database.connect() as connection:
            yield connection
