from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.decision import Verdict
from creatorgraph.domain.profile import ProfileId
from creatorgraph.domain.review import ReviewReason
from creatorgraph.store.database import Database
from creatorgraph.store.read.decision import decisions_by_pairs
from creatorgraph.store.read.link import Pair
from creatorgraph.store.read.review import items_by_pairs, page_of_open_items
from creatorgraph.store.read.stats import read_stats


def pair(left: str, right: str) -> Pair:
    return ProfileId(left), ProfileId(right)


def test_open_items_by_priority_in_pages(world: Database) -> None:
    with world.transaction() as connection:
        first = page_of_open_items(connection, first=2)
        rest = page_of_open_items(connection, first=2, after=first.keys[-1])
        bridges = page_of_open_items(connection, reasons=[ReviewReason.BRIDGE], first=5)
        none = page_of_open_items(connection, reasons=[], first=5)
    assert [each.item.left for each in first.items + rest.items] == ["p001x", "p004i", "p003x"]
    assert (first.more, rest.more) == (True, False)
    assert [each.item.left for each in bridges.items] == ["p003x"]
    assert none.items == ()


def test_items_and_decisions_by_pairs(world: Database) -> None:
    with world.transaction() as connection:
        items = items_by_pairs(connection, [pair("p003x", "p003y"), pair("p003i", "p003y")])
        decisions = decisions_by_pairs(
            connection, [pair("p001i", "p003i"), pair("p001i", "p005i"), pair("p001i", "p001x")]
        )
    assert [each.item.reason if each else None for each in items] == [ReviewReason.BRIDGE, None]
    # the newest counts, an undone one does not, nor does the undoing
    assert [each.verdict if each else None for each in decisions] == [Verdict.DIFFERENT, None, None]


def test_stats_count_living_creators_only(world: Database, creators: tuple[CreatorId, ...]) -> None:
    with world.transaction() as connection:
        stats = read_stats(connection)
    assert (stats.profiles, stats.creators, stats.creators_with_several_profiles) == (180, 60, 60)
    assert (stats.links, stats.accepted_links, stats.open_review_items) == (181, 120, 3)
    assert {platform.value: count for platform, count in stats.platforms} == {"instagram": 60, "x": 60, "youtube": 60}
    assert stats.model_version == "m1"
