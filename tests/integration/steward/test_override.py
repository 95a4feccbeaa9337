"""What is withdrawn for an act goes back to the queue, or is decided no longer."""

from dataclasses import dataclass
from itertools import combinations

import pytest

from creatorgraph.domain.decision import Decision, Verdict
from creatorgraph.domain.profile import ProfileId
from creatorgraph.domain.review import ReviewState
from creatorgraph.domain.steward import Steward
from creatorgraph.resolution.option import bits
from creatorgraph.services.engines import Engines
from creatorgraph.services.recluster import reviewed, run_options
from creatorgraph.services.steward.act import Outcome
from creatorgraph.services.steward.claim import claim_items
from creatorgraph.services.steward.decide import decide
from creatorgraph.services.steward.undo import undo
from creatorgraph.store.read.component import memberships_of
from creatorgraph.store.read.review import ReviewItemSeen, items_by_pairs
from creatorgraph.store.write.review import replace_open_items
from tests.integration.steward.contract import Contract
from tests.integration.steward.look import add_link, home, members, merged, singles


@dataclass(frozen=True, slots=True, kw_only=True)
class Triangle:
    """Three creators of one profile each, x < y < z, any two of which may be the same person."""

    engines: Engines
    x: ProfileId
    y: ProfileId
    z: ProfileId

    def item(self, one: ProfileId, other: ProfileId) -> ReviewItemSeen:
        with self.engines.database.transaction() as connection:
            [found] = items_by_pairs(connection, [(one, other)])
        assert found is not None
        return found

    def says(
        self, steward: Steward, one: ProfileId, other: ProfileId, verdict: Verdict, *, override: bool = False
    ) -> Outcome:
        version = self.item(one, other).version
        return decide(self.engines, steward, (one, other), verdict, expected_version=version, override=override)


@pytest.fixture
def triangle(engines: Engines) -> Triangle:
    ends = sorted(members(engines)[each][0] for each in singles(engines, 3))
    with engines.database.transaction() as connection:
        for one, other in combinations(ends, 2):
            add_link(connection, one, other, bits(0.3))
        found = reviewed(connection, memberships_of(connection, ends), run_options(connection))
        replace_open_items(connection, found, among=ends)
    return Triangle(engines=engines, x=ends[0], y=ends[1], z=ends[2])


def withdrawn(outcome: Outcome) -> Decision:
    [found] = [each for each in outcome.decisions if each.undoes]
    return found


def test_a_decision_on_another_pair_that_is_withdrawn_is_open_again(triangle: Triangle, ann: Steward) -> None:
    x, y, z = triangle.x, triangle.y, triangle.z
    triangle.says(ann, x, y, Verdict.SAME)
    triangle.says(ann, y, z, Verdict.SAME)
    apart = triangle.says(ann, x, z, Verdict.DIFFERENT, override=True)
    again = withdrawn(apart).pair
    [stays] = {(x, y), (y, z)} - {again}
    assert triangle.item(*again).item.state is ReviewState.OPEN
    assert triangle.item(*stays).item.state is ReviewState.DECIDED
    assert again in {each.item.pair for each in claim_items(triangle.engines, ann, count=50)}
    Contract(engines=triangle.engines).check()
    # to undo the act is to decide the item again, whoever holds it meanwhile
    undo(triangle.engines, ann, apart.decisions[-1].decision_id)
    assert triangle.item(*again).item.state is ReviewState.DECIDED
    assert home(triangle.engines, x) == home(triangle.engines, z)
    Contract(engines=triangle.engines).check()


def test_a_decision_that_a_merge_withdraws_is_decided_no_longer(triangle: Triangle, ann: Steward) -> None:
    x, y, z = triangle.x, triangle.y, triangle.z
    triangle.says(ann, x, y, Verdict.DIFFERENT)
    triangle.says(ann, x, z, Verdict.DIFFERENT)
    triangle.says(ann, y, z, Verdict.SAME)
    engines = triangle.engines
    done = merged(engines, ann, home(engines, x), home(engines, y), override=True)
    assert home(engines, x) == home(engines, y) == home(engines, z)
    said = {each.pair for each in done.decisions if not each.undoes}
    [gone] = {(x, y), (x, z)} - said
    # one creator now, whose links are not worth a look
    assert triangle.item(*gone).item.state is ReviewState.CLOSED
    Contract(engines=engines).check()
