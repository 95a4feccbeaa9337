"""A withdrawal and an act want the same creators and items: they take turns, and neither is broken off."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from creatorgraph.domain.profile import ProfileId
from creatorgraph.domain.review import ReviewReason
from creatorgraph.domain.steward import Steward
from creatorgraph.services.arrival.service import Arrivals
from creatorgraph.services.engines import Engines
from creatorgraph.services.ingest import ingest_files
from creatorgraph.services.steward.claim import claim_items
from creatorgraph.services.withdraw import withdraw_profiles
from creatorgraph.store.write.arrival import dequeue_seen
from creatorgraph.store.write.review import lock_items_among
from tests.database_wait import SOMEBODY_WAITS, wait_until
from tests.integration.steward.contract import Contract
from tests.integration.steward.look import assert_a_run_finds_nothing_new, batch, home, members, merged, singles
from tests.pause import Pause


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
    pause = Pause(lock_items_among)
    monkeypatch.setattr("creatorgraph.services.steward.act.lock_items_among", pause)
    with ThreadPoolExecutor(2) as pool:
        act = pool.submit(merged, engines, ann, own, other)
        pause.wait_until_reached()
        withdrawal = pool.submit(withdraw_profiles, engines, [gone])
        try:
            wait_until(engines.database, SOMEBODY_WAITS, seconds=60)
        finally:
            pause.go_on()
        assert act.result().decisions
        assert withdrawal.result().profiles == 1
    assert gone not in {each for profiles in members(engines).values() for each in profiles}
    Contract(engines=engines).check()
    batch(engines)
    assert_a_run_finds_nothing_new(engines)


@pytest.mark.timeout(120)
def test_a_profile_that_is_just_being_resolved_leaves_with_its_creator(
    engines: Engines, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "late.jsonl"
    file.write_text('{"profile_id": "late", "platform": "x", "username": "late_comer"}\n')
    ingest_files(engines, [file])
    pause = Pause(dequeue_seen)
    monkeypatch.setattr("creatorgraph.services.arrival.service.dequeue_seen", pause)
    with ThreadPoolExecutor(2) as pool:
        resolving = pool.submit(Arrivals(engines).resolve_waiting)
        pause.wait_until_reached()
        withdrawal = pool.submit(withdraw_profiles, engines, [ProfileId("late")])
        try:
            wait_until(engines.database, SOMEBODY_WAITS, seconds=60)
        finally:
            pause.go_on()
        assert resolving.result() == 1
        assert len(withdrawal.result().retired) == 1
    assert "late" not in {each for profiles in members(engines).values() for each in profiles}
    Contract(engines=engines).check()
    batch(engines)
    assert_a_run_finds_nothing_new(engines)
