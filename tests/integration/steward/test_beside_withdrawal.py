"""A withdrawal and an act want the same creators and items: they take turns, and neither is broken off."""

from collections.abc import Collection
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event
from time import sleep

import pytest
import sqlalchemy as sa

from creatorgraph.domain.profile import ProfileId
from creatorgraph.domain.review import ReviewReason
from creatorgraph.domain.steward import Steward
from creatorgraph.services.engines import Engines
from creatorgraph.services.steward.claim import claim_items
from creatorgraph.services.withdraw import Withdrawn, withdraw_profiles
from creatorgraph.store.write.review import lock_items_among
from tests.integration.steward.contract import Contract
from tests.integration.steward.look import assert_a_run_finds_nothing_new, batch, home, members, merged, singles

_BLOCKED = sa.text(
    "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND pg_blocking_pids(pid) <> '{}')"
)


def wait_until_blocked(engines: Engines, work: Future[Withdrawn]) -> None:
    """Until the work waits for somebody, or is done."""
    while not work.done():
        with engines.database.transaction() as connection:
            if connection.scalar(_BLOCKED):
                return
        sleep(0.01)


@pytest.mark.timeout(120)
@pytest.mark.parametrize("acted_on", ["its creator", "the other end of its item"])
def test_an_act_between_its_locks_and_a_withdrawal_both_succeed(
    engines: Engines, ann: Steward, monkeypatch: pytest.MonkeyPatch, acted_on: str
) -> None:
    items = [each.item for each in claim_items(engines, ann, count=50)]
    gone, beside = next(each.pair for each in items if each.reason is ReviewReason.UNCERTAIN_LINK)
    acted = gone if acted_on == "its creator" else beside
    own = home(engines, acted)
    other = next(each for each in singles(engines, 3) if each not in (home(engines, gone), home(engines, beside)))
    has_creators, may_go_on = Event(), Event()

    def held(connection: sa.Connection, profiles: Collection[ProfileId]) -> None:
        has_creators.set()
        assert may_go_on.wait(60)
        lock_items_among(connection, profiles)

    monkeypatch.setattr("creatorgraph.services.steward.act.lock_items_among", held)
    with ThreadPoolExecutor(2) as pool:
        act = pool.submit(merged, engines, ann, own, other)
        assert has_creators.wait(60)
        withdrawal = pool.submit(withdraw_profiles, engines, [gone])
        try:
            wait_until_blocked(engines, withdrawal)
        finally:
            may_go_on.set()
        assert act.result().decisions
        assert withdrawal.result().profiles == 1
    assert gone not in {each for profiles in members(engines).values() for each in profiles}
    Contract(engines=engines).check()
    batch(engines)
    assert_a_run_finds_nothing_new(engines)
