"""From weights of pairs to clusters: components of accepted links, refined inside."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from creatorgraph.resolution.clustering.community import communities
from creatorgraph.resolution.clustering.constraint import Constraints
from creatorgraph.resolution.clustering.contraction import contract
from creatorgraph.resolution.feature.incidence import Indices

Weights = NDArray[np.float64]

_MOST_FOR, _MOST_AGAINST = 20.0, -2.0
"""Bits over and under the threshold at which a link's say ends: no single link outweighs many."""
FORGOTTEN = -14.0
"""A pair this far under the threshold is as good as an absent link."""
_MUST = 1e9
"""More than all that the pairs of 40,000 profiles together can say against: a decision is never outvoted."""
TOO_LARGE = 2_000
"""Profiles from which a component is cut into communities before it is refined."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clustering:
    """`labels` per profile, numbered by first member; what the components were like before the refinement."""

    labels: Indices
    largest_component: int
    components_split: int


def cluster(
    size: int, left: Indices, right: Indices, over: Weights, constraints: Constraints, *, seed: int
) -> Clustering:
    """`over` is each pair's match weight less the threshold's, in bits; pairs have left < right and occur once."""
    graph = _signed(size, left, right, over, constraints)
    joining = graph.weight > 0
    parts = _components(size, graph.one[joining], graph.other[joining])
    sizes = np.bincount(parts, minlength=1)
    largest = int(sizes.max(initial=0))
    if largest > TOO_LARGE:
        parts = _cut(parts, sizes, graph, seed)
    inside = parts[graph.one] == parts[graph.other]
    graph = graph.subset(inside)
    labels, split = _refine(size, parts, graph)
    _, first, number = np.unique(labels, return_index=True, return_inverse=True)
    rank = np.empty(len(first), dtype=np.int64)
    rank[np.argsort(first)] = np.arange(len(first))
    return Clustering(labels=rank[number.reshape(-1)], largest_component=largest, components_split=split)


@dataclass(frozen=True, slots=True)
class _Signed:
    one: Indices
    other: Indices
    weight: Weights

    def subset(self, rows: NDArray[np.bool_]) -> "_Signed":
        return _Signed(self.one[rows], self.other[rows], self.weight[rows])


def _signed(size: int, left: Indices, right: Indices, over: Weights, constraints: Constraints) -> _Signed:
    """Every pair once, with its signed weight; decisions replace what the model says, never-links last."""
    near = over > FORGOTTEN
    codes = [left[near] * size + right[near]]
    weights = [np.clip(over[near], _MOST_AGAINST, _MOST_FOR)]
    for pairs, decided in ((constraints.must, _MUST), (constraints.never, -np.inf)):
        codes.append(pairs[:, 0] * size + pairs[:, 1])
        weights.append(np.full(len(pairs), decided))
    code, weight = np.concatenate(codes), np.concatenate(weights)
    # of one pair's entries the last counts
    distinct, last = np.unique(code[::-1], return_index=True)
    weight = weight[::-1][last]
    return _Signed(distinct // max(size, 1), distinct % max(size, 1), weight)


def _components(size: int, one: Indices, other: Indices) -> Indices:
    graph = sparse.csr_matrix((np.ones(len(one), dtype=np.int8), (one, other)), shape=(size, size))
    labels: Indices = connected_components(graph, directed=False)[1].astype(np.int64)
    return labels


def _cut(parts: Indices, sizes: Indices, graph: _Signed, seed: int) -> Indices:
    """Huge components become Leiden communities; must-links across them hold the communities together."""
    parts = parts.copy()
    following = int(parts.max()) + 1
    for huge in np.flatnonzero(sizes > TOO_LARGE):
        rows = np.flatnonzero(parts == huge)
        inside = graph.subset((parts[graph.one] == huge) & (graph.weight > 0))
        # a decision must not outweigh the whole graph here: what it holds together is merged below
        weight = np.minimum(inside.weight, _MOST_FOR)
        one, other = np.searchsorted(rows, inside.one), np.searchsorted(rows, inside.other)
        found = communities(len(rows), one, other, weight, seed)
        parts[rows] = following + found
        following += int(found.max()) + 1
    must = graph.weight == _MUST
    merged = _components(following, parts[graph.one[must]], parts[graph.other[must]])
    return merged[parts]


def _refine(size: int, parts: Indices, graph: _Signed) -> tuple[Indices, int]:
    """Contraction inside each part; parts whose members all agree pass unlooked at."""
    sizes = np.bincount(parts, minlength=1)
    part = parts[graph.one]
    agreeing = np.bincount(part[graph.weight > 0], minlength=len(sizes))
    unsure = (sizes > 1) & (agreeing < sizes * (sizes - 1) // 2)
    labels = parts.copy()
    order = np.argsort(part, kind="stable")
    rows_by_part = np.argsort(parts, kind="stable")
    begins = np.searchsorted(part[order], np.arange(len(sizes)))
    ends = np.searchsorted(part[order], np.arange(len(sizes)), side="right")
    row_ends = np.cumsum(sizes)
    following, split = len(sizes), 0
    for index in np.flatnonzero(unsure):
        nodes = rows_by_part[row_ends[index] - sizes[index] : row_ends[index]]
        edges = order[begins[index] : ends[index]]
        found = contract(
            nodes.tolist(),
            zip(graph.one[edges].tolist(), graph.other[edges].tolist(), graph.weight[edges].tolist(), strict=True),
        )
        split += len(found) > 1
        for members in found[1:]:
            labels[members] = following
            following += 1
    return labels, split
