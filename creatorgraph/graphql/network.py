"""Pieces of the graph: neighbourhoods and paths."""

from collections.abc import Iterable
from hashlib import sha256
from typing import TYPE_CHECKING, Annotated, Self

import strawberry

from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.identifier import IdentifierKind
from creatorgraph.domain.platform import Platform
from creatorgraph.domain.profile import ProfileId
from creatorgraph.graph import element
from creatorgraph.graph.element import EdgeKind, NodeId, NodeKind
from creatorgraph.graph.port import MAX_DEPTH
from creatorgraph.graphql import node
from creatorgraph.graphql.context import Info
from creatorgraph.graphql.field import resolved
from creatorgraph.graphql.limit import page_size
from creatorgraph.graphql.loader import Walk

if TYPE_CHECKING:
    from creatorgraph.graphql.creator import Creator
    from creatorgraph.graphql.profile import Profile

Depth = Annotated[int, strawberry.argument(description=f"How many edges away: 1 to {MAX_DEPTH}.")]
Kinds = Annotated[list[EdgeKind] | None, strawberry.argument(description="Only over edges of these kinds; null: all.")]
Nodes = Annotated[int, strawberry.argument(description="How many nodes at most: 1 to 100.")]

_field = strawberry.field
_TELLING = frozenset({EdgeKind.LINKED, EdgeKind.SIMILAR_TO})
"""Edges whose weight gives a score away to a steward who decides blind."""


@strawberry.type(description="A node of the graph: a profile, an identifier or a creator.")
class NetworkNode:
    node: strawberry.Private[NodeId]
    id: strawberry.ID = _field(
        description="The global id of a profile or creator; of an identifier an id for its edges."
    )
    kind: NodeKind = _field(description="What it is.")
    label: str = _field(description="What to write beside it; emails and phone numbers are masked.")
    platform: Platform | None = _field(description="The platform of a profile.")
    identifier_kind: IdentifierKind | None = _field(description="The kind of an identifier.")

    @classmethod
    def of(cls, found: element.Node) -> Self:
        return cls(
            node=found.id,
            id=_id(found.id),
            kind=found.id.kind,
            label=found.label,
            platform=found.platform,
            identifier_kind=found.identifier_kind,
        )

    @resolved("The profile, where it is one and is still there.")
    async def profile(self, info: Info) -> Annotated["Profile", strawberry.lazy("creatorgraph.graphql.profile")] | None:
        from creatorgraph.graphql.profile import Profile

        if self.node.kind is not NodeKind.PROFILE:
            return None
        seen = await info.context.loaders.profile.load(ProfileId(self.node.key))
        return Profile.of(seen) if seen else None

    @resolved("The creator, where it is one and still lives.")
    async def creator(self, info: Info) -> Annotated["Creator", strawberry.lazy("creatorgraph.graphql.creator")] | None:
        from creatorgraph.graphql.creator import Creator

        if self.node.kind is not NodeKind.CREATOR:
            return None
        seen = await info.context.loaders.creator.load(CreatorId(self.node.key))
        return Creator.of(seen) if seen else None


@strawberry.type(description="An edge of the graph.")
class NetworkEdge:
    source: strawberry.ID = _field(description="The `id` of the node that it starts from.")
    target: strawberry.ID = _field(description="The `id` of the node that it leads to.")
    kind: EdgeKind = _field(description="What it says.")
    weight: float = _field(description="The probability of LINKED, the cosine of SIMILAR_TO, 1 for plain facts.")
    match_weight: float | None = _field(description="Of LINKED: log2 of the Bayes factor, in bits.")
    accepted: bool | None = _field(description="Of LINKED: whether the link was accepted.")

    @classmethod
    def of(cls, edge: element.Edge) -> Self:
        return cls(
            source=_id(edge.source),
            target=_id(edge.target),
            kind=edge.kind,
            weight=edge.weight,
            match_weight=edge.match_weight,
            accepted=edge.accepted,
        )


@strawberry.type(
    description="What lies around a node: nodes by distance, the centre first, and the edges between them."
)
class NetworkFragment:
    centre: strawberry.ID = _field(description="The `id` of the node in the middle.")
    nodes: list[NetworkNode] = _field(description="The nodes, nearest first.")
    edges: list[NetworkEdge] = _field(description="The edges between these nodes.")
    truncated: bool = _field(description="Whether a limit left something out.")


@strawberry.type(
    description="A way between two nodes, whatever the directions of its edges; edge i joins nodes i and i + 1."
)
class Path:
    length: int = _field(description="The number of edges.")
    nodes: list[NetworkNode] = _field(description="The nodes from one end to the other.")
    edges: list[NetworkEdge] = _field(description="The edges on the way.")

    @classmethod
    def of(cls, path: element.Path) -> Self:
        return cls(length=path.length, nodes=_nodes(path.nodes), edges=_edges(path.edges))


async def fragment(info: Info, centre: NodeId, kinds: list[EdgeKind] | None, depth: int, first: int) -> NetworkFragment:
    """Raises UnavailableError where the graph engine does not answer, InvalidInputError where a number is out of range."""
    wanted = None if kinds is None else frozenset(kinds)
    if info.context.blind:
        wanted = (wanted or frozenset(EdgeKind)) - _TELLING
    walk = Walk(
        centre,
        page_size(depth, most=MAX_DEPTH, where="depth"),
        wanted,
        page_size(first),
    )
    found = await info.context.loaders.neighbourhood.load(walk)
    return NetworkFragment(
        centre=_id(found.centre), nodes=_nodes(found.nodes), edges=_edges(found.edges), truncated=found.truncated
    )


def _nodes(found: Iterable[element.Node]) -> list[NetworkNode]:
    return [NetworkNode.of(each) for each in found]


def _edges(found: Iterable[element.Edge]) -> list[NetworkEdge]:
    return [NetworkEdge.of(each) for each in found]


def _id(found: NodeId) -> strawberry.ID:
    match found.kind:
        case NodeKind.PROFILE:
            return node.global_id(node.PROFILE, found.key)
        case NodeKind.CREATOR:
            return node.global_id(node.CREATOR, found.key)
        case NodeKind.IDENTIFIER:
            # the key of an email is its keyed hash, which stays inside
            return strawberry.ID(f"identifier-{sha256(found.key.encode()).hexdigest()[:24]}")
