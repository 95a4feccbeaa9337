"""Profiles that arrive one after the other, in any order, end where a run over all of them with the same model does."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
import pytest
import sqlalchemy as sa

from creatorgraph.domain.profile import ProfileId
from creatorgraph.resolution.model.artefact import ModelArtefact
from creatorgraph.services.arrival.service import Arrivals
from creatorgraph.services.engines import Engines
from creatorgraph.services.identity_change import lock_alone
from creatorgraph.services.model_file import read_model
from creatorgraph.services.resolve import model_path, resolve_all
from creatorgraph.services.retraining import run_is_due
from creatorgraph.services.withdraw import withdraw_profiles
from creatorgraph.store.table import (
    identity_event,
    outbox,
)
from creatorgraph.store.write.profile import IncomingProfile
from tests.integration.services.arrival_state import assert_alike, clusters, empty, facts
from tests.remembered_weight import RememberedWeights


@pytest.fixture
def remembering(engines: Engines) -> Engines:
    """Splink is asked once for each level code: most of an arrival of a few is setting it up."""
    scoring = RememberedWeights()
    return replace(engines, scoring=lambda: scoring)


def stream(
    engines: Engines, model: ModelArtefact, incoming: Sequence[IncomingProfile], steps: Iterable[np.ndarray]
) -> None:
    """Everything anew: nobody there at first, then the profiles in these steps."""
    empty(engines)
    resolve_all(engines, force=True, model=model)
    arrivals = Arrivals(engines)
    for step in steps:
        arrived = arrivals.take_in([incoming[row] for row in step], source="test")
        assert not arrived.waiting
        assert len(arrived.creators) == len(step)


def test_any_order_of_arrival_ends_where_the_run_does(remembering: Engines, incoming: list[IncomingProfile]) -> None:
    engines = remembering
    Arrivals(engines).take_in(incoming, source="test")
    resolve_all(engines)
    model = read_model(model_path(engines.settings))
    resolve_all(engines, force=True, model=model)
    whole, by_run = clusters(engines), facts(engines)
    assert len(by_run["link"]) > len(incoming) / 3
    first = None
    for seed, at_once in enumerate((7, 40, 300)):
        order = np.random.default_rng(seed).permutation(len(incoming))
        stream(engines, model, incoming, np.array_split(order, -(-len(order) // at_once)))
        now = facts(engines)
        first = first or now
        assert_alike(now, first)
        assert clusters(engines) == whole
    assert first is not None
    assert_alike(first, {"near": by_run["near"], "pair": by_run["pair"]})


def test_who_changes_or_goes_leaves_what_would_be_there_without_the_past(
    remembering: Engines, incoming: list[IncomingProfile]
) -> None:
    engines = remembering
    Arrivals(engines).take_in(incoming, source="test")
    resolve_all(engines)
    model = read_model(model_path(engines.settings))
    random = np.random.default_rng(5)
    rows = random.permutation(len(incoming))
    changing, going = rows[:25], rows[25:40]
    # each takes over what another shows, so that pairs come and go
    changed = {
        row: replaced(incoming[row], incoming[other])
        for row, other in zip(changing.tolist(), np.roll(changing, 1).tolist(), strict=True)
    }
    last = [changed.get(row, each) for row, each in enumerate(incoming) if row not in set(going.tolist())]

    stream(engines, model, last, [np.arange(len(last))])
    wanted, whole = facts(engines), clusters(engines)

    stream(engines, model, incoming, [rows])
    arrivals = Arrivals(engines)
    assert facts(engines)["link"] != wanted["link"]
    for part in np.array_split(changing, 4):
        arrivals.take_in([changed[row] for row in part.tolist()], source="test")
    for part in np.array_split(going, 3):
        ids = [incoming[row].profile.profile_id for row in part.tolist()]
        assert withdraw_profiles(engines, ids, arrivals=arrivals).profiles == len(ids)
    assert_alike(facts(engines), wanted)
    assert clusters(engines) == whole


def replaced(item: IncomingProfile, other: IncomingProfile) -> IncomingProfile:
    """The same profile, which shows the name, the bio and the identifiers of another."""
    theirs = other.profile
    shown = {name: getattr(theirs, name) for name in ("username", "display_name", "bio", "identifiers", "avatar_hash")}
    return replace(item, profile=replace(item.profile, **shown))


def test_the_same_again_changes_nothing(engines: Engines, incoming: list[IncomingProfile]) -> None:
    arrivals = Arrivals(engines)
    first = arrivals.take_in(incoming[:50], source="test")
    assert len(first.waiting) == 50, "nothing to resolve by yet"
    resolve_all(engines)
    assert arrivals.take_in(incoming[50:60], source="test").upserted.added == 10
    with engines.database.transaction() as connection:
        events = connection.scalar(sa.select(sa.func.count()).select_from(identity_event))
        messages = connection.scalar(sa.select(sa.func.max(outbox.c.sequence)))
    again = arrivals.take_in(incoming[:60], source="test")
    assert again.upserted.unchanged == 60
    assert len(again.creators) == 60
    with engines.database.transaction() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(identity_event)) == events
        assert connection.scalar(sa.select(sa.func.max(outbox.c.sequence))) == messages


def test_whoever_arrives_during_a_run_waits_and_is_resolved_after_it(
    engines: Engines, incoming: list[IncomingProfile]
) -> None:
    arrivals = Arrivals(engines)
    arrivals.take_in(incoming[:200], source="test")
    resolve_all(engines)
    with engines.database.transaction() as connection:
        lock_alone(connection)
        waiting = arrivals.take_in(incoming[200:240], source="test")
        assert len(waiting.waiting) == 40
        assert arrivals.resolve_all_waiting() == 0
    assert arrivals.resolve_all_waiting() == 40
    assert sum(map(len, clusters(engines))) == 240
    assert arrivals.resolve_all_waiting() == 0


def test_a_run_takes_those_that_wait_along(engines: Engines, incoming: list[IncomingProfile]) -> None:
    arrivals = Arrivals(engines)
    arrivals.take_in(incoming[:200], source="test")
    resolve_all(engines)
    with engines.database.transaction() as connection:
        lock_alone(connection)
        arrivals.take_in(incoming[200:240], source="test")
    resolve_all(engines)
    assert arrivals.resolve_all_waiting() == 0
    # the model is another one now, and the process takes it up
    assert len(arrivals.take_in(incoming[240:250], source="test").creators) == 10


@pytest.mark.parametrize("content", [None, b"{}"])
def test_where_the_model_is_missing_or_of_another_version_profiles_wait_for_a_run(
    engines: Engines, incoming: list[IncomingProfile], caplog: pytest.LogCaptureFixture, content: bytes | None
) -> None:
    Arrivals(engines).take_in(incoming[:60], source="test")
    resolve_all(engines)
    for file in (engines.settings.data_dir / "arrival").glob("*/model.json"):
        file.unlink()
        if content is not None:
            file.write_bytes(content)
    arrivals = Arrivals(engines)
    for each in incoming[60:63]:
        assert arrivals.take_in([each], source="test").waiting == (each.profile.profile_id,)
    assert len(caplog.messages) == 1
    assert "wait" in caplog.text
    with engines.database.transaction() as connection:
        assert not run_is_due(connection)
        connection.execute(sa.text("UPDATE arrival SET at = at - interval '11 minutes'"))
        assert run_is_due(connection)
    resolve_all(engines)
    assert len(arrivals.take_in(incoming[63:64], source="test").creators) == 1
    assert arrivals.resolve_all_waiting() == 0


def test_whoever_stands_alone_goes_alone(engines: Engines, incoming: list[IncomingProfile]) -> None:
    """Nobody is touched, and those who stay are what they were."""
    arrivals = Arrivals(engines)
    arrivals.take_in(incoming, source="test")
    resolve_all(engines)
    before, found = clusters(engines), facts(engines)
    # that only a run found a pair does not show among the pairs
    paired = {ProfileId(end) for name in ("pair", "link") for pair in found[name] for end in pair}
    alone = [each.profile.profile_id for each in incoming if each.profile.profile_id not in paired]
    assert withdraw_profiles(engines, alone[:2], arrivals=arrivals).profiles == 2
    assert clusters(engines) == {each for each in before if not each & set(alone[:2])}
    assert withdraw_profiles(engines, paired, arrivals=arrivals).profiles == len(paired)
    assert facts(engines)["link"] == {}
