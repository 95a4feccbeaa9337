"""What is refused says why, offers a way out, and has changed nothing."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa

from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.decision import Verdict
from creatorgraph.domain.error import BusyError, InvalidInputError
from creatorgraph.domain.profile import ProfileId
from creatorgraph.domain.review import ReviewReason, ReviewState
from creatorgraph.domain.steward import Steward
from creatorgraph.services.engines import Engines
from creatorgraph.services.identity_change import lock_against_acts, lock_alone
from creatorgraph.services.steward.claim import claim_items
from creatorgraph.services.steward.decide import comment_on, decide, skip
from creatorgraph.services.steward.merge import merge
from creatorgraph.services.steward.refusal import (
    AlreadyDecidedError,
    ClaimExpiredError,
    ContradictionError,
    InvalidDecisionError,
    MissingError,
    NotAllowedError,
    StaleVersionError,
)
from creatorgraph.services.steward.split import split
from creatorgraph.services.steward.undo import undo
from creatorgraph.store.read.bulk import read_decisions
from creatorgraph.store.read.review import items_by_pairs
from creatorgraph.store.table import decision, review_item
from tests.integration.steward.look import (
    assert_a_run_finds_nothing_new,
    home,
    item,
    members,
    merged,
    of_size,
    parted,
    singles,
    state,
    version,
)


def test_a_contradiction_offers_to_withdraw_or_to_keep(engines: Engines, ann: Steward, bo: Steward) -> None:
    one, other, third = singles(engines, 3)
    [a], [b], [c] = (members(engines)[each] for each in (one, other, third))
    tied = merged(engines, ann, one, other, third)
    whole = min(one, other, third)
    with pytest.raises(ContradictionError) as error:
        parted(engines, bo, whole, [a])
    assert error.value.overridable
    assert {each.decision_id for each in error.value.standing} <= {each.decision_id for each in tied.decisions}
    # keep: nothing has changed
    assert members(engines)[whole] == sorted([a, b, c])
    # withdraw: the entries are undone by new ones, and the act is done
    done = split(engines, bo, whole, [[a]], expected_version=version(engines, whole), override=True)
    assert home(engines, a) not in {home(engines, b), home(engines, c)}
    withdrawn = [each for each in done.decisions if each.undoes]
    assert {each.undoes for each in withdrawn} == {each.decision_id for each in error.value.standing}
    assert_a_run_finds_nothing_new(engines)
    # one undo takes back the whole act: what was withdrawn stands again
    undo(engines, bo, done.decisions[-1].decision_id)
    assert members(engines)[whole] == sorted([a, b, c])
    assert_a_run_finds_nothing_new(engines)


def test_deciding_what_contradicts_a_standing_decision(engines: Engines, ann: Steward, bo: Steward) -> None:
    found = item(engines, ann, ReviewReason.UNCERTAIN_LINK)
    pair = found.item.pair
    decide(engines, ann, pair, Verdict.DIFFERENT, expected_version=found.version)
    with engines.database.transaction() as connection:
        [now] = items_by_pairs(connection, [pair])
    assert now is not None
    with pytest.raises(AlreadyDecidedError) as already:
        decide(engines, bo, pair, Verdict.SAME, expected_version=now.version)
    assert already.value.decision.actor == "ann"
    decide(engines, bo, pair, Verdict.SAME, expected_version=now.version, override=True)
    assert home(engines, pair[0]) == home(engines, pair[1])
    with engines.database.transaction() as connection:
        log = [each for each in read_decisions(connection) if each.pair == pair]
    assert [(each.actor, each.verdict.value, each.undoes is not None) for each in log] in (
        [("ann", "different", False), ("bo", "same", False), ("bo", "different", True)],
        [("ann", "different", False), ("bo", "different", True), ("bo", "same", False)],
    )
    assert_a_run_finds_nothing_new(engines)


def test_what_cannot_be_meant_is_refused(engines: Engines, ann: Steward, eve: Steward) -> None:
    found = item(engines, ann)
    pair, nobody = found.item.pair, CreatorId("01910000-0000-7000-8000-000000000000")
    own = of_size(engines, 2)
    profiles = members(engines)[own]
    before = state(engines)
    with pytest.raises(InvalidDecisionError, match="one profile"):
        decide(engines, ann, (pair[0], pair[0]), Verdict.SAME, expected_version=1)
    with pytest.raises(StaleVersionError) as stale:
        decide(engines, ann, pair, Verdict.SAME, expected_version=found.version + 1)
    assert (stale.value.expected, stale.value.actual) == (found.version + 1, found.version)
    with pytest.raises(MissingError):
        decide(engines, ann, (ProfileId("a"), ProfileId("b")), Verdict.SAME, expected_version=1)
    with pytest.raises(MissingError):
        merge(engines, ann, [own, nobody], expected_versions=[1, 1])
    with pytest.raises(MissingError):
        split(engines, ann, nobody, [profiles], expected_version=1)
    with pytest.raises(MissingError):
        undo(engines, ann, nobody)
    with pytest.raises(StaleVersionError):
        split(engines, ann, own, [profiles[:1]], expected_version=99)
    wrong: list[list[list[ProfileId]]] = [[[]], [profiles], [profiles[:1], profiles[:1]], [[ProfileId("someone else")]]]
    for groups in wrong:
        with pytest.raises(InvalidDecisionError):
            split(engines, ann, own, groups, expected_version=version(engines, own))
    with pytest.raises(InvalidDecisionError, match="twice"):
        merge(engines, ann, [own, own], expected_versions=[1, 1])
    with pytest.raises(InvalidInputError, match="longer"):
        comment_on(engines, ann, pair, "x" * 1001)
    for refused in (
        lambda: claim_items(engines, eve),
        lambda: decide(engines, eve, pair, Verdict.SAME, expected_version=found.version),
        lambda: merge(engines, eve, [own], expected_versions=[1]),
        lambda: undo(engines, eve, nobody),
    ):
        with pytest.raises(NotAllowedError):
            refused()
    assert state(engines) == before


def test_a_lease_that_has_run_out_is_said(engines: Engines, ann: Steward, bo: Steward) -> None:
    [found] = claim_items(engines, ann)
    pair = found.item.pair
    with pytest.raises(ClaimExpiredError, match="another steward"):
        decide(engines, bo, pair, Verdict.SAME, expected_version=found.version)
    with engines.database.transaction() as connection:
        connection.execute(review_item.update().values(claim_expires_at=sa.func.now()).where(_held()))
    with pytest.raises(ClaimExpiredError, match="run out"):
        decide(engines, ann, pair, Verdict.SAME, expected_version=found.version)
    # whoever comes next takes it over
    taken = claim_items(engines, bo, count=50)
    assert pair in {each.item.pair for each in taken}
    with pytest.raises(ClaimExpiredError, match="another steward"):
        decide(engines, ann, pair, Verdict.SAME, expected_version=found.version)


def _held() -> sa.ColumnElement[bool]:
    return review_item.c.state == ReviewState.CLAIMED.value


def test_skipped_items_come_back_last(engines: Engines, ann: Steward) -> None:
    [first] = claim_items(engines, ann)
    skip(engines, ann, first.item.pair, reason="cannot read it", expected_version=first.version)
    rest = claim_items(engines, ann, count=50)
    assert rest[-1].item.pair == first.item.pair or len(rest) == 1
    assert len({each.item.pair for each in rest}) == len(rest)


def test_decisions_are_append_only(engines: Engines, ann: Steward) -> None:
    found = item(engines, ann)
    decide(engines, ann, found.item.pair, Verdict.UNSURE, expected_version=found.version)
    comment_on(engines, ann, found.item.pair, "hard to say")
    for statement in (
        decision.delete(),
        sa.text("DELETE FROM review_event"),
        sa.text("UPDATE review_comment SET text = ''"),
    ):
        with pytest.raises(sa.exc.DBAPIError, match="append-only"), engines.database.engine.begin() as connection:
            connection.execute(statement)


@pytest.mark.parametrize("lock", [lock_alone, lock_against_acts])
def test_an_act_while_a_run_writes_or_profiles_go_is_told_to_come_again(
    engines: Engines, ann: Steward, monkeypatch: pytest.MonkeyPatch, lock: Callable[[sa.Connection], None]
) -> None:
    monkeypatch.setattr("creatorgraph.services.identity_change.WAIT_SECONDS", 0.1)
    found = item(engines, ann)
    with engines.database.transaction() as other:
        lock(other)
        with pytest.raises(BusyError, match=r"try again in 0\.1 s"):
            decide(engines, ann, found.item.pair, Verdict.UNSURE, expected_version=found.version)
    assert decide(engines, ann, found.item.pair, Verdict.UNSURE, expected_version=found.version).decisions
