"""The graph port: what every engine answers, in the words of the domain."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.profile import ProfileId
from creatorgraph.graph.analysis import Community, CommunityConfig, Component, ComponentConfig
from creatorgraph.graph.batch import GraphBatch
from creatorgraph.graph.element import EdgeKind, GraphCounts, Neighbourhood, NodeId, Path

MAX_DEPTH = 6
MAX_LIMIT = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineHealth:
    """Whether the engine answers. `version` is "" where it does not; `detail` then says why and what mends it."""

    engine: str
    version: str
    reachable: bool
    detail: str


class Graph(Protocol):
    """Profiles, identifiers, creators and what ties them.

    Every method but `health` and `close` raises UnavailableError when the engine does not answer. Safe to use from
    several threads. Answers are ordered and equal on every engine for the same data, except where two partitions by
    `communities` are equally good.
    """

    @property
    def engine(self) -> str:
        """`embedded` or `neo4j`."""

    @property
    def projected(self) -> bool:
        """Whether it holds a copy of PostgreSQL that `refresh` keeps; False: it reads the truth itself."""

    def health(self) -> EngineHealth:
        """Asks the engine; never raises because it is down."""

    def prepare(self) -> None:
        """Makes constraints and indexes; does nothing where they exist."""

    def refresh(self, batch: GraphBatch) -> None:
        """Makes the graph equal to the batch for what it names, removals included. Twice is the same as once."""

    def clear(self) -> None:
        """Empties the projection; what PostgreSQL holds is never touched."""

    def counts(self) -> GraphCounts: ...

    def neighbourhood(
        self, profile_id: ProfileId, *, depth: int = 1, kinds: Collection[EdgeKind] | None = None, limit: int = 200
    ) -> Neighbourhood:
        """What lies within `depth` edges (1 to MAX_DEPTH) of a profile, over edges of `kinds` (None: all) in any direction.

        At most `limit` nodes (1 to MAX_LIMIT), and at most `limit` edges of one node are followed.

        Raises:
            NotFoundError: the graph has no such profile.
            InvalidInputError: depth or limit is out of range.
        """

    def creator_neighbourhood(
        self, creator_id: CreatorId, *, depth: int = 1, kinds: Collection[EdgeKind] | None = None, limit: int = 200
    ) -> Neighbourhood:
        """As `neighbourhood`, around a creator."""

    def paths(
        self,
        start: NodeId,
        end: NodeId,
        *,
        max_depth: int = 4,
        limit: int = 5,
        kinds: Collection[EdgeKind] | None = None,
    ) -> tuple[Path, ...]:
        """At most `limit` ways of at most `max_depth` edges (1 to MAX_DEPTH), shortest first; none visits a node twice.

        Ways through a hub with more than MAX_LIMIT edges may be missed.

        Raises:
            NotFoundError: the graph lacks one of the two.
            InvalidInputError: start and end are one node, or depth or limit is out of range.
        """

    def components(self, config: ComponentConfig) -> tuple[Component, ...]:
        """Largest first, then by the first member."""

    def communities(self, config: CommunityConfig) -> tuple[Community, ...]:
        """Largest first, then by the first member."""

    def close(self) -> None: ...
