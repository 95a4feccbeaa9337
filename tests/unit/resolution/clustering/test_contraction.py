from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from creatorgraph.resolution.clustering.contraction import contract

weights = st.one_of(st.floats(-5, 10, allow_nan=False), st.just(float("-inf")))
graphs = st.dictionaries(st.sampled_from(list(combinations(range(7), 2))), weights, max_size=15)


def test_a_chain_of_weak_links_is_cut() -> None:
    strong = [(a, b, 5.0) for a, b in combinations(range(4), 2)] + [
        (a, b, 5.0) for a, b in combinations(range(4, 8), 2)
    ]
    assert contract(range(8), [*strong, (3, 4, 2.0)]) == [[0, 1, 2, 3], [4, 5, 6, 7]]


def test_many_weak_links_join() -> None:
    edges = [(a, b, 1.0) for a, b in combinations(range(5), 2)]
    assert contract(range(5), edges) == [[0, 1, 2, 3, 4]]


@given(graphs)
def test_a_partition_in_which_no_forbidden_pair_is_together(graph: dict[tuple[int, int], float]) -> None:
    clusters = contract(range(7), [(a, b, w) for (a, b), w in graph.items()])
    assert sorted(node for cluster in clusters for node in cluster) == list(range(7))
    together = {pair for cluster in clusters for pair in combinations(cluster, 2)}
    assert not any(graph.get(pair) == float("-inf") for pair in together)


@given(graphs)
def test_a_cluster_of_several_has_something_in_its_favour(graph: dict[tuple[int, int], float]) -> None:
    for cluster in contract(range(7), [(a, b, w) for (a, b), w in graph.items()]):
        if len(cluster) > 1:
            assert any(graph.get(pair, -1) > 0 for pair in combinations(cluster, 2))


@given(graphs)
def test_the_order_of_edges_does_not_matter(graph: dict[tuple[int, int], float]) -> None:
    edges = [(a, b, w) for (a, b), w in graph.items()]
    assert contract(range(7), edges) == contract(range(7), sorted(edges, reverse=True))
