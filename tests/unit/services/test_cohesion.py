from itertools import combinations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from creatorgraph.domain.link import Link
from creatorgraph.domain.profile import ProfileId
from creatorgraph.services.cohesion import chain, cohesion, moved_part

MEMBERS = [ProfileId(each) for each in "abcdef"]


def link(left: str, right: str, probability: float = 0.9, *, accepted: bool = True) -> Link:
    return Link(
        left=ProfileId(left),
        right=ProfileId(right),
        probability=probability,
        match_weight=1.0,
        evidence=(),
        accepted=accepted,
    )


pairs = list(combinations(MEMBERS, 2))
link_sets = st.lists(st.tuples(st.sampled_from(pairs), st.floats(0.05, 1.0)), unique_by=lambda made: made[0]).map(
    lambda made: tuple(link(left, right, p, accepted=p >= 0.3) for (left, right), p in made)
)


def test_one_profile_is_sure_of_itself() -> None:
    found = cohesion(MEMBERS[:1], [])
    assert (found.confidence, found.weakest, found.bridges, found.density, found.connected) == (
        1.0,
        None,
        (),
        1.0,
        True,
    )


def test_a_chain_is_as_sure_as_its_weakest_link_and_all_bridges() -> None:
    found = cohesion(MEMBERS[:3], [link("a", "b", 0.9), link("b", "c", 0.6), link("a", "c", 0.2, accepted=False)])
    assert (found.confidence, found.weakest, found.bridges) == (0.6, ("b", "c"), (("b", "c"), ("a", "b")))
    assert found.density == pytest.approx(2 / 3)


def test_a_weak_link_beside_strong_ones_does_not_count() -> None:
    found = cohesion(MEMBERS[:3], [link("a", "b", 0.9), link("b", "c", 0.8), link("a", "c", 0.5)])
    assert (found.confidence, found.bridges) == (0.8, ())


def test_parts_that_no_link_joins_have_no_confidence() -> None:
    found = cohesion(MEMBERS[:3], [link("a", "b")])
    assert (found.confidence, found.connected, found.weakest) == (None, False, ("a", "b"))


@given(links=link_sets)
def test_cohesion_is_what_cutting_links_shows(links: tuple[Link, ...]) -> None:
    found = cohesion(MEMBERS, links)
    accepted = [each for each in links if each.accepted]

    def joined(kept: list[Link]) -> int:
        graph: nx.Graph[str] = nx.Graph()
        graph.add_nodes_from(MEMBERS)
        graph.add_edges_from((each.left, each.right) for each in kept)
        return nx.number_connected_components(graph)

    whole = joined(accepted)
    bridges = {(x.left, x.right) for x in accepted if joined([y for y in accepted if y is not x]) > whole}
    assert set(found.bridges) == bridges
    assert found.connected is (whole == 1)
    if found.confidence is not None:
        assert joined([x for x in accepted if x.probability >= found.confidence]) == 1
        assert joined([x for x in accepted if x.probability > found.confidence]) > 1


@given(links=link_sets)
def test_chains_lead_from_one_end_to_the_other_over_accepted_links(links: tuple[Link, ...]) -> None:
    steps = chain(MEMBERS[0], MEMBERS[1], links)
    accepted = {(each.left, each.right) for each in links if each.accepted}
    assert set(steps) <= accepted
    here = {MEMBERS[0]}
    for step in steps:
        here = set(step) - here
    assert not steps or here == {MEMBERS[1]}


def test_the_most_probable_chain_wins_over_the_shortest() -> None:
    links = [link("a", "b", 0.5), link("a", "c", 0.99), link("b", "c", 0.99)]
    assert chain(MEMBERS[0], MEMBERS[1], links) == (("a", "c"), ("b", "c"))


def test_what_a_decision_moves_is_the_smaller_side() -> None:
    links = [link("a", "b"), link("b", "c"), link("c", "d")]
    assert moved_part((MEMBERS[0], MEMBERS[1]), MEMBERS[:4], links) == {"a"}
    assert moved_part((MEMBERS[1], MEMBERS[2]), MEMBERS[:4], links) == {"a", "b"}
    circle = [*links, link("a", "d")]
    assert moved_part((MEMBERS[0], MEMBERS[1]), MEMBERS[:4], circle) == {"b"}
