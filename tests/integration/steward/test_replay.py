"""The log rebuilds the tables, and tells the story of a creator."""

import pytest
import sqlalchemy as sa

from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.error import NotFoundError
from creatorgraph.domain.steward import Role, Steward
from creatorgraph.services.engines import Engines
from creatorgraph.services.steward.access import (
    add_steward,
    caller_by_session,
    caller_by_token,
    end_steward,
    list_stewards,
    sign_in,
    sign_out,
)
from creatorgraph.services.steward.claim import claim_items
from creatorgraph.services.steward.merge import merge
from creatorgraph.services.steward.replay import replay_identities, story
from creatorgraph.services.steward.undo import undo
from creatorgraph.store.read.bulk import read_memberships
from creatorgraph.store.table import creator, membership, outbox, steward_session
from creatorgraph.store.table import steward as steward_table


@pytest.fixture
def merged(engines: Engines, ann: Steward) -> tuple[CreatorId, CreatorId, str]:
    """Two creators in the order of their age, merged by hand, and the decision."""
    with engines.database.transaction() as connection:
        one, other = sorted(set(read_memberships(connection).values()))[:2]
        versions = dict(connection.execute(sa.select(creator.c.creator_id, creator.c.version)).all())
    done = merge(engines, ann, [one, other], expected_versions=[versions[one], versions[other]], comment="one band")
    return one, other, done.decisions[0].decision_id


def test_the_tables_are_what_the_log_says(engines: Engines, merged: tuple[CreatorId, CreatorId, str]) -> None:
    found = replay_identities(engines)
    assert (found.misplaced, found.misled, found.written) == ((), (), False)
    assert found.profiles > found.creators > 0
    assert merged[1] not in {str(each) for each in found.misled}


def test_damaged_tables_are_made_equal_to_the_log(engines: Engines, merged: tuple[CreatorId, CreatorId, str]) -> None:
    survivor, gone, _ = merged
    with engines.database.transaction() as connection:
        before = read_memberships(connection)
        rows = connection.execute(sa.select(creator).order_by(creator.c.creator_id)).all()
        stray = min(p for p, c in before.items() if c == survivor)
        lost = min(p for p, c in before.items() if c != survivor)
        other = before[lost]
        connection.execute(membership.update().where(membership.c.profile_id == stray).values(creator_id=other))
        connection.execute(membership.delete().where(membership.c.profile_id == lost))
        connection.execute(creator.update().where(creator.c.creator_id == gone).values(successor_id=other))
    found = replay_identities(engines)
    assert set(found.misplaced) == {stray, lost}
    assert found.misled == (gone,)
    with engines.database.transaction() as connection:
        messages = connection.scalar(sa.select(sa.func.count()).select_from(outbox))
    assert replay_identities(engines, write=True).written
    with engines.database.transaction() as connection:
        assert read_memberships(connection) == before
        after = connection.execute(sa.select(creator).order_by(creator.c.creator_id)).all()
        assert (connection.scalar(sa.select(sa.func.count()).select_from(outbox)) or 0) > (messages or 0)
    assert [(row.creator_id, row.golden, row.successor_id) for row in after] == [
        (row.creator_id, row.golden, row.successor_id) for row in rows
    ]
    again = replay_identities(engines)
    assert (again.misplaced, again.misled) == ((), ())


def test_a_story_names_who_and_why(engines: Engines, merged: tuple[CreatorId, CreatorId, str], bo: Steward) -> None:
    survivor, gone, decision_id = merged
    told = story(engines, survivor)
    assert survivor in told[0]
    assert any(f"of {gone}" in line and "merge by ann, same: one band" in line for line in told)
    assert story(engines, gone)[0] == f"{gone} is retired and leads to {survivor}."
    undo(engines, bo, decision_id)
    assert "undo by bo" in story(engines, survivor)[-1]
    with pytest.raises(NotFoundError):
        story(engines, CreatorId("01910000-0000-7000-8000-000000000000"))


def test_tokens_are_kept_as_hashes_and_end(engines: Engines) -> None:
    token = add_steward(engines, "kit", Role.ADMIN)
    session = sign_in(engines, token)
    assert session is not None
    assert len(token) == len(session) == 43
    with engines.database.transaction() as connection:
        rows = [
            *connection.execute(sa.select(steward_table)).all(),
            *connection.execute(sa.select(steward_session)).all(),
        ]
    assert not any(text in repr(rows) for text in (token, session))
    named = caller_by_token(engines, token)
    assert named is not None
    assert (named.name, named.role) == ("kit", Role.ADMIN)
    assert caller_by_session(engines, session) == named
    assert caller_by_token(engines, session) is None
    sign_out(engines, session)
    assert caller_by_session(engines, session) is None

    session = sign_in(engines, token)
    assert session is not None
    [held] = claim_items(engines, named)
    end_steward(engines, "kit")
    assert caller_by_token(engines, token) is None
    assert caller_by_session(engines, session) is None
    assert sign_in(engines, token) is None
    assert next(each for each in list_stewards(engines) if each.name == "kit").disabled_at is not None
    bo = next(each for each in list_stewards(engines) if each.name == "bo")
    assert held.item.pair in {each.item.pair for each in claim_items(engines, bo, count=50)}
    with pytest.raises(NotFoundError):
        end_steward(engines, "nobody")


def test_a_name_is_never_given_twice(engines: Engines) -> None:
    from creatorgraph.domain.error import InvalidInputError

    end_steward(engines, "ann")
    for name in ("ann", " ", "x" * 101, "a\nb"):
        with pytest.raises(InvalidInputError):
            add_steward(engines, name, Role.STEWARD)
