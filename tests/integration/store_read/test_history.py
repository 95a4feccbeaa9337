from creatorgraph.domain.creator import CreatorId
from creatorgraph.store.database import Database
from creatorgraph.store.read.history import Ending, events_of_creators, retirements
from creatorgraph.store.read.keyset import Part

OLD, OLDER, GONE, ERASED = (CreatorId(f"0190ffff-0000-7000-8000-{n:012d}") for n in range(4))
UNKNOWN = CreatorId("01919999-0000-7000-8000-000000000000")


def test_events_on_either_side_the_newest_first(world: Database, creators: tuple[CreatorId, ...]) -> None:
    with world.transaction() as connection:
        first = events_of_creators(connection, [Part(parent=creators[0], first=2)])[0]
        rest = events_of_creators(connection, [Part(parent=creators[0], first=9, after=first.keys[-1])])[0]
    kinds = [each.kind.value for each in first.items + rest.items]
    assert kinds == ["retired", "merged", "created"]
    assert first.items[0].other == creators[0]
    assert first.more
    assert not rest.more


def test_what_became_of_ids(world: Database, creators: tuple[CreatorId, ...]) -> None:
    wanted = [OLDER, creators[3], GONE, UNKNOWN, ERASED, OLD]
    with world.transaction() as connection:
        found = retirements(connection, wanted)
        nothing = retirements(connection, [UNKNOWN])
    assert [(each.ending, each.successor) if each else None for each in found] == [
        (Ending.MOVED, creators[0]),
        None,
        (Ending.REMOVED, None),
        None,
        (Ending.ERASED, None),
        (Ending.MERGED, creators[0]),
    ]
    assert nothing == [None]
