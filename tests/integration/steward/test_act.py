"""Acts of stewards take effect at once, last, and are what a run over everything would have found."""

from itertools import combinations

import pytest
import sqlalchemy as sa

from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.decision import Act, Verdict
from creatorgraph.domain.error import InvalidInputError
from creatorgraph.domain.profile import ProfileId
from creatorgraph.domain.review import ReviewReason, ReviewState
from creatorgraph.domain.steward import Steward
from creatorgraph.services.engines import Engines
from creatorgraph.services.model_file import read_model
from creatorgraph.services.resolve import model_path, resolve_all
from creatorgraph.services.steward.act import Outcome
from creatorgraph.services.steward.claim import claim_items
from creatorgraph.services.steward.decide import comment_on, decide, skip
from creatorgraph.services.steward.merge import merge
from creatorgraph.services.steward.preview import preview_merge, preview_split
from creatorgraph.services.steward.refusal import (
    AlreadyDecidedError,
    ClaimExpiredError,
    ContradictionError,
    InvalidDecisionError,
    MissingError,
    NotAllowedError,
    StaleVersionError,
)
from creatorgraph.services.steward.split import FEW_PAIRS, move, split
from creatorgraph.services.steward.undo import undo
from creatorgraph.store.read.bulk import read_decisions, read_memberships
from creatorgraph.store.read.review import ReviewItemSeen, items_by_pairs
from creatorgraph.store.table import creator, decision, identity_event, outbox, review_item


def members(engines: Engines) -> dict[CreatorId, list[ProfileId]]:
    with engines.database.transaction() as connection:
        found: dict[CreatorId, list[ProfileId]] = {}
        for profile_id, creator_id in sorted(read_memberships(connection).items()):
            found.setdefault(creator_id, []).append(profile_id)
    return found


def home(engines: Engines, profile_id: ProfileId) -> CreatorId:
    return next(each for each, profiles in members(engines).items() if profile_id in profiles)


def version(engines: Engines, creator_id: CreatorId) -> int:
    with engines.database.transaction() as connection:
        return int(connection.scalar(sa.select(creator.c.version).where(creator.c.creator_id == creator_id)) or 0)


def state(engines: Engines) -> tuple[object, ...]:
    """All that a run writes when it finds anything new."""
    with engines.database.transaction() as connection:
        return (
            read_memberships(connection),
            connection.execute(sa.select(creator).order_by(creator.c.creator_id)).all(),
            connection.scalar(sa.select(sa.func.count()).select_from(identity_event)),
            connection.scalar(sa.select(sa.func.count()).select_from(outbox)),
            connection.execute(sa.select(review_item).order_by(review_item.c.left_id, review_item.c.right_id)).all(),
        )


def batch(engines: Engines) -> None:
    """A run over everything, with the model of the last one."""
    resolve_all(engines, model=read_model(model_path(engines.settings)))


def assert_a_run_finds_nothing_new(engines: Engines) -> None:
    before = state(engines)
    batch(engines)
    assert state(engines) == before


def item(engines: Engines, ann: Steward, reason: ReviewReason | None = None) -> ReviewItemSeen:
    return next(each for each in claim_items(engines, ann, count=50) if reason in (None, each.item.reason))


def of_size(engines: Engines, least: int, *, most: int = 1000) -> CreatorId:
    return next(each for each, profiles in sorted(members(engines).items()) if least <= len(profiles) <= most)


def merged(engines: Engines, ann: Steward, *creators: CreatorId, override: bool = False) -> Outcome:
    return merge(
        engines, ann, creators, expected_versions=[version(engines, each) for each in creators], override=override
    )


def parted(engines: Engines, ann: Steward, creator_id: CreatorId, *groups: list[ProfileId]) -> Outcome:
    return split(engines, ann, creator_id, groups, expected_version=version(engines, creator_id))


def singles(engines: Engines, count: int) -> list[CreatorId]:
    return [each for each, profiles in sorted(members(engines).items()) if len(profiles) == 1][:count]


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


def test_every_pair_of_a_three_way_split_stays_apart(engines: Engines, ann: Steward) -> None:
    origin = of_size(engines, 4)
    a, b, *rest = members(engines)[origin]
    parted(engines, ann, origin, [a], [b])
    homes = [home(engines, a), home(engines, b), home(engines, rest[0])]
    assert all(one != other for one, other in combinations(homes, 2))
    assert_a_run_finds_nothing_new(engines)
