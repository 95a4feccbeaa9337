"""Layers of the graph, read over Bolt."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from creatorgraph.graph.element import Edge, EdgeKind, GraphCounts, Node, NodeId, NodeKind
from creatorgraph.graph.neo4j.label import with_edge, with_label
from creatorgraph.graph.query import load_queries
from creatorgraph.graph.stored import to_edge, to_node

if TYPE_CHECKING:
    from neo4j import ManagedTransaction

_QUERIES = load_queries(Path(__file__).with_name("read.cypher"))


class BoltReader:
    """Answers a walk inside one transaction."""

    def __init__(self, transaction: "ManagedTransaction") -> None:
        self._transaction = transaction

    def nodes(self, ids: Iterable[NodeId]) -> Mapping[NodeId, Node]:
        found: dict[NodeId, Node] = {}
        for kind, keys in _by_kind(ids).items():
            for key, label, detail in self._transaction.run(with_label(_QUERIES["nodes"], kind), keys=keys).values():
                node = to_node(kind, key, label, detail)
                found[node.id] = node
        return found

    def incident(
        self, ids: Sequence[NodeId], kinds: Collection[EdgeKind], fan_out: int
    ) -> Mapping[NodeId, Sequence[Edge]]:
        incident: dict[NodeId, list[Edge]] = defaultdict(list)
        names = [kind.value for kind in kinds]
        for kind, keys in _by_kind(ids).items():
            rows = self._transaction.run(
                with_label(_QUERIES["incident"], kind), keys=keys, kinds=names, fan_out=fan_out
            ).values()
            for node, *edge in rows:
                incident[NodeId(kind, node)].append(to_edge(*edge))
        for edges in incident.values():
            edges.sort(key=lambda edge: edge.sort_key)
        return incident


def count_all(transaction: "ManagedTransaction") -> GraphCounts:
    """Neo4j keeps these counts; nothing is scanned."""

    def count(query: str) -> int:
        return int(transaction.run(query).single(strict=True)["count"])

    return GraphCounts(
        nodes={kind: count(with_label(_QUERIES["count_nodes"], kind)) for kind in NodeKind},
        edges={kind: count(with_edge(_QUERIES["count_edges"], kind)) for kind in EdgeKind},
    )


def read_versions(transaction: "ManagedTransaction") -> tuple[str, str | None]:
    """The versions of Neo4j and of Graph Data Science; None where the server lacks it."""
    version = str(transaction.run(_QUERIES["version"]).single(strict=True)["version"])
    if not transaction.run(_QUERIES["has_gds"]).values():
        return version, None
    return version, str(transaction.run(_QUERIES["gds_version"]).single(strict=True)["version"])


def _by_kind(ids: Iterable[NodeId]) -> dict[NodeKind, list[str]]:
    keys: dict[NodeKind, list[str]] = defaultdict(list)
    for node in ids:
        keys[node.kind].append(node.key)
    return keys
