"""The Neo4j engine: traversal over Bolt, algorithms by Graph Data Science."""

from collections.abc import Collection

from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.error import UnavailableError
from creatorgraph.domain.profile import ProfileId
from creatorgraph.graph.analysis import Community, CommunityConfig, Component, ComponentConfig
from creatorgraph.graph.batch import GraphBatch
from creatorgraph.graph.element import EdgeKind, GraphCounts, Neighbourhood, NodeId, Path
from creatorgraph.graph.neo4j.address import Locate
from creatorgraph.graph.neo4j.analysis import find_communities, find_components
from creatorgraph.graph.neo4j.connection import Neo4jConnection
from creatorgraph.graph.neo4j.reader import BoltReader, count_all, read_versions
from creatorgraph.graph.neo4j.writer import clear_all, prepare_schema, write_batch
from creatorgraph.graph.port import EngineHealth
from creatorgraph.graph.walk import walk_neighbourhood, walk_paths


class Neo4jGraph:
    """A projection of PostgreSQL in Neo4j, kept by `refresh`; behind it by what the outbox has not yet delivered."""

    engine = "neo4j"
    projected = True

    def __init__(self, locate: Locate) -> None:
        self._connection = Neo4jConnection(locate)
        self._prepared = False

    def health(self) -> EngineHealth:
        try:
            neo4j, gds = self._connection.read(read_versions)
        except UnavailableError as error:
            return EngineHealth(engine=self.engine, version="", reachable=False, detail=str(error))
        return EngineHealth(
            engine=self.engine,
            version=f"Neo4j {neo4j}",
            reachable=True,
            detail=f"Graph Data Science {gds}" if gds else "without Graph Data Science: no components, no communities",
        )

    def prepare(self) -> None:
        prepare_schema(self._connection)
        self._prepared = True

    def refresh(self, batch: GraphBatch) -> None:
        if not self._prepared:
            # a fresh server may get its first batch from the relay, and without indexes each one is slower than the last
            self.prepare()
        self._connection.write(lambda transaction: write_batch(transaction, batch))

    def clear(self) -> None:
        clear_all(self._connection)

    def counts(self) -> GraphCounts:
        return self._connection.read(count_all)

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
        return self._connection.read(
            lambda transaction: walk_paths(
                BoltReader(transaction), start, end, max_depth=max_depth, limit=limit, kinds=kinds
            )
        )

    def components(self, config: ComponentConfig) -> tuple[Component, ...]:
        return find_components(self._connection, config)

    def communities(self, config: CommunityConfig) -> tuple[Community, ...]:
        return find_communities(self._connection, config)

    def close(self) -> None:
        self._connection.close()

    def _around(self, centre: NodeId, depth: int, kinds: Collection[EdgeKind] | None, limit: int) -> Neighbourhood:
        return self._connection.read(
            lambda transaction: walk_neighbourhood(
                BoltReader(transaction), centre, depth=depth, kinds=kinds, limit=limit
            )
        )
