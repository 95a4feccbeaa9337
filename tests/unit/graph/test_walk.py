"""The walk's own rules, on a graph in memory."""

from collections.abc import Collection, Iterable, Mapping, Sequence

import pytest

from creatorgraph.domain.error import InvalidInputError, NotFoundError
from creatorgraph.domain.profile import ProfileId
from creatorgraph.graph.element import Edge, EdgeKind, Node, NodeId
from creatorgraph.graph.walk import walk_neighbourhood, walk_paths


def profile(name: str) -> NodeId:
    return NodeId.profile(ProfileId(name))


class MemoryReader:
    """A graph of LINKED edges between profiles, which counts how often it is asked."""

    def __init__(self, *pairs: str) -> None:
        self.edges = [
            Edge(kind=EdgeKind.LINKED, source=profile(pair[0]), target=profile(pair[1])) for pair in sorted(pairs)
        ]
        self.layers = 0

    def nodes(self, ids: Iterable[NodeId]) -> Mapping[NodeId, Node]:
        known = {end for edge in self.edges for end in (edge.source, edge.target)}
        return {node: Node(id=node, label=node.key) for node in ids if node in known}

    def incident(
        self, ids: Sequence[NodeId], kinds: Collection[EdgeKind], fan_out: int
    ) -> Mapping[NodeId, Sequence[Edge]]:
        self.layers += 1
        return {
            node: [e for e in self.edges if e.kind in kinds and node in (e.source, e.target)][:fan_out] for node in ids
        }


def test_one_question_per_layer() -> None:
    reader = MemoryReader("ab", "bc", "cd", "de")
    around = walk_neighbourhood(reader, profile("a"), depth=3, kinds=None, limit=10)
    assert [node.label for node in around.nodes] == ["a", "b", "c", "d"]
    assert reader.layers == 3


def test_stops_when_nothing_is_new() -> None:
    reader = MemoryReader("ab")
    walk_neighbourhood(reader, profile("a"), depth=6, kinds=None, limit=10)
    assert reader.layers == 2


def test_a_full_answer_is_not_truncated() -> None:
    reader = MemoryReader("ab", "ac")
    assert not walk_neighbourhood(reader, profile("a"), depth=1, kinds=None, limit=3).truncated
    assert walk_neighbourhood(reader, profile("a"), depth=1, kinds=None, limit=2).truncated


def test_edges_between_nodes_of_the_last_layer_are_left_out() -> None:
    around = walk_neighbourhood(MemoryReader("ab", "ac", "bc"), profile("a"), depth=1, kinds=None, limit=10)
    assert [(edge.source.key, edge.target.key) for edge in around.edges] == [("a", "b"), ("a", "c")]


def test_paths_meet_in_the_middle() -> None:
    reader = MemoryReader("ab", "bc", "cd", "de", "ae")
    paths = walk_paths(reader, profile("a"), profile("d"), max_depth=3, limit=5, kinds=None)
    assert ["".join(node.label for node in path.nodes) for path in paths] == ["aed", "abcd"]


def test_no_path_is_an_empty_answer() -> None:
    assert walk_paths(MemoryReader("ab", "cd"), profile("a"), profile("d"), max_depth=6, limit=5, kinds=None) == ()
    assert walk_paths(MemoryReader("ab", "bc"), profile("a"), profile("c"), max_depth=1, limit=5, kinds=None) == ()


def test_bad_questions_are_refused() -> None:
    reader = MemoryReader("ab")
    with pytest.raises(NotFoundError, match="no profile z"):
        walk_neighbourhood(reader, profile("z"), depth=1, kinds=None, limit=1)
    with pytest.raises(InvalidInputError, match="max_depth"):
        walk_paths(reader, profile("a"), profile("b"), max_depth=7, limit=1, kinds=None)
