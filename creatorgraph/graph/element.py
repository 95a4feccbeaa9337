"""What the graph is made of: nodes, edges, and pieces of it that a traversal gives back."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.identifier import IdentifierKind
from creatorgraph.domain.platform import Platform
from creatorgraph.domain.profile import ProfileId


class NodeKind(StrEnum):
    PROFILE = "profile"
    IDENTIFIER = "identifier"
    """A username, URL, email or phone that at least one profile holds; emails and phones as their hash."""
    CREATOR = "creator"
    """A creator with at least one member profile."""


class EdgeKind(StrEnum):
    HAS_USERNAME = "HAS_USERNAME"
    HAS_URL = "HAS_URL"
    HAS_EMAIL = "HAS_EMAIL"
    HAS_PHONE = "HAS_PHONE"
    SIMILAR_TO = "SIMILAR_TO"
    """Profile to profile; the weight is the cosine of their text vectors. Symmetric: the source is the smaller id."""
    LINKED = "LINKED"
    """Profile to profile; the weight is the match probability. Symmetric: the source is the smaller id."""
    MEMBER_OF = "MEMBER_OF"
    """Profile to creator."""
    MENTIONS = "MENTIONS"
    """Profile to profile: the source names the account of the target, or writes its @handle on the same platform."""


HOLDS = {
    IdentifierKind.USERNAME: EdgeKind.HAS_USERNAME,
    IdentifierKind.URL: EdgeKind.HAS_URL,
    IdentifierKind.EMAIL: EdgeKind.HAS_EMAIL,
    IdentifierKind.PHONE: EdgeKind.HAS_PHONE,
}
"""The identifiers that are nodes, and the edge from a profile that holds one. Other kinds serve resolution alone."""


@dataclass(frozen=True, slots=True, order=True)
class NodeId:
    """A node by its kind and key: the profile's or creator's id, or `kind:value` of an identifier."""

    kind: NodeKind
    key: str

    @classmethod
    def profile(cls, profile_id: ProfileId) -> Self:
        return cls(NodeKind.PROFILE, profile_id)

    @classmethod
    def creator(cls, creator_id: CreatorId) -> Self:
        return cls(NodeKind.CREATOR, creator_id)

    @classmethod
    def identifier(cls, kind: IdentifierKind, value: str) -> Self:
        return cls(NodeKind.IDENTIFIER, f"{kind.value}:{value}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """`label` is what a person may see: username or name, masked contact, the creator's name.

    `platform` is set on profiles, `identifier_kind` on identifiers.
    """

    id: NodeId
    label: str
    platform: Platform | None = None
    identifier_kind: IdentifierKind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """`weight` is in 0-1: the probability of LINKED, the cosine of SIMILAR_TO (which may be below 0), 1 for plain facts.

    `match_weight` (bits) and `accepted` are set on LINKED alone.
    """

    kind: EdgeKind
    source: NodeId
    target: NodeId
    weight: float = 1.0
    match_weight: float | None = None
    accepted: bool | None = None

    @property
    def sort_key(self) -> tuple[EdgeKind, NodeId, NodeId]:
        """At most one edge of a kind leads from one node to another, so this orders edges completely."""
        return self.kind, self.source, self.target

    def other_end(self, node: NodeId) -> NodeId:
        return self.target if node == self.source else self.source


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbourhood:
    """What lies around a node. Nodes by distance, then kind and key, the centre first; edges by kind, source, target.

    The edges are those that touch a node nearer than the depth and have both ends in `nodes`. `truncated` says that a
    limit left something out: the number of nodes, or a hub whose edges are more than the limit.
    """

    centre: NodeId
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    truncated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """A way between two nodes, regardless of the edges' directions; `edges[i]` joins `nodes[i]` and `nodes[i + 1]`.

    Where several edges join two nodes, the one of the first kind in the order of names stands for all.
    """

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]

    @property
    def length(self) -> int:
        return len(self.edges)


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphCounts:
    """Every kind is present, with 0 where there is none."""

    nodes: Mapping[NodeKind, int]
    edges: Mapping[EdgeKind, int]
