import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from creatorgraph.resolution.evaluation.holding import holding

EDGES = st.dictionaries(
    st.tuples(st.integers(0, 6), st.integers(0, 6)).filter(lambda e: e[0] < e[1]), st.integers(1, 99), max_size=15
)


def test_the_weakest_link_of_a_chain_beside_a_stronger_way_round() -> None:
    clusters = {"a": 0, "b": 0, "c": 0, "d": 1, "e": 1, "f": 2}
    links = [(0, "a", "b", 0.9), (1, "b", "c", 0.6), (2, "a", "c", 0.7), (3, "c", "d", 0.99)]
    held = holding(clusters, links)
    assert [(h.members, h.weakest, h.joined) for h in held] == [
        # without a-c the weaker b-c would do: the best set of links is as strong as a-c
        (("a", "b", "c"), 2, True),
        # c-d leads out of its creator, so nothing joins d and e
        (("d", "e"), None, False),
    ]


@given(edges=EDGES)
def test_the_weakest_is_that_of_the_maximum_spanning_tree(edges: dict[tuple[int, int], int]) -> None:
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from("0123456")
    links = [(row, str(a), str(b), weight / 100) for row, ((a, b), weight) in enumerate(edges.items())]
    graph.add_weighted_edges_from((a, b, p) for _, a, b, p in links)
    [held] = holding(dict.fromkeys("0123456", 0), links)
    assert held.joined == nx.is_connected(graph)
    if held.weakest is not None:
        tree = nx.maximum_spanning_tree(graph)
        assert links[held.weakest][3] == min(float(data["weight"]) for *_, data in tree.edges(data=True))
