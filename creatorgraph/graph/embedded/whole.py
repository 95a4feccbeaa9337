"""The whole graph read from PostgreSQL: edges as arrays for the algorithms, and counts."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from creatorgraph.graph.element import HOLDS, EdgeKind, GraphCounts, NodeId, NodeKind
from creatorgraph.graph.query import load_queries
from creatorgraph.graph.stored import ENDS

if TYPE_CHECKING:
    from scipy import sparse

_QUERIES = load_queries(Path(__file__).with_name("whole.sql"))
_IDENTIFIER_KINDS = {edge: identifier for identifier, edge in HOLDS.items()}
ROWS_AT_ONCE = 50_000


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeGraph:
    """`ids[i]` is the node of row and column i; `adjacency` is directed, parallel edges' weights are added up."""

    ids: list[NodeId]
    adjacency: "sparse.csr_matrix"


def read_whole(connection: sa.Connection, kinds: Collection[EdgeKind], minimum_weight: float) -> WholeGraph:
    """Every edge of `kinds` of at least `minimum_weight`, and the nodes at their ends in sorted order.

    Rows stream from server-side cursors; what is held is one entry per node and three numbers per edge.
    """
    numbers: dict[NodeId, int] = {}
    sources: list[int] = []
    targets: list[int] = []
    weights: list[float] = []
    for kind in sorted(kinds):
        source_kind, target_kind = ENDS[kind]
        for source, target, weight in _stream(connection, kind, minimum_weight):
            if weight >= minimum_weight:
                sources.append(numbers.setdefault(NodeId(source_kind, source), len(numbers)))
                targets.append(numbers.setdefault(NodeId(target_kind, target), len(numbers)))
                weights.append(weight)
    # sorted, so that the answer does not depend on the order in which rows lie on disk
    ids = sorted(numbers)
    place: NDArray[np.int64] = np.empty(len(ids), dtype=np.int64)
    place[[numbers[node] for node in ids]] = np.arange(len(ids))
    from scipy import sparse  # late: the API starts without it

    adjacency = sparse.csr_matrix((weights, (place[sources], place[targets])), shape=(len(ids), len(ids)), dtype=float)
    return WholeGraph(ids=ids, adjacency=adjacency)


def count_whole(connection: sa.Connection) -> GraphCounts:
    nodes = connection.execute(sa.text(_QUERIES["node_counts"])).one()._mapping
    edges = {}
    for kind in EdgeKind:
        query, parameters = _query(kind, -1.0)
        counted = sa.text(f"SELECT count(*) FROM ({query}) edge")  # noqa: S608 - the text is a file of ours
        edges[kind] = int(connection.scalar(counted, parameters) or 0)
    return GraphCounts(nodes={kind: int(nodes[kind.value]) for kind in NodeKind}, edges=edges)


def members_by_label(whole: WholeGraph, labels: NDArray[np.int64], minimum_size: int) -> list[tuple[NodeId, ...]]:
    """The nodes of each label with at least `minimum_size`, sorted inside; largest first, then by the first member."""
    order = np.argsort(labels, kind="stable")
    borders = np.flatnonzero(np.diff(labels[order])) + 1
    groups = (tuple(whole.ids[i] for i in part) for part in np.split(order, borders) if len(part) >= minimum_size)
    return sorted(groups, key=lambda group: (-len(group), group[0]))


def _stream(connection: sa.Connection, kind: EdgeKind, minimum_weight: float) -> Iterator[tuple[str, str, float]]:
    query, parameters = _query(kind, minimum_weight)
    result = connection.execution_options(yield_per=ROWS_AT_ONCE).execute(sa.text(query), parameters)
    for row in result:
        yield row.source_key, row.target_key, row.weight


def _query(kind: EdgeKind, minimum_weight: float) -> tuple[str, dict[str, object]]:
    if kind in _IDENTIFIER_KINDS:
        return _QUERIES["has"], {"identifier_kind": _IDENTIFIER_KINDS[kind].value}
    weighted = kind in (EdgeKind.LINKED, EdgeKind.SIMILAR_TO)
    return _QUERIES[kind.value.lower()], {"minimum_weight": minimum_weight} if weighted else {}
