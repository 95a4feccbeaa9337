"""How a creator hangs together: its weakest link, its bridges, and what each decision would move."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log
from typing import TYPE_CHECKING, cast

from creatorgraph.domain.link import Link
from creatorgraph.domain.profile import ProfileId
from creatorgraph.store.read.link import Pair

if TYPE_CHECKING:
    import networkx as nx  # late: the API starts without it

_TINY = 1e-12
"""Keeps the logarithm of a probability of 0 finite."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cohesion:
    """Seen over the accepted links between members.

    `weakest` is the weakest link of the maximum spanning tree: the best set of links that holds all members together is
    as strong as this one. `confidence` is its probability, 1 for a creator of one profile, None where the accepted links
    do not join all members (a rule or a person did). `bridges` are links without which the creator falls apart, the
    weakest first. `density` is the share of member pairs with an accepted link (1 for one profile).
    """

    weakest: Pair | None
    confidence: float | None
    bridges: tuple[Pair, ...]
    density: float
    connected: bool


def cohesion(members: Collection[ProfileId], links: Iterable[Link]) -> Cohesion:
    """`links` are those between the members; the ones that are not accepted do not count."""
    import networkx as nx  # late: the API starts without it

    graph = _graph(members, links)
    pairs = len(members) * (len(members) - 1) / 2
    connected = len(members) < 2 or nx.is_connected(graph)
    tree = sorted(
        (data["probability"], *_ordered(a, b)) for a, b, data in nx.maximum_spanning_edges(graph, weight="probability")
    )
    # the stubs say that bridges are nodes
    bridges = sorted(
        (graph.edges[a, b]["probability"], *_ordered(a, b)) for a, b in cast(list[Pair], list(nx.bridges(graph)))
    )
    return Cohesion(
        weakest=(tree[0][1], tree[0][2]) if tree else None,
        confidence=None if not connected else tree[0][0] if tree else 1.0,
        bridges=tuple((a, b) for _, a, b in bridges),
        density=graph.number_of_edges() / pairs if pairs else 1.0,
        connected=connected,
    )


def chain(start: ProfileId, end: ProfileId, links: Iterable[Link]) -> tuple[Pair, ...]:
    """The most probable chain of accepted links from one profile to another (the largest product); empty without one."""
    import networkx as nx  # late: the API starts without it

    graph = _graph((start, end), links)
    for _, _, data in graph.edges(data=True):
        data["cost"] = -log(max(data["probability"], _TINY))
    if not nx.has_path(graph, start, end):
        return ()
    path: Sequence[ProfileId] = nx.shortest_path(graph, start, end, weight="cost")
    return tuple(_ordered(a, b) for a, b in pairwise(path))


def moved_part(pair: Pair, members: Collection[ProfileId], links: Iterable[Link]) -> frozenset[ProfileId]:
    """The members that part when the two of `pair` do: the smaller side once their own link is gone.

    Where other links still join the two, the decision moves one profile at least; which one is not decided by links, so
    it is the right one.
    """
    import networkx as nx  # late: the API starts without it

    graph = _graph(members, links)
    left, right = pair
    if graph.has_edge(left, right):
        graph.remove_edge(left, right)
    sides = [frozenset(nx.node_connected_component(graph, end)) for end in pair]
    if sides[0] == sides[1]:
        return frozenset({right})
    return min(sides, key=lambda side: (len(side), sorted(side)))


def _graph(members: Iterable[ProfileId], links: Iterable[Link]) -> "nx.Graph[ProfileId]":
    import networkx as nx  # late: the API starts without it

    graph: nx.Graph[ProfileId] = nx.Graph()
    graph.add_nodes_from(sorted(members))
    graph.add_edges_from((link.left, link.right, {"probability": link.probability}) for link in links if link.accepted)
    return graph


def _ordered(one: ProfileId, other: ProfileId) -> Pair:
    return (one, other) if one < other else (other, one)
