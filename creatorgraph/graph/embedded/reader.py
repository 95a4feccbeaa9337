"""Layers of the graph, read from the store's tables."""

from collections.abc import Collection, Iterable, Mapping, Sequence

import sqlalchemy as sa

from creatorgraph.graph.element import Edge, EdgeKind, Node, NodeId
from creatorgraph.graph.stored import read_incident, read_nodes


class TableReader:
    """Answers a walk inside one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def nodes(self, ids: Iterable[NodeId]) -> Mapping[NodeId, Node]:
        return read_nodes(self._connection, ids)

    def incident(
        self, ids: Sequence[NodeId], kinds: Collection[EdgeKind], fan_out: int
    ) -> Mapping[NodeId, Sequence[Edge]]:
        return read_incident(self._connection, ids, kinds, fan_out)
