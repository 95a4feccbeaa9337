"""Review items: each reason by example, one item per pair, and the order of the queue."""

from math import log2
from random import Random

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from creatorgraph.domain.link import Link, LinkDecider
from creatorgraph.domain.platform import Platform
from creatorgraph.domain.profile import ProfileId
from creatorgraph.domain.review import ReviewItem, ReviewReason
from creatorgraph.resolution.review import ReviewFacts, review_items

PLATFORMS = list(Platform)


def link(pair: str, probability: float, decided_by: LinkDecider = LinkDecider.MODEL) -> Link:
    return Link(
        left=ProfileId(pair[0]),
        right=ProfileId(pair[1]),
        probability=probability,
        match_weight=0.0,
        evidence=(),
        decided_by=decided_by,
    )


def facts(**changed: ReviewFacts) -> dict[ProfileId, ReviewFacts]:
    """Every letter is a profile on a platform of its own."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    plain = {p: ReviewFacts(platform=PLATFORMS[i], username=p, followers=None) for i, p in enumerate(letters)}
    return {ProfileId(p): f for p, f in (plain | changed).items()}


def items(
    links: list[Link], *clusters: str, profiles: dict[ProfileId, ReviewFacts] | None = None, most: int = 100
) -> list[ReviewItem]:
    return review_items(
        links,
        {ProfileId(p): i for i, cluster in enumerate(clusters) for p in cluster},
        profiles=profiles or facts(),
        review_threshold=0.2,
        match_threshold=0.5,
        max_person_profiles=most,
    )


def told(found: list[ReviewItem]) -> list[tuple[str, str]]:
    return [(item.left + item.right, str(item.reason)) for item in found]


def test_uncertain_links_between_creators() -> None:
    links = [link("ac", 0.4), link("ad", 0.1), link("ab", 0.3)]
    found = items(links, "ab", "c", "d")
    assert told(found) == [("ac", "uncertain_link")]
    # uncertainty 1 - |0.8 - 1| = 0.8; the smaller side is one member without followers
    assert found[0].priority == pytest.approx(0.8 * log2(2))


def test_an_accepted_link_that_clustering_cuts_is_a_conflict() -> None:
    assert told(items([link("ab", 0.7)], "a", "b")) == [("ab", "conflict")]


def test_a_weak_link_that_alone_holds_two_parts_is_a_bridge() -> None:
    profiles = facts(
        a=ReviewFacts(platform=Platform.X, username="a", followers=1000),
        e=ReviewFacts(platform=Platform.VIMEO, username="e", followers=5),
    )
    triangles = [link(p, 0.99) for p in ("ab", "ac", "bc", "de", "df", "ef")]
    found = items([*triangles, link("cd", 0.75)], "abcdef", profiles=profiles)
    assert told(found) == [("cd", "bridge")]
    # uncertainty 0.5, the smaller side d, e, f has 5 followers and 3 members
    assert found[0].priority == pytest.approx(0.5 * log2(1 + 5 + 3))


def test_each_bridge_of_a_chain_weighs_its_smaller_side() -> None:
    chain = [link(pair, 0.75) for pair in ("ab", "bc", "cd", "de", "ef")]
    found = {item.left + item.right: item.priority for item in items(chain, "abcdef")}
    smaller = {"ab": 1, "bc": 2, "cd": 3, "de": 2, "ef": 1}
    assert found == pytest.approx({pair: 0.5 * log2(1 + members) for pair, members in smaller.items()})


def test_weak_links_in_a_ring_and_strong_bridges_are_none() -> None:
    assert items([link("ab", 0.6), link("bc", 0.6), link("ac", 0.6)], "abc") == []
    assert items([link("ab", 0.95), link("bc", 0.95)], "abc") == []


def test_a_pair_on_one_weak_link_is_a_bridge() -> None:
    found = items([link("ab", 0.6)], "ab")
    assert told(found) == [("ab", "bridge")]
    assert found[0].priority == pytest.approx(0.8)


def test_two_usernames_of_one_platform() -> None:
    profiles = facts(
        a=ReviewFacts(platform=Platform.X, username="Ann", followers=7),
        b=ReviewFacts(platform=Platform.X, username="ann", followers=8),
        c=ReviewFacts(platform=Platform.X, username="anne", followers=1),
        d=ReviewFacts(platform=Platform.WEBSITE, username="one", followers=1),
        e=ReviewFacts(platform=Platform.WEBSITE, username="two", followers=1),
        f=ReviewFacts(platform=Platform.X, username=None, followers=1),
    )
    chain = [link("ab", 0.99), link("ad", 0.95), link("cd", 0.97), link("de", 0.99), link("ef", 0.99)]
    found = items(chain, "abcdef", profiles=profiles)
    assert told(found) == [("bc", "same_platform_twice")]
    # no direct link: the weakest on the chain b-a-d-c
    assert found[0].probability == 0.95
    direct = items([*chain, link("bc", 0.6)], "abcdef", profiles=profiles)
    assert [item.probability for item in direct] == [0.6]
    assert items([], "bc", profiles=profiles)[0].probability == 0.5


def test_a_creator_too_large_to_be_one_person() -> None:
    links = [link("ab", 0.99), link("bc", 0.92), link("cd", 0.99)]
    assert items(links, "abcd", most=4) == []
    found = items(links, "abcd", most=2)
    assert told(found) == [("bc", "too_large")]
    # the size says more than the links: 1 - 2/4
    assert found[0].priority == pytest.approx(0.5 * log2(1 + 4))
    assert told(items([], "abcd", most=2)) == [("ab", "too_large")]


def test_one_item_per_pair_with_the_strongest_reason() -> None:
    same = ReviewFacts(platform=Platform.X, username="other", followers=0)
    profiles = facts(a=ReviewFacts(platform=Platform.X, username="a", followers=0), b=same)
    assert told(items([link("ab", 0.6)], "ab", profiles=profiles)) == [("ab", "same_platform_twice")]
    assert told(items([link("ab", 0.6)], "ab", profiles=profiles, most=1)) == [("ab", "too_large")]


def test_what_a_steward_settled_is_left_out() -> None:
    steward = link("ab", 0.6, LinkDecider.STEWARD)
    assert items([steward], "ab") == []
    assert items([steward], "a", "b") == []
    other = review_items(
        [link("ab", 0.6)],
        {ProfileId("a"): 1, ProfileId("b"): 2},
        profiles=facts(),
        review_threshold=0.2,
        match_threshold=0.5,
        settled=[(ProfileId("a"), ProfileId("b"))],
    )
    assert other == []


def test_profiles_that_are_not_known_are_ignored() -> None:
    assert items([link("aZ", 0.4), link("az", 0.4)], "a") == []


def test_priority_grows_with_followers_and_orders_the_queue() -> None:
    profiles = facts(**{p: ReviewFacts(platform=Platform.X, username=p, followers=10_000) for p in "ab"})
    found = items([link("cd", 0.45), link("ab", 0.45), link("ef", 0.45)], *"abcdef", profiles=profiles)
    assert told(found) == [("ab", "uncertain_link"), ("cd", "uncertain_link"), ("ef", "uncertain_link")]
    assert found[0].priority > found[1].priority == found[2].priority


@given(
    edges=st.dictionaries(
        st.sets(st.sampled_from("abcdefgh"), min_size=2, max_size=2).map(lambda s: "".join(sorted(s))),
        st.sampled_from([0.3, 0.6, 0.8, 0.95]),
        max_size=14,
    ),
    cluster=st.lists(st.integers(0, 2), min_size=8, max_size=8),
    order=st.randoms(use_true_random=False),
)
def test_bridges_are_those_whose_cut_parts_the_creator_and_order_does_not_matter(
    edges: dict[str, float], cluster: list[int], order: Random
) -> None:
    clusters = ["".join(p for p, c in zip("abcdefgh", cluster, strict=True) if c == k) for k in range(3)]
    links = [link(pair, probability) for pair, probability in edges.items()]
    found = items(links, *clusters)
    assert found == items(order.sample(links, len(links)), *order.sample(clusters, 3))

    creator = dict(zip("abcdefgh", cluster, strict=True))
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from("abcdefgh")
    graph.add_edges_from((p[0], p[1]) for p, w in edges.items() if w >= 0.5 and creator[p[0]] == creator[p[1]])
    expected = {}
    for pair in [f"{a}{b}" if a < b else f"{b}{a}" for a, b in graph.edges]:
        cut = graph.copy()
        cut.remove_edge(*pair)
        if edges[pair] < 0.9 and not nx.has_path(cut, *pair):
            whole = set(clusters[creator[pair[0]]])
            parts = [nx.node_connected_component(cut, p) for p in pair]
            # the side is the part below the cut, the other side everything else of the creator
            expected[pair] = {min(len(part), len(whole - part)) for part in parts}
    bridges = {item.left + item.right: item for item in found if item.reason is ReviewReason.BRIDGE}
    assert bridges.keys() == expected.keys()
    for pair, item in bridges.items():
        impact = item.priority / (1 - abs(2 * item.probability - 1))
        assert round(2**impact - 1) in expected[pair]
