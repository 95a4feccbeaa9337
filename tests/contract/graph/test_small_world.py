"""One small world, known by heart, on every engine."""

from typing import Any

import pytest
import sqlalchemy as sa

from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.error import InvalidInputError, NotFoundError
from creatorgraph.domain.identifier import IdentifierKind
from creatorgraph.domain.platform import Platform
from creatorgraph.domain.profile import ProfileId
from creatorgraph.graph.analysis import CommunityConfig, ComponentConfig
from creatorgraph.graph.element import Edge, EdgeKind, NodeId, NodeKind
from creatorgraph.graph.projection import read_all

ANA = CreatorId("01900000-0000-7000-8000-00000000000a")
P1, P2, P3 = (NodeId.profile(ProfileId(i)) for i in ("p1", "p2", "p3"))
EMAIL = NodeId.identifier(IdentifierKind.EMAIL, "e" * 64)
X_ANA = NodeId.identifier(IdentifierKind.USERNAME, "x:ana")


@pytest.fixture(autouse=True)
def shown(stage: Any, small_world: Any) -> None:
    stage.show(small_world)


def test_health_names_the_engine(stage: Any) -> None:
    health = stage.graph.health()
    assert health.engine == stage.graph.engine
    assert health.reachable
    assert health.version.split()[0] in ("PostgreSQL", "Neo4j")


def test_counts(stage: Any) -> None:
    counts = stage.graph.counts()
    # four identifiers that profiles hold and that are nodes: three usernames, an email, a URL
    assert counts.nodes == {NodeKind.PROFILE: 3, NodeKind.IDENTIFIER: 5, NodeKind.CREATOR: 2}
    assert counts.edges == {
        EdgeKind.HAS_USERNAME: 3,
        EdgeKind.HAS_URL: 1,
        EdgeKind.HAS_EMAIL: 2,
        EdgeKind.HAS_PHONE: 0,
        EdgeKind.SIMILAR_TO: 1,
        EdgeKind.LINKED: 2,
        EdgeKind.MEMBER_OF: 3,
        EdgeKind.MENTIONS: 2,
    }


def test_neighbourhood_of_one_step(stage: Any) -> None:
    around = stage.graph.neighbourhood(ProfileId("p3"))
    ben = NodeId.creator(CreatorId("01900000-0000-7000-8000-00000000000b"))
    username = NodeId.identifier(IdentifierKind.USERNAME, "x:ben")
    assert [node.id for node in around.nodes] == [P3, ben, EMAIL, username, P1, P2]
    assert not around.truncated
    assert around.edges == tuple(
        sorted(
            (
                Edge(kind=EdgeKind.HAS_EMAIL, source=P3, target=EMAIL),
                Edge(kind=EdgeKind.HAS_USERNAME, source=P3, target=username),
                Edge(kind=EdgeKind.LINKED, source=P1, target=P3, weight=0.2, match_weight=-2.0, accepted=False),
                Edge(kind=EdgeKind.MEMBER_OF, source=P3, target=ben),
                Edge(kind=EdgeKind.MENTIONS, source=P1, target=P3),
                Edge(kind=EdgeKind.MENTIONS, source=P2, target=P3),
            ),
            key=lambda edge: edge.sort_key,
        )
    )


def test_nodes_show_what_people_may_see(stage: Any) -> None:
    nodes = {node.id: node for node in stage.graph.neighbourhood(ProfileId("p1")).nodes}
    assert (nodes[EMAIL].label, nodes[EMAIL].identifier_kind) == ("a***@agency.example", IdentifierKind.EMAIL)
    assert (nodes[P2].label, nodes[P2].platform) == ("ana.b", Platform.INSTAGRAM)
    assert nodes[NodeId.creator(ANA)].label == "Ana"


def test_neighbourhood_of_chosen_kinds(stage: Any) -> None:
    around = stage.graph.neighbourhood(ProfileId("p1"), kinds=[EdgeKind.HAS_EMAIL], depth=2)
    assert [node.id for node in around.nodes] == [P1, EMAIL, P3]


def test_neighbourhood_of_a_creator(stage: Any) -> None:
    around = stage.graph.creator_neighbourhood(ANA)
    assert [node.id for node in around.nodes] == [NodeId.creator(ANA), P1, P2]


def test_the_limit_cuts_in_order_and_says_so(stage: Any) -> None:
    whole = stage.graph.neighbourhood(ProfileId("p1"), depth=2)
    cut = stage.graph.neighbourhood(ProfileId("p1"), depth=2, limit=3)
    assert cut.truncated
    assert len(cut.nodes) == 3
    assert set(cut.edges) <= set(whole.edges)


