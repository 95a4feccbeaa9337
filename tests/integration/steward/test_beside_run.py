"""While a run over everything computes, stewards go on: nobody waits for it, and what they did is heard when it writes."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from threading import Event

import pytest

from creatorgraph.domain.error import BusyError
from creatorgraph.domain.steward import Steward
from creatorgraph.resolution.model.engine.duckdb_engine import DuckDBEngine
from creatorgraph.services.engines import Engines
from creatorgraph.services.identity_change import lock_alone
from creatorgraph.services.model_file import read_model
from creatorgraph.services.resolve import ATTEMPTS, ResolveSummary, model_path, resolve_all
from creatorgraph.services.withdraw import withdraw_profiles
from tests.integration.steward.look import (
    assert_a_run_finds_nothing_new,
    home,
    members,
    merged,
    of_size,
    parted,
    singles,
)


class Halt:
    """The engine of a run that stops where it has read and has not yet resolved; `reached` counts how often it did."""

    def __init__(self) -> None:
        self.here, self.go_on, self.reached = Event(), Event(), 0

    def __call__(self) -> DuckDBEngine:
        self.reached += 1
        self.here.set()
        assert self.go_on.wait(60)
        return DuckDBEngine()


@contextmanager
def run_under_way(engines: Engines, halt: Halt) -> Iterator[Future[ResolveSummary]]:
    """A forced run with the model that is there, which has read everything and goes on at the end of the block."""
    model = read_model(model_path(engines.settings))
    with ThreadPoolExecutor(1) as pool:
        run = pool.submit(resolve_all, replace(engines, scoring=halt), force=True, model=model)
        assert halt.here.wait(60)
        try:
            yield run
        finally:
            halt.go_on.set()


def test_acts_go_through_at_once_and_stand_when_the_run_has_written(engines: Engines, ann: Steward) -> None:
    one, other = singles(engines, 2)
    ends = members(engines)[one][0], members(engines)[other][0]
    torn = of_size(engines, 2)
    [first, *rest] = members(engines)[torn]
    halt = Halt()
    with run_under_way(engines, halt) as run:
        merged(engines, ann, one, other)
        parted(engines, ann, torn, [first])
        assert not run.done()
        assert home(engines, ends[0]) == home(engines, ends[1])
    assert not run.result().unchanged
    assert halt.reached == 1
    assert home(engines, ends[0]) == home(engines, ends[1])
    assert all(home(engines, each) != home(engines, first) for each in rest)
    assert_a_run_finds_nothing_new(engines)


def test_what_is_withdrawn_meanwhile_stays_away(engines: Engines) -> None:
    gone = members(engines)[of_size(engines, 3)][0]
    halt = Halt()
    with run_under_way(engines, halt) as run:
        withdraw_profiles(engines, [gone])
    assert run.result().profiles == sum(map(len, members(engines).values()))
    # what it had read did not stand any more: it read again
    assert halt.reached == 2
    assert gone not in {each for profiles in members(engines).values() for each in profiles}
    assert_a_run_finds_nothing_new(engines)


def test_a_run_that_is_always_too_late_ends_all_the_same(engines: Engines) -> None:
    """The last time it keeps others out, so that nothing can change under it."""
    model = read_model(model_path(engines.settings))
    going = iter([each for profiles in members(engines).values() for each in profiles])
    refused = 0

    def scoring() -> DuckDBEngine:
        nonlocal refused
        try:
            withdraw_profiles(engines, [next(going)])
        except BusyError:
            refused += 1
        return DuckDBEngine()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("creatorgraph.services.identity_change.WAIT_SECONDS", 0.1)
        found = resolve_all(replace(engines, scoring=scoring), force=True, model=model)
    assert refused == 1
    assert found.profiles == sum(map(len, members(engines).values()))
    assert next(going)  # ATTEMPTS were withdrawn, one was refused
    assert_a_run_finds_nothing_new(engines)


def test_two_runs_take_turns(engines: Engines) -> None:
    halt = Halt()
    model = read_model(model_path(engines.settings))
    with ThreadPoolExecutor(1) as pool:
        with run_under_way(engines, halt) as run:
            second = pool.submit(resolve_all, engines, force=True, model=model)
            with engines.database.transaction() as connection:
                # the second one waits for its turn, not for what acts wait for
                lock_alone(connection)
            assert not second.done()
        assert run.result().profiles == second.result().profiles
    assert ATTEMPTS == 2
