"""Algorithms of Graph Data Science, on a projection that lives only as long as the question."""

import secrets
from collections import defaultdict
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from creatorgraph.domain.error import CapabilityError
from creatorgraph.graph.analysis import Community, CommunityConfig, Component, ComponentConfig
from creatorgraph.graph.element import EdgeKind, NodeId
from creatorgraph.graph.neo4j.connection import Neo4jConnection
from creatorgraph.graph.neo4j.extra import require_extra
from creatorgraph.graph.neo4j.label import KINDS
from creatorgraph.graph.neo4j.reader import read_versions
from creatorgraph.graph.query import load_queries

if TYPE_CHECKING:
    from graphdatascience import Graph, GraphDataScience

_QUERIES = load_queries(Path(__file__).with_name("analysis.cypher"))
ROWS_AT_ONCE = 50_000


def find_components(connection: Neo4jConnection, config: ComponentConfig) -> tuple[Component, ...]:
    with _projected(connection, config.kinds, config.minimum_weight) as projected:
        if projected is None:
            return ()
        gds, graph = projected
        groups = _groups(connection, gds.wcc.stream(graph, log_progress=False), "componentId", config.minimum_size)
    return tuple(Component(members=group) for group in groups)


def find_communities(connection: Neo4jConnection, config: CommunityConfig) -> tuple[Community, ...]:
    with _projected(connection, config.kinds, config.minimum_weight) as projected:
        if projected is None:
            return ()
        gds, graph = projected
        # Leiden repeats itself for a seed on one thread only
        found = gds.leiden.stream(
            graph,
            relationship_weight_property="weight",
            random_seed=config.seed,
            gamma=config.resolution,
            concurrency=1,
            log_progress=False,
        )
        groups = _groups(connection, found, "communityId", config.minimum_size)
    return tuple(Community(members=group) for group in groups)


@contextmanager
def _projected(
    connection: Neo4jConnection, kinds: Collection[EdgeKind], minimum_weight: float
) -> Iterator["tuple[GraphDataScience, Graph] | None"]:
    """The chosen edges in memory, undirected and weighted, dropped at the end whatever happens; None where there are none."""
    require_extra("neo4j", "graphdatascience")
    from graphdatascience import GraphDataScience

    if connection.read(read_versions)[1] is None:
        raise CapabilityError(
            "this Neo4j lacks Graph Data Science",
            mend="Install its plugin there, or use the embedded engine (CREATORGRAPH_GRAPH=embedded).",
        )
    parameters = {"kinds": [kind.value for kind in kinds], "minimum_weight": minimum_weight}
    if not connection.read(lambda transaction: _count(transaction.run(_QUERIES["count"], parameters).value())):
        yield None
        return
    name = f"creatorgraph-{secrets.token_hex(8)}"
    with connection.driver() as (driver, database):
        # the driver is ours and stays open
        gds = GraphDataScience(driver, database=database, arrow=False, show_progress=False)
        try:
            graph, _ = gds.graph.project.cypher(_QUERIES["project"], name=name, **parameters)
            yield gds, graph
        finally:
            gds.graph.drop(name, fail_if_missing=False)


def _groups(connection: Neo4jConnection, found: Any, label: str, minimum_size: int) -> list[tuple[NodeId, ...]]:
    """The nodes of each label in the data frame `found`, sorted inside; largest first, then by the first member."""
    large = found[found.groupby(label)[label].transform("size") >= minimum_size]
    numbers = large["nodeId"].tolist()
    keys: dict[int, NodeId] = {}
    for start in range(0, len(numbers), ROWS_AT_ONCE):
        part = numbers[start : start + ROWS_AT_ONCE]
        rows = connection.read(lambda t, part=part: t.run(_QUERIES["keys"], numbers=part).values())  # type: ignore[misc]
        keys.update((number, NodeId(KINDS[kind], key)) for number, kind, key in rows)
    members: dict[int, list[NodeId]] = defaultdict(list)
    for number, group in zip(numbers, large[label].tolist(), strict=True):
        members[group].append(keys[number])
    return sorted((tuple(sorted(group)) for group in members.values()), key=lambda group: (-len(group), group[0]))


def _count(values: list[int]) -> int:
    return values[0]
