"""Fifty stewards at once never hold one item twice, and acts at the same time end as if they came one after another."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import sqlalchemy as sa

from creatorgraph.domain.decision import Pair, Verdict
from creatorgraph.domain.identity_event import IdentityEvent
from creatorgraph.domain.profile import ProfileId
from creatorgraph.domain.review import ReviewItem, ReviewReason, ReviewState
from creatorgraph.domain.steward import Role, Steward
from creatorgraph.resolution.identity import replay
from creatorgraph.services.engines import Engines
from creatorgraph.services.steward.access import add_steward, list_stewards
from creatorgraph.services.steward.claim import claim_items, release_item
from creatorgraph.services.steward.decide import decide
from creatorgraph.services.steward.merge import merge
from creatorgraph.services.steward.refusal import MissingError, RefusedError, StaleVersionError
from creatorgraph.store.database import Database
from creatorgraph.store.read.bulk import read_memberships
from creatorgraph.store.read.history import events_between
from creatorgraph.store.read.queue import NO_FILTER, QueueFilter
from creatorgraph.store.table import creator, review_event, review_item
from creatorgraph.store.write.review import replace_open_items

STEWARDS, ITEMS = 50, 120


@pytest.fixture
def crowd(engines: Engines) -> list[Steward]:
    """Fifty stewards, and a queue of ITEMS for them."""
    for number in range(STEWARDS):
        add_steward(engines, f"s{number:02}", Role.STEWARD)
    with engines.database.transaction() as connection:
        ids = sorted(read_memberships(connection))
        pairs = [(one, other) for n, one in enumerate(ids) for other in ids[n + 1 :]][:ITEMS]
        replace_open_items(
            connection,
            [
                ReviewItem(left=a, right=b, reason=ReviewReason.UNCERTAIN_LINK, probability=0.3, priority=float(n % 7))
                for n, (a, b) in enumerate(pairs)
            ],
        )
    return [each for each in list_stewards(engines) if each.name.startswith("s")]


def test_fifty_claim_at_once_and_no_item_is_held_by_two(engines: Engines, crowd: list[Steward]) -> None:
    gate = Barrier(len(crowd))
    # each on a connection of its own, as fifty processes would
    database = Database(engines.database.url, pool_size=STEWARDS)
    own = Engines(**{**{name: getattr(engines, name) for name in engines.__dataclass_fields__}, "database": database})

    def claims(steward: Steward) -> list[Pair]:
        gate.wait()
        return [each.item.pair for _ in range(3) for each in claim_items(own, steward, count=2)]

    try:
        with ThreadPoolExecutor(len(crowd)) as pool:
            found = list(pool.map(claims, crowd))
    finally:
        database.close()
    # claiming again renews what one holds: two items each, however often they ask
    held = Counter(pair for pairs in found for pair in set(pairs))
    assert max(held.values()) == 1
    assert {len(set(pairs)) for pairs in found} == {2}
    with engines.database.transaction() as connection:
        owners = connection.execute(
            sa.select(review_item.c.claimed_by, sa.func.count())
            .where(review_item.c.claimed_by.is_not(None))
            .group_by(review_item.c.claimed_by)
        ).all()
        claimed = connection.scalar(
            sa.select(sa.func.count()).select_from(review_event).where(review_event.c.kind == "claimed")
        )
    assert len(owners) == STEWARDS
    assert claimed == sum(count for _, count in owners) == sum(held.values())


def test_a_released_item_is_anybodys(engines: Engines, crowd: list[Steward]) -> None:
    one, other = crowd[:2]
    [mine] = claim_items(engines, one)
    assert release_item(engines, other, mine.item.pair).claimed_by == one.steward_id
    assert release_item(engines, one, mine.item.pair).item.state is ReviewState.OPEN
    [again] = claim_items(engines, other)
    assert again.item.pair == mine.item.pair
    with pytest.raises(MissingError):
        release_item(engines, one, (ProfileId("a"), ProfileId("b")))


def test_a_filter_is_kept_to(engines: Engines, crowd: list[Steward]) -> None:
    urgent = claim_items(engines, crowd[0], QueueFilter(min_priority=6.0), count=50)
    assert {each.item.priority for each in urgent} == {6.0}
    others = claim_items(engines, crowd[0], QueueFilter(reasons=[ReviewReason.BRIDGE]), count=50)
    assert others == []
    assert len(claim_items(engines, crowd[0], NO_FILTER, count=50)) == 50


def test_one_item_decided_by_many_at_once_is_decided_once(engines: Engines, crowd: list[Steward]) -> None:
    [found] = claim_items(engines, crowd[0])
    gate = Barrier(8)

    def attempt(steward: Steward) -> bool:
        gate.wait()
        try:
            decide(engines, steward, found.item.pair, Verdict.DIFFERENT, expected_version=found.version)
        except RefusedError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        done = list(pool.map(attempt, [crowd[0]] * 8))
    assert done.count(True) == 1


def test_merges_that_cross_each_other_end_one_after_the_other(engines: Engines, crowd: list[Steward]) -> None:
    with engines.database.transaction() as connection:
        ids = sorted({*read_memberships(connection).values()})[:6]
    gate = Barrier(6)

    def attempt(number: int) -> bool:
        gate.wait()
        pair = [ids[number], ids[(number + 1) % 6]]
        for _ in range(12):
            with engines.database.transaction() as connection:
                rows = connection.execute(
                    sa.select(creator.c.creator_id, creator.c.version, creator.c.successor_id).where(
                        creator.c.creator_id.in_(pair)
                    )
                ).all()
            versions = {row.creator_id: row.version for row in rows}
            gone = {row.creator_id: row.successor_id for row in rows if row.successor_id}
            pair = sorted({gone.get(each, each) for each in pair})
            if len(pair) == 1:
                return True
            if gone:
                continue
            try:
                merge(engines, crowd[number], pair, expected_versions=[versions[each] for each in pair])
            except (StaleVersionError, MissingError):
                continue
            return True
        return False

    with ThreadPoolExecutor(6) as pool:
        assert all(pool.map(attempt, range(6)))
    with engines.database.transaction() as connection:
        members = read_memberships(connection)
        log: list[IdentityEvent] = events_between(connection, first=0, last=2**62, limit=100_000)
    assert {each for each in members.values() if each in ids} == {min(ids)}
    assert dict(replay(log).membership) == members
