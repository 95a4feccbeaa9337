"""PostgreSQL's state as batches for a graph: of what changed, or of everything."""

from collections.abc import Iterable, Iterator, Sequence

import sqlalchemy as sa

from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.profile import ProfileId
from creatorgraph.graph.batch import GraphBatch
from creatorgraph.graph.element import Edge, EdgeKind, Node, NodeId, NodeKind
from creatorgraph.graph.stored import read_incident, read_nodes, read_profile_ids_after


def read_batch(
    connection: sa.Connection, profile_ids: Sequence[ProfileId], creator_ids: Sequence[CreatorId] = ()
) -> GraphBatch:
    """The full current state of the named profiles and creators; those that no longer exist are named without a node.

    Five statements, whatever the number of ids.
    """
    named = [*map(NodeId.profile, dict.fromkeys(profile_ids)), *map(NodeId.creator, dict.fromkeys(creator_ids))]
    incident = read_incident(connection, named, tuple(EdgeKind), None)
    return _batch(connection, named, (edge for edges in incident.values() for edge in edges))


def read_all(connection: sa.Connection, batch_size: int = 5_000) -> Iterator[GraphBatch]:
    """Everything, in the order of profile ids, with the memory of one batch.

    For one state of all, give a REPEATABLE READ transaction. Each edge comes once, with the batch that names its
    second end.
    """
    last = ""
    while ids := read_profile_ids_after(connection, last, batch_size):
        last = ids[-1]
        named = [NodeId(NodeKind.PROFILE, key) for key in ids]
        incident = read_incident(connection, named, tuple(EdgeKind), None)
        yield _batch(connection, named, _not_beyond(last, (edge for edges in incident.values() for edge in edges)))


def _not_beyond(last: str, edges: Iterable[Edge]) -> Iterator[Edge]:
    for edge in edges:
        if all(end.kind is not NodeKind.PROFILE or end.key <= last for end in (edge.source, edge.target)):
            yield edge


def _batch(connection: sa.Connection, named: Sequence[NodeId], touching: Iterable[Edge]) -> GraphBatch:
    # an edge between two named nodes is read from both of its ends
    edges = {edge.sort_key: edge for edge in touching}
    others = {end for edge in edges.values() for end in (edge.source, edge.target) if end.kind is not NodeKind.PROFILE}
    nodes = read_nodes(connection, others.union(named))
    return GraphBatch(
        profile_ids=tuple(ProfileId(node.key) for node in named if node.kind is NodeKind.PROFILE),
        creator_ids=tuple(CreatorId(node.key) for node in named if node.kind is NodeKind.CREATOR),
        profiles=_of_kind(nodes, NodeKind.PROFILE),
        creators=_of_kind(nodes, NodeKind.CREATOR),
        identifiers=_of_kind(nodes, NodeKind.IDENTIFIER),
        edges=tuple(edges.values()),
    )


def _of_kind(nodes: dict[NodeId, Node], kind: NodeKind) -> tuple[Node, ...]:
    return tuple(sorted((n for n in nodes.values() if n.id.kind is kind), key=lambda node: node.id.key))
