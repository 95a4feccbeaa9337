"""Acts of stewards take effect at once, last, and are what a run over everything would have found."""

from itertools import combinations

import pytest

from creatorgraph.domain.decision import Act, Verdict
from creatorgraph.domain.review import ReviewReason, ReviewState
from creatorgraph.domain.steward import Steward
from creatorgraph.services.engines import Engines
from creatorgraph.services.steward.claim import claim_items
from creatorgraph.services.steward.decide import decide
from creatorgraph.services.steward.preview import preview_merge, preview_split
from creatorgraph.services.steward.refusal import ContradictionError, InvalidDecisionError
from creatorgraph.services.steward.split import FEW_PAIRS, move
from creatorgraph.services.steward.undo import undo
from creatorgraph.store.read.review import items_by_pairs
from tests.integration.steward.look import (
    assert_a_run_finds_nothing_new,
    batch,
    home,
    item,
    members,
    merged,
    of_size,
    parted,
    singles,
    version,
)


def test_a_decision_joins_at_once_and_a_run_agrees(engines: Engines, ann: Steward) -> None:
    found = item(engines, ann, ReviewReason.UNCERTAIN_LINK)
    left, right = found.item.pair
    assert home(engines, left) != home(engines, right)
    older = min(home(engines, left), home(engines, right))
    outcome = decide(engines, ann, found.item.pair, Verdict.SAME, expected_version=found.version, comment="twins")
    assert home(engines, left) == home(engines, right) == older
    assert {"merged", "retired"} <= {each.kind.value for each in outcome.events}
    assert all(each.sequence for each in outcome.events)
    [said] = outcome.decisions
    assert (said.actor, said.comment, said.shown_probability) == ("ann", "twins", found.item.probability)
    assert said.item_version == found.version
    assert_a_run_finds_nothing_new(engines)


def test_a_blind_decision_says_that_nothing_was_shown(engines: Engines, ann: Steward) -> None:
    [found] = claim_items(engines, ann, blind=True)
    outcome = decide(engines, ann, found.item.pair, Verdict.UNSURE, expected_version=found.version)
    assert outcome.decisions[0].blind
    assert outcome.decisions[0].shown_probability is None
    assert outcome.events == ()


def test_undo_brings_back_what_was_and_undoing_it_is_a_redo(engines: Engines, ann: Steward, bo: Steward) -> None:
    found = item(engines, ann, ReviewReason.UNCERTAIN_LINK)
    left, right = found.item.pair
    made = decide(engines, ann, found.item.pair, Verdict.SAME, expected_version=found.version)
    undone = undo(engines, bo, made.decisions[0].decision_id)
    assert [(each.act, each.actor) for each in undone.decisions] == [(Act.UNDO, "bo")]
    assert home(engines, left) != home(engines, right)
    with engines.database.transaction() as connection:
        [again] = items_by_pairs(connection, [found.item.pair])
    assert again is not None
    assert again.item.state is ReviewState.OPEN
    assert_a_run_finds_nothing_new(engines)
    with pytest.raises(InvalidDecisionError, match="taken back already"):
        undo(engines, bo, made.decisions[0].decision_id)
    undo(engines, bo, undone.decisions[0].decision_id)
    assert home(engines, left) == home(engines, right)
    assert_a_run_finds_nothing_new(engines)


def test_a_split_keeps_its_groups_together_and_apart_in_every_later_run(engines: Engines, ann: Steward) -> None:
    origin = of_size(engines, 4)
    profiles = members(engines)[origin]
    group = profiles[1::2]
    preview = preview_split(engines, ann, origin, [group])
    parted(engines, ann, origin, group)
    now = members(engines)
    assert home(engines, group[0]) != home(engines, profiles[0])
    assert set(now[home(engines, group[0])]) == set(group)
    assert set(now[home(engines, profiles[0])]) == set(profiles) - set(group)
    assert {each.profiles for each in preview.creators} == {
        tuple(sorted(group)),
        tuple(sorted(set(profiles) - set(group))),
    }
    assert preview.never_links == len(group) * (len(profiles) - len(group))
    assert [each.creator_id for each in preview.creators if each.creator_id] == [origin]
    assert_a_run_finds_nothing_new(engines)


