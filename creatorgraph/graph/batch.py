"""A batch of the graph's state, as PostgreSQL has it."""

from dataclasses import dataclass

from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.profile import ProfileId
from creatorgraph.graph.element import Edge, Node


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphBatch:
    """The full current state of some profiles and creators.

    `profile_ids` and `creator_ids` are the named ones; those without a node here no longer exist. `profiles`, `creators`
    and `identifiers` are the nodes of the named ones and all that their edges touch, save profiles that are not named.
    `edges` are all that touch a named profile or creator, each once (a rebuild may leave an edge to the batch that
    names its other end).
    """

    profile_ids: tuple[ProfileId, ...] = ()
    creator_ids: tuple[CreatorId, ...] = ()
    profiles: tuple[Node, ...] = ()
    creators: tuple[Node, ...] = ()
    identifiers: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()
