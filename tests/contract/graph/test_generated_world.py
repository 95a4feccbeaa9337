"""Generated worlds on every engine, against networkx and a plain reading of the rows."""

import itertools
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.identifier import IdentifierKind
from creatorgraph.domain.profile import ProfileId
from creatorgraph.graph.analysis import CommunityConfig, ComponentConfig
from creatorgraph.graph.element import HOLDS, EdgeKind, NodeId, NodeKind

Row = dict[str, object]
World = Mapping[str, Sequence[Row]]
EdgeKey = tuple[EdgeKind, NodeId, NodeId]

PLATFORMS = ("x", "instagram")
CREATORS = [f"01900000-0000-7000-8000-{n:012x}" for n in range(3)]
on_a_server = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Up to seven profiles on two platforms with few enough names and contacts to run into each other."""
    profiles = [f"p{n}" for n in range(draw(st.integers(1, 7)))]
    platform = {p: draw(st.sampled_from(PLATFORMS)) for p in profiles}
    number, value = st.integers(0, 2), st.integers(0, 3)
    held: set[tuple[str, str, str]] = set()
    for profile in profiles:
        held.add((profile, "username", f"{platform[profile]}:u{draw(value)}"))
        for kind in draw(st.sets(st.sampled_from(["email", "phone", "url", "account", "mention", "host"]), max_size=3)):
            text = {
                "account": f"{draw(st.sampled_from(PLATFORMS))}:u{draw(value)}",
                "mention": f"u{draw(value)}",
            }.get(kind, f"{kind}{draw(number)}")
            held.add((profile, kind, text))
    identifiers = sorted({(kind, text) for _, kind, text in held})
    numbers = {identifier: n for n, identifier in enumerate(identifiers, start=1)}
    pairs = list(itertools.combinations(profiles, 2))
    some_pairs = st.sets(st.sampled_from(pairs), max_size=8) if pairs else st.just(set[tuple[str, str]]())
    weight = st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0])
    return {
        "profile": [
            {"profile_id": p, "platform": platform[p], "username": p, "source": "t", "digest": b""} for p in profiles
        ],
        "identifier": [
            {"identifier_id": numbers[kind, text], "kind": kind, "value": text, "shown": text}
            for kind, text in identifiers
        ],
        "profile_identifier": [
            {"profile_id": p, "identifier_id": numbers[kind, text], "field": field}
            for p, kind, text in sorted(held)
            for field in sorted(draw(st.sets(st.sampled_from(["bio", "links"]), min_size=1)))
        ],
        "creator": [
            {
                "creator_id": creator,
                "display_name": creator[-1],
                "kind": "person",
                "golden": {},
                "members": 1,
                "total_followers": 0,
                "verified": False,
            }
            for creator in CREATORS
        ],
        "membership": [
            {"profile_id": p, "creator_id": draw(st.sampled_from(CREATORS))} for p in profiles if draw(st.booleans())
        ],
        "link": [
            {
                "left_id": left,
                "right_id": right,
                "probability": draw(weight),
                "match_weight": 0.0,
                "decided_by": "model",
                "accepted": False,
                "model_version": "1",
                "evidence": [],
            }
            for left, right in sorted(draw(some_pairs))
        ],
        "similarity": [
            {"left_id": left, "right_id": right, "cosine": draw(weight)} for left, right in sorted(draw(some_pairs))
        ],
    }


def edges_of(world: World) -> dict[EdgeKey, float]:
    """The edges that a world has, by the words of EdgeKind alone."""
    value = {row["identifier_id"]: (str(row["kind"]), str(row["value"])) for row in world["identifier"]}
    platform = {str(row["profile_id"]): row["platform"] for row in world["profile"]}
    held = defaultdict(set)
    for row in world["profile_identifier"]:
        held[str(row["profile_id"])].add(value[row["identifier_id"]])
    edges: dict[EdgeKey, float] = {}
    for profile, identifiers in held.items():
        for kind, text in identifiers:
            if IdentifierKind(kind) in HOLDS:
                node = NodeId.identifier(IdentifierKind(kind), text)
                edges[HOLDS[IdentifierKind(kind)], _profile(profile), node] = 1.0
        wanted = {text for kind, text in identifiers if kind == "account"}
        wanted |= {f"{platform[profile]}:{text}" for kind, text in identifiers if kind == "mention"}
        for other, others in held.items():
            if other != profile and any(("username", text) in others for text in wanted):
                edges[EdgeKind.MENTIONS, _profile(profile), _profile(other)] = 1.0
    for row in world["membership"]:
        creator = NodeId.creator(CreatorId(str(row["creator_id"])))
        edges[EdgeKind.MEMBER_OF, _profile(row["profile_id"]), creator] = 1.0
    for table, kind, weight in (
        ("link", EdgeKind.LINKED, "probability"),
        ("similarity", EdgeKind.SIMILAR_TO, "cosine"),
    ):
        for row in world[table]:
            edges[kind, _profile(row["left_id"]), _profile(row["right_id"])] = float(str(row[weight]))
    return edges


def as_networkx(edges: Mapping[EdgeKey, float], world: World) -> "nx.Graph[NodeId]":
    graph: nx.Graph[NodeId] = nx.Graph()
    graph.add_nodes_from(_profile(row["profile_id"]) for row in world["profile"])
    graph.add_edges_from((source, target) for _, source, target in edges)
    return graph


@on_a_server
@given(world=worlds(), batch_size=st.integers(1, 8))
def test_the_graph_is_what_the_rows_say(stage: Any, world: World, batch_size: int) -> None:
    stage.show(world, batch_size)
    edges = edges_of(world)
    counts = stage.graph.counts()
    assert counts.edges == {kind: sum(key[0] is kind for key in edges) for kind in EdgeKind}
    nodes = as_networkx(edges, world).nodes
    assert counts.nodes == {kind: sum(node.kind is kind for node in nodes) for kind in NodeKind}


@on_a_server
@given(world=worlds(), depth=st.integers(1, 4))
def test_neighbourhoods_are_balls(stage: Any, world: World, depth: int) -> None:
    stage.show(world)
    edges = edges_of(world)
    graph = as_networkx(edges, world)
    for row in world["profile"]:
        around = stage.graph.neighbourhood(ProfileId(str(row["profile_id"])), depth=depth)
        distance = nx.single_source_shortest_path_length(graph, around.centre, cutoff=depth)
        assert [node.id for node in around.nodes] == sorted(distance, key=lambda node: (distance[node], node))
        expected = {
            key
            for key in edges
            if min(distance.get(key[1], depth), distance.get(key[2], depth)) < depth
        }  # fmt: skip
        assert [edge.sort_key for edge in around.edges] == sorted(expected)
        assert all(edges[edge.sort_key] == edge.weight for edge in around.edges)
        assert not around.truncated


@on_a_server
@given(world=worlds(), max_depth=st.integers(1, 5))
def test_paths_are_the_shortest_simple_paths(stage: Any, world: World, max_depth: int) -> None:
    stage.show(world)
    graph = as_networkx(edges_of(world), world)
    first, *others = (_profile(row["profile_id"]) for row in world["profile"])
    for other in others[:2]:
        found = stage.graph.paths(first, other, max_depth=max_depth, limit=1000)
        expected = {tuple(path) for path in nx.all_simple_paths(graph, first, other, cutoff=max_depth)}
        if len(expected) <= 1000:
            assert {tuple(node.id for node in path.nodes) for path in found} == expected
        lengths = [path.length for path in found]
        assert lengths == sorted(lengths)
        for path in found:
            for (left, right), edge in zip(itertools.pairwise(path.nodes), path.edges, strict=True):
                assert {edge.source, edge.target} == {left.id, right.id}


@on_a_server
@given(
    world=worlds(), kinds=st.sets(st.sampled_from(list(EdgeKind)), min_size=1), weight=st.sampled_from([0.0, 0.5, 1.0])
)
def test_components_equal_networkx(stage: Any, world: World, kinds: set[EdgeKind], weight: float) -> None:
    stage.show(world)
    graph: nx.Graph[NodeId] = nx.Graph()
    graph.add_edges_from((s, t) for (kind, s, t), w in edges_of(world).items() if kind in kinds and w >= weight)
    expected = sorted((tuple(sorted(c)) for c in nx.connected_components(graph)), key=lambda c: (-len(c), c[0]))
    found = stage.graph.components(ComponentConfig(kinds=frozenset(kinds), minimum_weight=weight))
    assert [component.members for component in found] == expected


@on_a_server
@given(world=worlds(), seed=st.integers(0, 3))
def test_communities_lie_inside_components_and_repeat(stage: Any, world: World, seed: int) -> None:
    stage.show(world)
    kinds = frozenset(EdgeKind)
    config = CommunityConfig(kinds=kinds, minimum_weight=0.25, seed=seed)
    communities = stage.graph.communities(config)
    components = stage.graph.components(ComponentConfig(kinds=kinds, minimum_weight=0.25))
    component_of = {node: n for n, component in enumerate(components) for node in component.members}
    members = [node for community in communities for node in community.members]
    assert len(members) == len(set(members))
    assert all(len({component_of[node] for node in community.members}) == 1 for community in communities)
    assert stage.graph.communities(config) == communities


@on_a_server
@given(before=worlds(), after=worlds(), data=st.data())
def test_refresh_reaches_the_same_state_in_any_order_and_any_number_of_times(
    stage: Any, before: World, after: World, data: st.DataObject
) -> None:
    stage.show(after)
    expected = _everything(stage, after)
    stage.show(before)
    stage.store(after)
    named = sorted({str(row["profile_id"]) for world in (before, after) for row in world["profile"]})
    order = data.draw(st.permutations(named))
    cut = data.draw(st.integers(0, len(order)))
    again = data.draw(st.lists(st.sampled_from(named), max_size=3))
    for part in (order[:cut], order[cut:], again):
        stage.refresh(part)
    assert _everything(stage, after) == expected


@pytest.mark.neo4j
@on_a_server
@given(world=worlds(), limit=st.integers(1, 6), depth=st.integers(1, 3))
def test_both_engines_give_one_answer(both: Any, world: World, limit: int, depth: int) -> None:
    embedded, neo4j = both
    neo4j.show(world)
    for row in world["profile"]:
        profile = ProfileId(str(row["profile_id"]))
        answers = [stage.graph.neighbourhood(profile, depth=depth, limit=limit) for stage in (embedded, neo4j)]
        assert answers[0] == answers[1]
    first, last = _profile(world["profile"][0]["profile_id"]), _profile(world["profile"][-1]["profile_id"])
    if first != last:
        assert embedded.graph.paths(first, last) == neo4j.graph.paths(first, last)


@pytest.fixture(scope="module")
def both(make_stage: Any) -> tuple[Any, Any]:
    return make_stage("embedded"), make_stage("neo4j")


@pytest.mark.parametrize("seed", [1, 7])
def test_two_cliques_are_two_communities(stage: Any, seed: int) -> None:
    cliques = [[f"p{n}" for n in range(5)], [f"p{n}" for n in range(5, 10)]]
    pairs = [pair for clique in cliques for pair in itertools.combinations(clique, 2)]
    stage.show(
        {
            "profile": [
                {"profile_id": p, "platform": "x", "source": "t", "digest": b""} for clique in cliques for p in clique
            ],
            "similarity": [{"left_id": a, "right_id": b, "cosine": 0.9} for a, b in [*pairs, ("p4", "p5")]],
        }
    )
    found = stage.graph.communities(CommunityConfig(kinds=frozenset({EdgeKind.SIMILAR_TO}), seed=seed))
    assert [community.members for community in found] == [tuple(map(_profile, clique)) for clique in cliques]


def test_a_hub_is_not_followed_past_the_limit(stage: Any) -> None:
    profiles = [f"p{n:03}" for n in range(50)]
    stage.show(
        {
            "profile": [{"profile_id": p, "platform": "x", "source": "t", "digest": b""} for p in profiles],
            "identifier": [{"identifier_id": 1, "kind": "email", "value": "h", "shown": "a***"}],
            "profile_identifier": [{"profile_id": p, "identifier_id": 1, "field": "email"} for p in profiles],
        }
    )
    around = stage.graph.neighbourhood(ProfileId("p049"), depth=2, limit=10)
    hub = NodeId.identifier(IdentifierKind.EMAIL, "h")
    assert around.truncated
    assert [node.id for node in around.nodes] == [_profile("p049"), hub, *map(_profile, profiles[:8])]
    assert not stage.graph.neighbourhood(ProfileId("p049"), depth=2, limit=51).truncated


def _everything(stage: Any, world: World) -> tuple[object, ...]:
    around = [stage.graph.neighbourhood(ProfileId(str(r["profile_id"])), depth=2) for r in world["profile"]]
    return (stage.graph.counts(), *around)


def _profile(profile_id: object) -> NodeId:
    return NodeId.profile(ProfileId(str(profile_id)))
