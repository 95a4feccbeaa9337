"""Distributed components give the components, in the rounds that are counted."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from benchmarks.scaling.component import components_of, propagate, stars

SIZE = 30
edges = st.lists(st.tuples(st.integers(0, SIZE - 1), st.integers(0, SIZE - 1)), max_size=60)


def ends(pairs: list[tuple[int, int]]) -> tuple[np.ndarray, np.ndarray]:
    both = np.asarray(pairs, dtype=np.int64).reshape(-1, 2)
    return both[:, 0], both[:, 1]


def path(length: int) -> list[tuple[int, int]]:
    return [(place, place + 1) for place in range(length - 1)]


@given(pairs=edges)
def test_both_ways_label_every_node_with_the_smallest_of_its_component(pairs: list[tuple[int, int]]) -> None:
    one, other = ends(pairs)
    graph = sparse.coo_matrix((np.ones(len(one)), (one, other)), shape=(SIZE, SIZE))
    _, number = connected_components(graph, directed=False)
    smallest = [int(np.flatnonzero(number == of)[0]) for of in number]
    assert propagate(SIZE, one, other)[0].tolist() == smallest
    assert stars(SIZE, one, other)[0].tolist() == smallest


def test_a_path_takes_label_propagation_its_length_and_stars_its_logarithm() -> None:
    one, other = ends(path(1_000))
    assert propagate(1_000, one, other)[1] == 1_000
    assert stars(1_000, one, other)[1] <= 12


def test_sizes() -> None:
    found = components_of(9, *ends([(0, 1), (1, 2), (4, 5)]))
    assert (found.edges, found.components, found.largest) == (3, 2, 3)


def test_no_edges() -> None:
    found = components_of(3, *ends([]))
    assert (found.edges, found.components, found.largest) == (0, 0, 1)
    assert (found.propagation_rounds, found.star_rounds) == (1, 1)
