"""Walks over a graph that is asked layer by layer: one walk for every engine, so that their answers are equal."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Protocol

from creatorgraph.domain.error import InvalidInputError, NotFoundError
from creatorgraph.graph.element import Edge, EdgeKind, Neighbourhood, Node, NodeId, Path
from creatorgraph.graph.port import MAX_DEPTH, MAX_LIMIT

if TYPE_CHECKING:
    import networkx as nx  # late: the API starts without it

MAX_EDGES = 50_000
"""A search for paths stops growing here: what is found by then is answered."""


class GraphReader(Protocol):
    """What a walk asks of an engine: one round trip each, whatever the number of nodes."""

    def nodes(self, ids: Iterable[NodeId]) -> Mapping[NodeId, Node]:
        """Those of `ids` that exist."""

    def incident(
        self, ids: Sequence[NodeId], kinds: Collection[EdgeKind], fan_out: int
    ) -> Mapping[NodeId, Sequence[Edge]]:
        """The edges of `kinds` that touch each node, sorted, at most the first `fan_out` of each."""


def walk_neighbourhood(
    reader: GraphReader, centre: NodeId, *, depth: int, kinds: Collection[EdgeKind] | None, limit: int
) -> Neighbourhood:
    """The nodes within `depth` edges of `centre`; see the port."""
    _check("depth", depth, MAX_DEPTH)
    _check("limit", limit, MAX_LIMIT)
    _require(reader, (centre,))
    order, frontier, edges, truncated = [centre], [centre], dict[tuple[EdgeKind, NodeId, NodeId], Edge](), False
    seen = {centre}
    for _ in range(depth):
        reached: set[NodeId] = set()
        for node, own in _layer(reader, frontier, kinds, limit):
            truncated |= len(own) > limit
            for edge in own[:limit]:
                edges[edge.sort_key] = edge
                reached.add(edge.other_end(node))
        frontier = sorted(reached - seen)
        room = limit - len(order)
        truncated |= len(frontier) > room
        del frontier[room:]
        order += frontier
        seen.update(frontier)
        if not frontier:
            break
    nodes = reader.nodes(order)
    # a node can vanish between two round trips
    present = [nodes[node] for node in order if node in nodes]
    return Neighbourhood(
        centre=centre,
        nodes=tuple(present),
        edges=tuple(e for _, e in sorted(edges.items()) if e.source in nodes and e.target in nodes),
        truncated=truncated,
    )


def walk_paths(
    reader: GraphReader,
    start: NodeId,
    end: NodeId,
    *,
    max_depth: int,
    limit: int,
    kinds: Collection[EdgeKind] | None,
) -> tuple[Path, ...]:
    """The shortest ways between two nodes; see the port.

    Both balls together, of half the depth each, hold every way of at most the depth. Among them the ways come by Yen's
    method (networkx).
    """
    import networkx as nx  # late: the API starts without it

    _check("max_depth", max_depth, MAX_DEPTH)
    _check("limit", limit, MAX_LIMIT)
    if start == end:
        raise InvalidInputError("start and end are one node", where="end", mend="Name two different nodes.")
    _require(reader, (start, end))
    edges: dict[tuple[EdgeKind, NodeId, NodeId], Edge] = {}
    _grow(reader, start, (max_depth + 1) // 2, kinds, edges)
    _grow(reader, end, max_depth // 2, kinds, edges)
    hops: dict[frozenset[NodeId], Edge] = {}
    graph: nx.Graph[NodeId] = nx.Graph()
    for _, edge in sorted(edges.items()):
        pair = frozenset((edge.source, edge.target))
        if pair not in hops:
            hops[pair] = edge
            graph.add_edge(edge.source, edge.target)
    ways = list(_ways(graph, start, end, max_depth, limit))
    nodes = reader.nodes(sorted({node for way in ways for node in way}))
    return tuple(
        Path(
            nodes=tuple(nodes[node] for node in way),
            edges=tuple(hops[frozenset(pair)] for pair in pairwise(way)),
        )
        for way in sorted(ways, key=lambda way: (len(way), way))
        if all(node in nodes for node in way)
    )


def _grow(
    reader: GraphReader,
    centre: NodeId,
    radius: int,
    kinds: Collection[EdgeKind] | None,
    edges: dict[tuple[EdgeKind, NodeId, NodeId], Edge],
) -> None:
    seen, frontier = {centre}, [centre]
    for _ in range(radius):
        reached: set[NodeId] = set()
        for node, own in _layer(reader, frontier, kinds, MAX_LIMIT):
            for edge in own[:MAX_LIMIT]:
                edges[edge.sort_key] = edge
                reached.add(edge.other_end(node))
        frontier = sorted(reached - seen)
        seen.update(frontier)
        if not frontier or len(edges) > MAX_EDGES:
            return


def _ways(graph: "nx.Graph[NodeId]", start: NodeId, end: NodeId, max_depth: int, limit: int) -> Iterator[list[NodeId]]:
    import networkx as nx  # late: the API starts without it

    if start not in graph or end not in graph or not nx.has_path(graph, start, end):
        return
    for number, way in enumerate(nx.shortest_simple_paths(graph, start, end), start=1):
        if len(way) - 1 > max_depth:
            return
        yield way
        if number == limit:
            return


def _layer(
    reader: GraphReader, frontier: Sequence[NodeId], kinds: Collection[EdgeKind] | None, limit: int
) -> Iterator[tuple[NodeId, Sequence[Edge]]]:
    """Each node of the frontier with its edges; one more than the limit where there are more."""
    incident = reader.incident(frontier, tuple(EdgeKind) if kinds is None else tuple(kinds), limit + 1)
    for node in frontier:
        yield node, incident.get(node, ())


def _require(reader: GraphReader, ids: Sequence[NodeId]) -> None:
    found = reader.nodes(ids)
    for node in ids:
        if node not in found:
            raise NotFoundError(
                f"the graph has no {node.kind.value} {node.key}",
                mend="If it was added just now, the graph follows within seconds; else run `creatorgraph graph rebuild`.",
            )


def _check(name: str, value: int, largest: int) -> None:
    if not 1 <= value <= largest:
        raise InvalidInputError(f"{value} is not in 1 to {largest}", where=name, mend="Choose a number in this range.")
