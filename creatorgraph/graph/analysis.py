"""Questions about the whole graph, and their answers."""

from dataclasses import dataclass

from creatorgraph.domain.error import InvalidInputError
from creatorgraph.graph.element import EdgeKind, NodeId


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentConfig:
    """Weakly connected components over the edges of `kinds` whose weight is at least `minimum_weight`.

    Components with fewer than `minimum_size` nodes are left out; nodes without such an edge count as size 1 and are
    never listed.
    """

    kinds: frozenset[EdgeKind] = frozenset({EdgeKind.LINKED})
    minimum_weight: float = 0.5
    minimum_size: int = 2

    def __post_init__(self) -> None:
        _check(self.kinds, self.minimum_size)


@dataclass(frozen=True, slots=True, kw_only=True)
class CommunityConfig:
    """Communities of high modularity, each connected, over edges taken as weighted and undirected.

    Neo4j uses Leiden (Traag, Waltman, van Eck 2019), the embedded engine Louvain (Blondel et al. 2008) with each
    community split into its connected parts.

    A higher `resolution` gives smaller communities. The same data and `seed` give the same answer on one engine; two
    engines may differ in nodes that lie between communities.
    """

    kinds: frozenset[EdgeKind] = frozenset({EdgeKind.LINKED, EdgeKind.MENTIONS, EdgeKind.SIMILAR_TO})
    minimum_weight: float = 0.5
    minimum_size: int = 2
    resolution: float = 1.0
    seed: int = 1

    def __post_init__(self) -> None:
        _check(self.kinds, self.minimum_size)
        if not self.resolution > 0:
            raise InvalidInputError("the resolution must be above 0", where="resolution", mend="Use 1 where unsure.")
        if self.minimum_weight <= 0:
            raise InvalidInputError(
                "modularity needs weights above 0", where="minimum_weight", mend="Use a minimum weight above 0."
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """Nodes that hang together, sorted."""

    members: tuple[NodeId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Community:
    """Nodes that are closer to each other than to the rest, sorted."""

    members: tuple[NodeId, ...]


def _check(kinds: frozenset[EdgeKind], minimum_size: int) -> None:
    if not kinds:
        raise InvalidInputError("no edge kinds are chosen", where="kinds", mend="Name at least one edge kind.")
    if minimum_size < 2:
        raise InvalidInputError("the smallest size is 2", where="minimum_size", mend="Use 2 or more.")
