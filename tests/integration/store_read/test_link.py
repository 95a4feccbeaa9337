from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.profile import ProfileId
from creatorgraph.store.database import Database
from creatorgraph.store.read.keyset import Part
from creatorgraph.store.read.link import (
    LinkSeen,
    all_links_of_creators,
    links_by_pairs,
    links_of_creators,
    links_of_profiles,
    pair_of,
)


def pairs(items: tuple[LinkSeen, ...]) -> list[tuple[str, str]]:
    return [(each.link.left, each.link.right) for each in items]


def test_links_of_profiles_on_both_sides_the_most_probable_first(world: Database) -> None:
    with world.transaction() as connection:
        whole, strong = (
            links_of_profiles(connection, [Part(parent="p001x", first=10)], min_probability=least)[0]
            for least in (0.0, 0.45)
        )
        start = links_of_profiles(connection, [Part(parent="p001x", first=1)])[0]
        rest = links_of_profiles(connection, [Part(parent="p001x", first=5, after=start.keys[-1])])[0]
    assert pairs(whole.items) == [("p001x", "p001y"), ("p001x", "p002i"), ("p001i", "p001x")]
    assert pairs(strong.items) == pairs(whole.items)[:2]
    assert start.more
    assert pairs(start.items + rest.items) == pairs(whole.items)


def test_links_of_creators_are_those_between_members(world: Database, creators: tuple[CreatorId, ...]) -> None:
    parts = [Part(parent=creators[1], first=2), Part(parent=creators[2], first=9)]
    with world.transaction() as connection:
        one, two = links_of_creators(connection, parts)
        bare = all_links_of_creators(connection, [creators[2], creators[1]])
    assert (pairs(one.items), one.more) == ([("p001i", "p001y"), ("p001x", "p001y")], True)
    assert (pairs(two.items), two.more) == ([("p002i", "p002y"), ("p002x", "p002y"), ("p002i", "p002x")], False)
    assert [each.signal for each in one.items[0].link.evidence] == ["username", "bio"]
    assert sorted(pairs(bare[0])) == sorted(pairs(two.items))
    assert all(each.link.evidence == () for each in bare[0])


def test_links_by_pairs(world: Database) -> None:
    wanted = [pair_of(ProfileId(a), ProfileId(b)) for a, b in (("p002i", "p001x"), ("p001x", "p004x"))]
    with world.transaction() as connection:
        found = links_by_pairs(connection, wanted)
    assert found[0] is not None
    assert (found[0].link.probability, found[0].link.accepted) == (0.45, False)
    assert found[1] is None
