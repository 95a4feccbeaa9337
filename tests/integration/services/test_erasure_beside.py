"""An erasure beside others who want the same locks: each gets its turn, and none is broken off."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from creatorgraph.domain.erasure import ErasedFrom, ErasureId
from creatorgraph.domain.platform import Platform
from creatorgraph.domain.profile import Profile, ProfileId
from creatorgraph.domain.steward import Role
from creatorgraph.services.arrival.service import Arrivals
from creatorgraph.services.engines import Engines
from creatorgraph.services.erasure import carry_out_erasures, one_erasure, request_erasure
from creatorgraph.services.steward.access import add_steward, list_stewards
from creatorgraph.services.steward.bulk import accept_bulk, preview_bulk
from creatorgraph.services.steward.refusal import MissingError
from creatorgraph.services.suppression import suppressed
from creatorgraph.store.read.bulk import read_memberships
from creatorgraph.store.read.erasure import open_erasures
from creatorgraph.store.read.queue import NO_FILTER
from creatorgraph.store.write.erasure import rename_in_history
from creatorgraph.store.write.profile import IncomingProfile
from tests.database_wait import SOMEBODY_WAITS, wait_until
from tests.pause import Pause

pytestmark = pytest.mark.timeout(180)


def asked(engines: Engines, *profiles: ProfileId) -> ErasureId:
    return request_erasure(engines, profiles=profiles, asked_by="test").erasure_id


def someone(engines: Engines) -> ProfileId:
    with engines.database.transaction() as connection:
        return min(read_memberships(connection))


def test_two_requests_at_one_moment_are_one_erasure(resolved: Engines) -> None:
    gone, all_there = someone(resolved), Barrier(4)

    def ask() -> ErasureId:
        all_there.wait(60)
        return asked(resolved, gone)

    with ThreadPoolExecutor(4) as pool:
        ids = {each.result() for each in [pool.submit(ask) for _ in range(4)]}
    with resolved.database.transaction() as connection:
        assert set(open_erasures(connection)) == ids
    assert len(ids) == 1


def test_profiles_arrive_while_somebody_is_erased(resolved: Engines, monkeypatch: pytest.MonkeyPatch) -> None:
    erasure_id = asked(resolved, someone(resolved))
    pause = Pause(suppressed)
    monkeypatch.setattr("creatorgraph.services.arrival.service.suppressed", pause)
    new = Profile(profile_id=ProfileId("late"), platform=Platform.X, username="late_comer")
    incoming = [IncomingProfile(profile=new, payload={})]
    with ThreadPoolExecutor(2) as pool:
        arrival = pool.submit(Arrivals(resolved).take_in, incoming, source="test")
        pause.wait_until_reached()
        erasing = pool.submit(carry_out_erasures, resolved)
        try:
            wait_until(resolved.database, SOMEBODY_WAITS, seconds=60)
        finally:
            pause.go_on()
        assert set(arrival.result().creators) == {"late"}
        assert ErasedFrom.PROFILES in {step.place for each in erasing.result() for step in each.steps}
    assert one_erasure(resolved, erasure_id).done_at


def test_a_preview_is_accepted_while_one_of_its_people_is_erased(
    resolved: Engines, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_steward(resolved, "ann", Role.STEWARD)
    [ann] = list_stewards(resolved)
    preview = preview_bulk(resolved, ann, NO_FILTER)
    erasure_id = asked(resolved, preview.sample[0].item.left)
    pause = Pause(rename_in_history)
    monkeypatch.setattr("creatorgraph.services.erasure.rename_in_history", pause)
    with ThreadPoolExecutor(2) as pool:
        erasing = pool.submit(carry_out_erasures, resolved)
        pause.wait_until_reached()
        accepting = pool.submit(accept_bulk, resolved, ann, preview.token)
        try:
            wait_until(resolved.database, SOMEBODY_WAITS, seconds=60)
        finally:
            pause.go_on()
        erasing.result()
        with pytest.raises(MissingError):
            accepting.result()
    assert one_erasure(resolved, erasure_id).done_at
