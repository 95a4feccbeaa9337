"""Makes Neo4j equal to a batch, in one transaction."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from creatorgraph.graph.batch import GraphBatch
from creatorgraph.graph.element import Edge, EdgeKind, Node, NodeKind
from creatorgraph.graph.neo4j.connection import Neo4jConnection
from creatorgraph.graph.neo4j.label import KINDS, with_edge, with_label
from creatorgraph.graph.query import load_queries

if TYPE_CHECKING:
    from neo4j import ManagedTransaction

T = TypeVar("T")
_QUERIES = load_queries(Path(__file__).with_name("write.cypher"))
ROWS_AT_ONCE = 10_000


def prepare_schema(connection: Neo4jConnection) -> None:
    """Constraints and indexes, each made only where it is missing, and ready at the end."""
    for kind in NodeKind:
        connection.execute(with_label(_QUERIES["constraint"], kind))
    for name in ("turn_constraint", "profile_platform_index", "accepted_index", "await_indexes"):
        connection.execute(_QUERIES[name])


def clear_all(connection: Neo4jConnection) -> None:
    """Deletes every node of ours in transactions of bounded size."""
    connection.execute(_QUERIES["clear"])


def write_batch(transaction: "ManagedTransaction", batch: GraphBatch) -> None:
    """Cuts the named nodes loose, then writes nodes and edges as the batch has them, then drops what nobody holds.

    Writers take turns by the lock on one node: two at once could each create the same edge.
    """
    transaction.run(_QUERIES["take_turn"]).consume()
    touched: dict[NodeKind, set[str]] = defaultdict(set)
    touched[NodeKind.CREATOR].update(batch.creator_ids)
    for kind, named in ((NodeKind.PROFILE, batch.profile_ids), (NodeKind.CREATOR, batch.creator_ids)):
        for keys in _chunks(named):
            for label, key in transaction.run(with_label(_QUERIES["detach"], kind), keys=keys).values():
                touched[KINDS[label]].add(key)
    gone = set(batch.profile_ids).difference(node.id.key for node in batch.profiles)
    _run_keys(transaction, "delete", NodeKind.PROFILE, gone)
    for nodes in (batch.profiles, batch.identifiers, batch.creators):
        _merge_nodes(transaction, nodes)
        for node in nodes:
            touched[node.id.kind].discard(node.id.key)
    _create_edges(transaction, batch.edges)
    for kind in (NodeKind.IDENTIFIER, NodeKind.CREATOR):
        _run_keys(transaction, "delete_lonely", kind, touched[kind])


def _merge_nodes(transaction: "ManagedTransaction", nodes: Sequence[Node]) -> None:
    for chunk in _chunks(nodes):
        transaction.run(
            with_label(_QUERIES["merge_nodes"], chunk[0].id.kind),
            keys=[node.id.key for node in chunk],
            labels=[node.label for node in chunk],
            details=[node.platform or node.identifier_kind for node in chunk],
        ).consume()


def _create_edges(transaction: "ManagedTransaction", edges: Sequence[Edge]) -> None:
    by_kind: dict[EdgeKind, list[Edge]] = defaultdict(list)
    for edge in edges:
        by_kind[edge.kind].append(edge)
    for kind, group in sorted(by_kind.items()):
        name = {EdgeKind.LINKED: "create_links", EdgeKind.SIMILAR_TO: "create_similarities"}.get(kind, "create_facts")
        for chunk in _chunks(group):
            columns: dict[str, list[object]] = {
                "sources": [edge.source.key for edge in chunk],
                "targets": [edge.target.key for edge in chunk],
            }
            if name != "create_facts":
                columns["weights"] = [edge.weight for edge in chunk]
            if name == "create_links":
                columns["match_weights"] = [edge.match_weight for edge in chunk]
                columns["accepted"] = [edge.accepted for edge in chunk]
            transaction.run(with_edge(_QUERIES[name], kind), columns).consume()


def _run_keys(transaction: "ManagedTransaction", name: str, kind: NodeKind, keys: Collection[str]) -> None:
    for chunk in _chunks(sorted(keys)):
        transaction.run(with_label(_QUERIES[name], kind), keys=chunk).consume()


def _chunks(items: Iterable[T]) -> Iterator[list[T]]:
    iterator = iter(items)
    while chunk := list(islice(iterator, ROWS_AT_ONCE)):
        yield chunk
