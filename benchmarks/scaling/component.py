"""Connected components as a cluster of machines would find them: how many rounds, and what sizes come out.

A round costs a shuffle of every edge, so rounds, not operations, are what a distributed run pays for.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components

Indices = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Components:
    """Of a graph: edges, components of two or more, the size of the largest, and rounds until nothing changes (the one
    that finds this out included)."""

    edges: int
    components: int
    largest: int
    propagation_rounds: int
    star_rounds: int


def components_of(size: int, one: Indices, other: Indices) -> Components:
    """Nodes are numbered from 0 to `size`; `one[i]` and `other[i]` are the ends of an edge."""
    edges = sparse.coo_matrix((np.ones(len(one), dtype=np.int8), (one, other)), shape=(size, size))
    labels = connected_components(edges, directed=False)[1]
    sizes = np.bincount(labels, minlength=1)
    return Components(
        edges=len(one),
        components=int((sizes > 1).sum()),
        largest=int(sizes.max(initial=0)),
        propagation_rounds=propagate(size, one, other)[1],
        star_rounds=stars(size, one, other)[1],
    )


def propagate(size: int, one: Indices, other: Indices) -> tuple[Indices, int]:
    """Labels and rounds where every node takes the smallest label among itself and its neighbours, until none does."""
    labels, rounds = np.arange(size, dtype=np.int64), 0
    while True:
        fresh, rounds = labels.copy(), rounds + 1
        np.minimum.at(fresh, one, labels[other])
        np.minimum.at(fresh, other, labels[one])
        if np.array_equal(fresh, labels):
            return labels, rounds
        labels = fresh


def stars(size: int, one: Indices, other: Indices) -> tuple[Indices, int]:
    """Labels and rounds of alternating large-star and small-star, one of each a round.

    Kiveris et al., Connected Components in MapReduce and Beyond, SoCC 2014 (doi 10.1145/2670979.2670997); what GraphFrames
    runs as `two_phase`.
    """
    edges, rounds = _codes(size, one, other), 0
    while True:
        after, rounds = _small_star(size, _large_star(size, edges)), rounds + 1
        if np.array_equal(after, edges):
            labels = np.arange(size, dtype=np.int64)
            labels[edges // max(size, 1)] = edges % max(size, 1)
            return labels, rounds
        edges = after


def _codes(size: int, one: Indices, other: Indices) -> Indices:
    """Each edge once, as larger * size + smaller; without loops."""
    apart = one != other
    return np.unique(np.maximum(one, other)[apart] * size + np.minimum(one, other)[apart])


def _large_star(size: int, edges: Indices) -> Indices:
    """Every node ties its larger neighbours to the smallest of itself and its neighbours."""
    larger, smaller = edges // max(size, 1), edges % max(size, 1)
    least = np.arange(size, dtype=np.int64)
    np.minimum.at(least, larger, smaller)
    # of a node's neighbours the larger ones are those to which it is the smaller end
    return _codes(size, larger, least[smaller])


def _small_star(size: int, edges: Indices) -> Indices:
    """Every node ties its smaller neighbours, and itself, to the smallest of them."""
    larger, smaller = edges // max(size, 1), edges % max(size, 1)
    least = np.arange(size, dtype=np.int64)
    np.minimum.at(least, larger, smaller)
    tied = np.unique(larger)
    return _codes(size, np.concatenate([smaller, tied]), np.concatenate([least[larger], least[tied]]))
