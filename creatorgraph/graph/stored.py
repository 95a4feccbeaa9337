"""Nodes and edges read from the store's tables: what the embedded engine answers with, and what others are fed from."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa

from creatorgraph.domain.identifier import IdentifierKind
from creatorgraph.domain.platform import Platform
from creatorgraph.graph.element import Edge, EdgeKind, Node, NodeId, NodeKind
from creatorgraph.graph.query import load_queries

_EDGES = load_queries(Path(__file__).with_name("edge.sql"))
_NODES = load_queries(Path(__file__).with_name("node.sql"))

ENDS = {
    EdgeKind.HAS_USERNAME: (NodeKind.PROFILE, NodeKind.IDENTIFIER),
    EdgeKind.HAS_URL: (NodeKind.PROFILE, NodeKind.IDENTIFIER),
    EdgeKind.HAS_EMAIL: (NodeKind.PROFILE, NodeKind.IDENTIFIER),
    EdgeKind.HAS_PHONE: (NodeKind.PROFILE, NodeKind.IDENTIFIER),
    EdgeKind.SIMILAR_TO: (NodeKind.PROFILE, NodeKind.PROFILE),
    EdgeKind.LINKED: (NodeKind.PROFILE, NodeKind.PROFILE),
    EdgeKind.MEMBER_OF: (NodeKind.PROFILE, NodeKind.CREATOR),
    EdgeKind.MENTIONS: (NodeKind.PROFILE, NodeKind.PROFILE),
}
"""The kinds of node that an edge leads from and to."""


def read_nodes(connection: sa.Connection, ids: Iterable[NodeId]) -> dict[NodeId, Node]:
    """Those of `ids` that are nodes; one statement per kind of node that is asked for."""
    found: dict[NodeId, Node] = {}
    for kind, keys in _by_kind(ids).items():
        rows = connection.execute(sa.text(_NODES[f"{kind.value}s"]), {"keys": keys})
        found.update((node.id, node) for node in (to_node(kind, *row) for row in rows))
    return found


def read_incident(
    connection: sa.Connection, ids: Sequence[NodeId], kinds: Collection[EdgeKind], fan_out: int | None
) -> Mapping[NodeId, list[Edge]]:
    """The edges of `kinds` that touch each of `ids`: the first `fan_out` of each, sorted; or all, in no order, for None."""
    incident: dict[NodeId, list[Edge]] = defaultdict(list)
    for kind, keys in _by_kind(ids).items():
        rows = connection.execute(
            sa.text(_EDGES[f"of_{kind.value}s"]), {"keys": keys, "kinds": [k.value for k in kinds], "fan_out": fan_out}
        )
        for node, *edge in rows:
            incident[NodeId(kind, node)].append(to_edge(*edge))
    if fan_out is not None:
        for edges in incident.values():
            edges.sort(key=_sort_key)
            del edges[fan_out:]
    return incident


def read_profile_ids_after(connection: sa.Connection, last: str, batch_size: int) -> list[str]:
    """The next `batch_size` profile ids, in order."""
    return list(
        connection.scalars(sa.text(_NODES["profile_ids_after"]), {"last": last, "batch_size": batch_size}).all()
    )


def to_node(kind: NodeKind, key: str, label: str, detail: str | None) -> Node:
    return Node(
        id=NodeId(kind, key),
        label=label,
        platform=Platform(detail) if detail and kind is NodeKind.PROFILE else None,
        identifier_kind=IdentifierKind(detail) if detail and kind is NodeKind.IDENTIFIER else None,
    )


def to_edge(
    kind: str, source: str, target: str, weight: float, match_weight: float | None, accepted: bool | None
) -> Edge:
    """An edge from a row; the ends' kinds follow from the edge's."""
    edge_kind = EdgeKind(kind)
    source_kind, target_kind = ENDS[edge_kind]
    return Edge(
        kind=edge_kind,
        source=NodeId(source_kind, source),
        target=NodeId(target_kind, target),
        weight=weight,
        match_weight=match_weight,
        accepted=accepted,
    )


def _by_kind(ids: Iterable[NodeId]) -> dict[NodeKind, list[str]]:
    keys: dict[NodeKind, list[str]] = defaultdict(list)
    for node in ids:
        if _can_be_stored(node):
            keys[node.kind].append(node.key)
    return keys


def _can_be_stored(node: NodeId) -> bool:
    """PostgreSQL refuses to compare with a NUL byte or a malformed UUID; no node has such a key."""
    if node.kind is not NodeKind.CREATOR:
        return "\0" not in node.key
    try:
        return str(UUID(node.key)) == node.key
    except ValueError:
        return False


def _sort_key(edge: Edge) -> tuple[EdgeKind, NodeId, NodeId]:
    return edge.sort_key