def test_a_split_of_many_profiles_is_kept_by_few_decisions(
    engines: Engines, ann: Steward, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("creatorgraph.services.steward.split.FEW_PAIRS", 2)
    assert FEW_PAIRS > 2
    origin = of_size(engines, 5)
    profiles = members(engines)[origin]
    group = profiles[:2]
    outcome = parted(engines, ann, origin, group)
    apart = [each for each in outcome.decisions if each.verdict is Verdict.DIFFERENT]
    assert len(apart) == 1
    assert len(outcome.decisions) == 1 + (len(group) - 1) + (len(profiles) - len(group) - 1)
    assert home(engines, group[0]) != home(engines, profiles[-1])
    assert_a_run_finds_nothing_new(engines)
    # the pair that stands for all speaks for every other pair too
    with pytest.raises(ContradictionError):
        merged(engines, ann, home(engines, group[0]), home(engines, profiles[-1]))


def test_a_merge_takes_everybody_along_and_the_oldest_id_survives(engines: Engines, ann: Steward) -> None:
    several = [of_size(engines, 2, most=2), of_size(engines, 3, most=3), *singles(engines, 1)]
    everybody = sorted(profile for each in several for profile in members(engines)[each])
    preview = preview_merge(engines, ann, several)
    outcome = merged(engines, ann, *several)
    assert members(engines)[min(several)] == everybody
    assert set(preview.retired) == set(several) - {min(several)}
    assert [each.profiles for each in preview.creators] == [tuple(everybody)]
    assert outcome.creators == (min(several),)
    assert_a_run_finds_nothing_new(engines)
    undo(engines, ann, outcome.decisions[0].decision_id)
    assert len({home(engines, profile) for profile in everybody}) == len(several)
    assert_a_run_finds_nothing_new(engines)


def test_never_links_survive_merges_and_splits_of_their_sides(engines: Engines, ann: Steward) -> None:
    origin = of_size(engines, 3, most=3)
    one, *others = members(engines)[origin]
    parted(engines, ann, origin, [one])
    stranger, other = singles(engines, 2)
    merged(engines, ann, home(engines, one), stranger)
    merged(engines, ann, home(engines, others[0]), other)
    with pytest.raises(ContradictionError) as error:
        merged(engines, ann, home(engines, one), home(engines, others[0]))
    assert {each.act for each in error.value.standing} == {Act.SPLIT}
    parted(engines, ann, home(engines, others[0]), [others[0]])
    assert home(engines, one) not in {home(engines, each) for each in others}
    batch(engines)
    assert home(engines, one) not in {home(engines, each) for each in others}
    assert_a_run_finds_nothing_new(engines)


def test_a_profile_moves_and_stays(engines: Engines, ann: Steward) -> None:
    origin, target = of_size(engines, 3), of_size(engines, 2, most=2)
    profile = members(engines)[origin][0]
    moved = move(engines, ann, profile, target, expected_version=version(engines, origin))
    assert home(engines, profile) == target
    assert {each.kind.value for each in moved.events} >= {"left", "joined"}
    assert_a_run_finds_nothing_new(engines)
    alone = move(engines, ann, profile, None, expected_version=version(engines, target), override=True)
    assert members(engines)[home(engines, profile)] == [profile]
    assert_a_run_finds_nothing_new(engines)
    undo(engines, ann, alone.decisions[-1].decision_id)
    assert home(engines, profile) == target
    with pytest.raises(InvalidDecisionError, match="there already"):
        move(engines, ann, profile, target, expected_version=version(engines, target))


def test_every_pair_of_a_three_way_split_stays_apart(engines: Engines, ann: Steward) -> None:
    origin = of_size(engines, 4)
    a, b, *rest = members(engines)[origin]
    parted(engines, ann, origin, [a], [b])
    homes = [home(engines, a), home(engines, b), home(engines, rest[0])]
    assert all(one != other for one, other in combinations(homes, 2))
    assert_a_run_finds_nothing_new(engines)
