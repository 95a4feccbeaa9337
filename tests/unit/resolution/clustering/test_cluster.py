import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from creatorgraph.resolution.clustering import cluster as module
from creatorgraph.resolution.clustering.cluster import Clustering, cluster
from creatorgraph.resolution.clustering.constraint import Constraints

SIZE = 8
Pair = tuple[int, int]
pair = st.tuples(st.integers(0, SIZE - 1), st.integers(0, SIZE - 1)).filter(lambda p: p[0] < p[1])
links = st.dictionaries(pair, st.floats(-6, 12, allow_nan=False), max_size=14)
pairs = st.lists(pair, max_size=4, unique=True)


def run(weights: dict[Pair, float], must: list[Pair] | None = None, never: list[Pair] | None = None) -> Clustering:
    left, right = (np.array([p[i] for p in sorted(weights)], dtype=np.int64) for i in (0, 1))
    over = np.array([weights[p] for p in sorted(weights)], dtype=np.float64)
    constraints = Constraints(
        must=np.array(sorted(must or []), dtype=np.int64).reshape(-1, 2),
        never=np.array(sorted(never or []), dtype=np.int64).reshape(-1, 2),
    )
    return cluster(SIZE, left, right, over, constraints, seed=1)


@given(links, pairs, pairs)
def test_a_never_link_always_wins(weights: dict[Pair, float], must: list[Pair], never: list[Pair]) -> None:
    labels = run(weights, must, never).labels
    assert all(labels[a] != labels[b] for a, b in never)


@given(links, pairs)
def test_must_links_hold_where_nothing_forbids_them(weights: dict[Pair, float], must: list[Pair]) -> None:
    labels = run(weights, must).labels
    assert all(labels[a] == labels[b] for a, b in must)


@given(links)
def test_labels_are_numbered_by_first_member(weights: dict[Pair, float]) -> None:
    labels = run(weights).labels.tolist()
    firsts = [labels.index(label) for label in sorted(set(labels))]
    assert sorted(set(labels)) == list(range(len(set(labels))))
    assert firsts == sorted(firsts)


@given(links)
def test_profiles_without_a_positive_link_stay_alone(weights: dict[Pair, float]) -> None:
    labels = run(weights).labels.tolist()
    linked = {node for p, w in weights.items() if w > 0 for node in p}
    assert all(labels.count(labels[node]) == 1 for node in set(range(SIZE)) - linked)


def test_a_huge_component_is_cut_into_communities_first() -> None:
    groups, members = 300, 10
    size = groups * members
    left, right, over = [], [], []
    for group in range(groups):
        first = group * members
        for a in range(members):
            for b in range(a + 1, members):
                left.append(first + a)
                right.append(first + b)
                over.append(8.0)
        if group:
            left.append(first - 1)
            right.append(first)
            over.append(0.5)
    none = np.zeros((0, 2), dtype=np.int64)
    constraints = Constraints(must=np.array([[0, size - 1]]), never=none)
    assert size > module.TOO_LARGE
    found = cluster(size, np.array(left), np.array(right), np.array(over), constraints, seed=1)
    assert found.largest_component == size
    assert np.bincount(found.labels).max() == 2 * members  # the two that the decision holds together
    assert found.labels[0] == found.labels[size - 1]
    assert len(set(found.labels.tolist())) == groups - 1
