"""Profiles that are withdrawn leave their creators, with the history to say so; creators without any end."""

import pytest
import sqlalchemy as sa

from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.identity_event import IdentityEventKind
from creatorgraph.domain.profile import ProfileId
from creatorgraph.domain.steward import Steward
from creatorgraph.resolution.identity import replay
from creatorgraph.services.engines import Engines
from creatorgraph.services.ingest import ingest_files
from creatorgraph.services.steward.replay import replay_identities
from creatorgraph.services.steward.undo import undo
from creatorgraph.services.withdraw import Withdrawn, withdraw_profiles
from creatorgraph.store.read.component import facts_of
from creatorgraph.store.read.history import all_events
from creatorgraph.store.table import creator, link, outbox, profile, review_item
from tests.integration.steward.contract import Contract
from tests.integration.steward.look import (
    assert_a_run_finds_nothing_new,
    batch,
    home,
    members,
    merged,
    of_size,
    singles,
    state,
)


def test_a_member_leaves_and_the_creator_lives_on(engines: Engines) -> None:
    origin = of_size(engines, 3)
    gone, *left = members(engines)[origin]
    done = withdraw_profiles(engines, [gone])
    assert done == Withdrawn(profiles=1, changed=done.changed, retired=())
    assert origin in done.changed
    assert gone not in {each for profiles in members(engines).values() for each in profiles}
    assert {each for each in left if home(engines, each) == origin}
    with engines.database.transaction() as connection:
        events = all_events(connection)
        for table, columns in (
            (profile, ("profile_id",)),
            (link, ("left_id", "right_id")),
            (review_item, ("left_id",)),
        ):
            for column in columns:
                assert not connection.scalar(sa.select(sa.func.count()).where(table.c[column] == gone))
        told = connection.scalars(sa.select(outbox.c.topic).where(outbox.c.payload["profiles"].contains([gone]))).all()
        members_of = connection.scalar(sa.select(creator.c.members).where(creator.c.creator_id == origin))
    assert IdentityEventKind.LEFT in {each.kind for each in events if gone in each.profiles}
    assert "profile.deleted" in told
    assert members_of == len(members(engines)[origin])
    assert gone not in replay(events).membership
    assert replay_identities(engines).misplaced == ()


def test_with_its_last_profile_a_creator_retires_without_a_successor(engines: Engines) -> None:
    [only] = singles(engines, 1)
    done = withdraw_profiles(engines, members(engines)[only])
    assert done == Withdrawn(profiles=1, changed=(), retired=(only,))
    with engines.database.transaction() as connection:
        row = connection.execute(sa.select(creator).where(creator.c.creator_id == only)).one()
    assert row.retired_at is not None
    assert row.successor_id is None


def test_what_is_gone_is_withdrawn_once(engines: Engines) -> None:
    origin = of_size(engines, 2)
    profiles = members(engines)[origin]
    assert withdraw_profiles(engines, profiles).retired == (origin,)
    before = state(engines)
    assert withdraw_profiles(engines, [*profiles, ProfileId("nobody")]) == Withdrawn(profiles=0, changed=(), retired=())
    assert state(engines) == before


def test_who_was_tied_by_a_decision_stays_tied(engines: Engines, ann: Steward) -> None:
    one, other, third = singles(engines, 3)
    ends = [members(engines)[each][0] for each in (one, other, third)]
    merged(engines, ann, one, other, third)
    middle = sorted(ends)[1]
    withdraw_profiles(engines, [middle])
    first, last = (each for each in ends if each != middle)
    assert home(engines, first) == home(engines, last)
    batch(engines)
    assert home(engines, first) == home(engines, last)


def test_to_undo_what_ties_through_profiles_that_are_gone_parts_at_once(engines: Engines, ann: Steward) -> None:
    everybody = [members(engines)[each][0] for each in singles(engines, 4)]
    with engines.database.transaction() as connection:
        facts = facts_of(connection, everybody)
    # whoever has most followers speaks for a creator
    gone, also_gone, a, b = sorted(everybody, key=lambda each: (-(facts[each].followers or 0), each))
    merged(engines, ann, home(engines, a), home(engines, gone))
    merged(engines, ann, home(engines, b), home(engines, also_gone))
    [tie] = merged(engines, ann, home(engines, a), home(engines, b)).decisions
    assert set(tie.pair) == {gone, also_gone}
    withdraw_profiles(engines, [gone, also_gone])
    assert home(engines, a) == home(engines, b)
    undone = undo(engines, ann, tie.decision_id)
    assert home(engines, a) != home(engines, b)
    assert set(undone.creators) == {home(engines, a), home(engines, b)}
    Contract(engines=engines).check()
    batch(engines)
    assert_a_run_finds_nothing_new(engines)
    # a redo ties them again
    undo(engines, ann, undone.decisions[0].decision_id)
    assert home(engines, a) == home(engines, b)


def test_a_run_brings_nobody_back(engines: Engines) -> None:
    origin: CreatorId = of_size(engines, 3)
    gone = members(engines)[origin][0]
    withdraw_profiles(engines, [gone])
    batch(engines)
    assert gone not in {each for profiles in members(engines).values() for each in profiles}
    before = state(engines)
    batch(engines)
    assert state(engines) == before


def test_what_was_never_resolved_is_deleted_alone(engines: Engines, tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.mktemp("late") / "late.jsonl"
    file.write_text('{"profile_id": "late", "platform": "x", "username": "late_comer"}\n')
    ingest_files(engines, [file])
    before = members(engines)
    assert withdraw_profiles(engines, [ProfileId("late")]) == Withdrawn(profiles=1, changed=(), retired=())
    assert members(engines) == before
