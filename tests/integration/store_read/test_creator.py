from datetime import datetime

import pytest
import sqlalchemy as sa

from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.platform import Platform
from creatorgraph.domain.profile import ProfileId
from creatorgraph.store.database import Database
from creatorgraph.store.read.creator import (
    NO_FILTER,
    CreatorFilter,
    CreatorOrderField,
    CreatorSeen,
    creators_by_ids,
    matching_creators,
    page_of_creators,
)
from creatorgraph.store.read.keyset import Key
from creatorgraph.store.table import creator

UNKNOWN = CreatorId("01919999-0000-7000-8000-000000000000")


def walk(
    database: Database,
    order_by: CreatorOrderField,
    *,
    descending: bool,
    size: int,
    filter_by: CreatorFilter = NO_FILTER,
) -> list[CreatorSeen]:
    found: list[CreatorSeen] = []
    after: Key | None = None
    while True:
        with database.transaction() as connection:
            page = page_of_creators(
                connection, filter_by, order_by=order_by, descending=descending, first=size, after=after
            )
        found.extend(page.items)
        assert len(page.items) == size or not page.more
        if not page.more:
            return found
        after = page.keys[-1]


def value(seen: CreatorSeen, order_by: CreatorOrderField) -> tuple[int | str | datetime, CreatorId] | CreatorId:
    match order_by:
        case CreatorOrderField.FOLLOWERS:
            return seen.golden.total_followers, seen.creator_id
        case CreatorOrderField.NAME:
            return seen.display_name, seen.creator_id
        case CreatorOrderField.UPDATED:
            return seen.updated_at, seen.creator_id
        case CreatorOrderField.CREATED:
            return seen.creator_id


def test_by_ids_keeps_order_and_leaves_gaps(world: Database, creators: tuple[CreatorId, ...]) -> None:
    wanted = [creators[7], UNKNOWN, creators[2], creators[7]]
    with world.transaction() as connection:
        found = creators_by_ids(connection, wanted)
    assert [each.creator_id if each else None for each in found] == [wanted[0], None, wanted[2], wanted[3]]
    assert found[0] is not None
    assert found[0].golden.name.source == "p007i"
    assert found[0].golden.location is not None
    assert found[2] is not None
    assert found[2].golden.location is None


@pytest.mark.parametrize("descending", [True, False])
@pytest.mark.parametrize("order_by", CreatorOrderField)
def test_pages_meet_without_gap_or_repetition(
    world: Database, creators: tuple[CreatorId, ...], order_by: CreatorOrderField, descending: bool
) -> None:
    found = walk(world, order_by, descending=descending, size=7)
    assert sorted(each.creator_id for each in found) == sorted(creators)
    keys = [value(each, order_by) for each in found]
    assert keys == sorted(keys, reverse=descending)


@pytest.mark.parametrize(
    ("filter_by", "count"),
    [
        (NO_FILTER, 60),
        (CreatorFilter(platforms=(Platform.X,)), 60),
        (CreatorFilter(platforms=(Platform.TWITCH,)), 0),
        (CreatorFilter(platforms=()), 0),
        (CreatorFilter(platforms=(Platform.TWITCH, Platform.YOUTUBE)), 60),
        (CreatorFilter(min_followers=2200), 3),
        (CreatorFilter(max_followers=110), 3),
        (CreatorFilter(min_followers=111, max_followers=219), 0),
        (CreatorFilter(category="travel"), 20),
        (CreatorFilter(language="fr"), 0),
        (CreatorFilter(location_contains="LYON"), 30),
        (CreatorFilter(location_contains="%"), 0),
        (CreatorFilter(name_contains="ker 5"), 10),
        (CreatorFilter(name_contains="_aker"), 0),
        (CreatorFilter(verified=True), 12),
        (CreatorFilter(verified=False), 48),
        (CreatorFilter(min_members=4), 0),
        (CreatorFilter(category="cooking", verified=True, min_members=3), 4),
    ],
)
def test_filter(world: Database, filter_by: CreatorFilter, count: int) -> None:
    found = walk(world, CreatorOrderField.FOLLOWERS, descending=True, size=50, filter_by=filter_by)
    assert len(found) == count


def test_pages_hold_while_rows_come_and_go(database: Database) -> None:
    def insert(connection: sa.Connection, number: int, followers: int) -> CreatorId:
        made = CreatorId(f"01910000-0000-7000-8000-{number:012d}")
        golden = dict.fromkeys(("bio", "category", "language", "location", "website"))
        name = {"value": "A", "source": "p", "confidence": 1.0, "alternatives": []}
        connection.execute(
            creator.insert().values(
                creator_id=made,
                display_name="A",
                kind="person",
                golden={"name": name, **golden},
                primary_profile_id="p",
                members=1,
                total_followers=followers,
                verified=False,
            )
        )
        return made

    with database.transaction() as connection:
        ids = [insert(connection, number, number * 10) for number in range(6)]
        first = page_of_creators(connection, first=3)
        insert(connection, 100, 1000)  # above what was seen: must not come again nor push anything
        later = insert(connection, 101, 15)  # below: comes in its place
        connection.execute(creator.delete().where(creator.c.creator_id == first.items[-1].creator_id))
        rest = page_of_creators(connection, first=10, after=first.keys[-1])
    assert [each.creator_id for each in first.items] == [ids[5], ids[4], ids[3]]
    assert [each.creator_id for each in rest.items] == [ids[2], later, ids[1], ids[0]]


def test_matching_creators_are_those_of_the_filter(world: Database, creators: tuple[CreatorId, ...]) -> None:
    wanted = [ProfileId(each) for each in ("p000i", "p000x", "p001i", "nobody")]
    with world.transaction() as connection:
        everyone = matching_creators(connection, wanted)
        cooks = matching_creators(connection, wanted, CreatorFilter(category="cooking"))
    assert everyone == {"p000i": creators[0], "p000x": creators[0], "p001i": creators[1]}
    assert cooks == {"p000i": creators[0], "p000x": creators[0]}