@pytest.mark.parametrize("missing", ["p9", "", "p\0", "'; DROP TABLE profile; --"])
def test_a_profile_that_is_not_there(stage: Any, missing: str) -> None:
    with pytest.raises(NotFoundError):
        stage.graph.neighbourhood(ProfileId(missing))


@pytest.mark.parametrize("missing", ["no uuid", "01900000-0000-7000-8000-0000000000ff", ANA.upper()])
def test_a_creator_that_is_not_there(stage: Any, missing: str) -> None:
    with pytest.raises(NotFoundError):
        stage.graph.creator_neighbourhood(CreatorId(missing))


@pytest.mark.parametrize(("depth", "limit"), [(0, 10), (7, 10), (1, 0), (1, 1001)])
def test_depth_and_limit_are_bounded(stage: Any, depth: int, limit: int) -> None:
    with pytest.raises(InvalidInputError):
        stage.graph.neighbourhood(ProfileId("p1"), depth=depth, limit=limit)


def test_paths_shortest_first(stage: Any) -> None:
    paths = stage.graph.paths(P2, P3, kinds=[EdgeKind.LINKED, EdgeKind.HAS_EMAIL, EdgeKind.MENTIONS])
    assert [[node.id for node in path.nodes] for path in paths] == [[P2, P3], [P2, P1, P3], [P2, P1, EMAIL, P3]]
    assert [path.length for path in paths] == [1, 2, 3]
    assert [edge.kind for edge in paths[2].edges] == [EdgeKind.LINKED, EdgeKind.HAS_EMAIL, EdgeKind.HAS_EMAIL]


def test_paths_honour_depth_and_limit(stage: Any) -> None:
    assert len(stage.graph.paths(P2, P3, max_depth=2)) == 2
    assert len(stage.graph.paths(P2, P3, limit=1)) == 1
    assert stage.graph.paths(X_ANA, P3, kinds=[EdgeKind.HAS_USERNAME]) == ()


def test_paths_between_bad_ends(stage: Any) -> None:
    with pytest.raises(InvalidInputError):
        stage.graph.paths(P1, P1)
    with pytest.raises(NotFoundError):
        stage.graph.paths(P1, NodeId.profile(ProfileId("p9")))


def test_components_by_weight(stage: Any) -> None:
    sure = stage.graph.components(ComponentConfig(minimum_weight=0.5))
    assert [component.members for component in sure] == [(P1, P2)]
    unsure = stage.graph.components(ComponentConfig(minimum_weight=0.1))
    assert [component.members for component in unsure] == [(P1, P2, P3)]
    assert stage.graph.components(ComponentConfig(minimum_weight=0.99)) == ()
    assert stage.graph.components(ComponentConfig(minimum_weight=0.1, minimum_size=4)) == ()


def test_communities_of_nothing(stage: Any) -> None:
    assert stage.graph.communities(CommunityConfig(kinds=frozenset({EdgeKind.HAS_PHONE}))) == ()


def test_a_deleted_profile_leaves_with_what_only_it_held(stage: Any) -> None:
    with stage.database.transaction() as connection:
        connection.execute(sa.text("DELETE FROM profile WHERE profile_id = 'p1'"))
    stage.refresh(["p1"])
    with pytest.raises(NotFoundError):
        stage.graph.neighbourhood(ProfileId("p1"))
    counts = stage.graph.counts()
    assert counts.nodes == {NodeKind.PROFILE: 2, NodeKind.IDENTIFIER: 3, NodeKind.CREATOR: 2}
    assert counts.edges[EdgeKind.LINKED] == 0
    assert counts.edges[EdgeKind.MENTIONS] == 1


def test_a_moved_profile_leaves_its_creator(stage: Any) -> None:
    with stage.database.transaction() as connection:
        connection.execute(sa.text("UPDATE membership SET creator_id = :ana"), {"ana": ANA})
    stage.refresh(["p3"])
    assert stage.graph.counts().nodes[NodeKind.CREATOR] == 1
    around = stage.graph.creator_neighbourhood(ANA)
    assert [node.id for node in around.nodes] == [NodeId.creator(ANA), P1, P2, P3]


def test_clear_and_project_again(stage: Any) -> None:
    before = stage.graph.counts()
    stage.graph.clear()
    with stage.database.transaction() as connection:
        for batch in read_all(connection, 1):
            stage.graph.refresh(batch)
    assert stage.graph.counts() == before
