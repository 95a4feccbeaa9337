"""What a steward's own acts change makes nobody decide twice; what anybody else changes is told."""

from dataclasses import dataclass

import pytest
import sqlalchemy as sa

from creatorgraph.domain.decision import Pair, Verdict
from creatorgraph.domain.profile import ProfileId
from creatorgraph.domain.review import ReviewState
from creatorgraph.domain.steward import Steward
from creatorgraph.resolution.option import bits
from creatorgraph.services.engines import Engines
from creatorgraph.services.recluster import reviewed, run_options
from creatorgraph.services.steward.claim import claim_items, release_item
from creatorgraph.services.steward.decide import decide, skip
from creatorgraph.services.steward.refusal import StaleVersionError
from creatorgraph.services.steward.undo import undo
from creatorgraph.store.read.component import memberships_of
from creatorgraph.store.read.review import ReviewItemSeen, items_by_pairs
from creatorgraph.store.table import profile
from creatorgraph.store.write.review import MOST_EARLIER, replace_open_items
from tests.integration.steward.look import add_link, members, singles


@dataclass(frozen=True, slots=True, kw_only=True)
class Tied:
    """Items that were shown to Ann, who holds them: her verdict SAME on `first` moves the other two, and closes one of them."""

    first: ReviewItemSeen
    moved: ReviewItemSeen
    closed: ReviewItemSeen


@pytest.fixture
def tied(engines: Engines, ann: Steward) -> Tied:
    """Of four profiles three may be one person, any two of them; the fourth, whom most people follow, may be the second."""
    with engines.database.transaction() as connection:
        alone = [members(engines)[each][0] for each in singles(engines, 40)]
        rows = connection.execute(sa.select(profile.c.profile_id, profile.c.followers).order_by(profile.c.followers))
        followed = [each.profile_id for each in rows if each.followers and each.profile_id in alone]
        one, other, third, fourth = *followed[:3], followed[-1]
        pairs = [(one, other), (one, third), (other, third), (other, fourth)]
        for left, right in pairs:
            add_link(connection, left, right, bits(0.3))
        ends = [one, other, third, fourth]
        found = reviewed(connection, memberships_of(connection, ends), run_options(connection))
        replace_open_items(connection, found, among=ends)
    say(engines, ann, now(engines, _pair(one, other)), Verdict.SAME)
    held = {each.item.pair: each for each in claim_items(engines, ann, count=50)}
    first, closed, moved = (held[_pair(*each)] for each in pairs[1:])
    return Tied(first=first, moved=moved, closed=closed)


def _pair(one: ProfileId, other: ProfileId) -> Pair:
    return min(one, other), max(one, other)


def now(engines: Engines, pair: Pair) -> ReviewItemSeen:
    with engines.database.transaction() as connection:
        [found] = items_by_pairs(connection, [pair])
    assert found is not None
    return found


def say(
    engines: Engines, by: Steward, item: ReviewItemSeen, verdict: Verdict = Verdict.UNSURE, *, blind: bool = False
) -> str:
    """Decides with the version that was shown; the id of the decision."""
    made = decide(engines, by, item.item.pair, verdict, expected_version=item.version, blind=blind)
    assert (made.decisions[-1].item_version, made.decisions[-1].pair) == (item.version, item.item.pair)
    assert made.decisions[-1].shown_probability == (None if blind else item.item.probability)
    return made.decisions[-1].decision_id


@pytest.mark.parametrize("blind", [False, True])
def test_a_verdict_goes_through_beside_what_the_stewards_own_has_moved(
    engines: Engines, ann: Steward, tied: Tied, blind: bool
) -> None:
    say(engines, ann, tied.first, Verdict.SAME)
    for shown, state in ((tied.moved, ReviewState.CLAIMED), (tied.closed, ReviewState.CLOSED)):
        found = now(engines, shown.item.pair)
        assert (found.item.state, found.version) == (state, shown.version + 1)
        say(engines, ann, shown, Verdict.SAME, blind=blind)
        assert now(engines, shown.item.pair).item.state is ReviewState.DECIDED


def test_so_does_one_after_an_undo(engines: Engines, ann: Steward) -> None:
    [shown, *_] = claim_items(engines, ann, count=4)
    undo(engines, ann, say(engines, ann, shown))
    say(engines, ann, shown, Verdict.DIFFERENT)


def test_what_somebody_else_has_moved_is_told(engines: Engines, ann: Steward, bo: Steward, tied: Tied) -> None:
    release_item(engines, ann, tied.first.item.pair)
    theirs = decide(
        engines, bo, tied.first.item.pair, Verdict.SAME, expected_version=now(engines, tied.first.item.pair).version
    )
    moved = now(engines, tied.moved.item.pair)
    for act in (
        lambda: say(engines, ann, tied.moved),
        lambda: skip(engines, ann, tied.moved.item.pair, reason="later", expected_version=tied.moved.version),
    ):
        with pytest.raises(StaleVersionError) as stale:
            act()
        assert (stale.value.expected, stale.value.actual) == (tied.moved.version, moved.version)
    # nor does an act of Ann's own hide it
    undo(engines, ann, theirs.decisions[-1].decision_id)
    assert now(engines, tied.moved.item.pair).version > moved.version
    with pytest.raises(StaleVersionError):
        say(engines, ann, tied.moved)
    say(engines, ann, moved)


def test_what_is_long_ago_is_looked_at_again(engines: Engines, ann: Steward) -> None:
    [shown] = claim_items(engines, ann)
    for _ in range(MOST_EARLIER // 2):
        release_item(engines, ann, shown.item.pair)
        [held] = claim_items(engines, ann)
    assert now(engines, shown.item.pair).earlier == (shown.item.probability,) * MOST_EARLIER
    release_item(engines, ann, shown.item.pair)
    with pytest.raises(StaleVersionError):
        say(engines, ann, shown)
    say(engines, ann, held)
