"""Splitting a creator by hand, or moving one profile: decisions that keep the groups apart for good."""

from collections.abc import Callable, Sequence
from itertools import combinations, product

from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.decision import Act, Decision, Verdict
from creatorgraph.domain.profile import ProfileId
from creatorgraph.domain.steward import Role, Steward
from creatorgraph.resolution.identity import IdentityChange
from creatorgraph.services.engines import Engines
from creatorgraph.services.recluster import Part
from creatorgraph.services.steward.access import require
from creatorgraph.services.steward.act import Goal, Outcome, Pen, begin, best_plan, check_version, finish, together
from creatorgraph.services.steward.decide import checked_text
from creatorgraph.services.steward.merge import most_followed
from creatorgraph.services.steward.refusal import InvalidDecisionError, MissingError
from creatorgraph.store.read.component import memberships_in

FEW_PAIRS = 400
"""Pairs between two groups up to which each gets its own decision; beyond, the groups are tied inside and one pair stands for
all (docs/decisions/0017-a-split-that-stays.md)."""


def split(
    engines: Engines,
    steward: Steward,
    creator_id: CreatorId,
    groups: Sequence[Sequence[ProfileId]],
    *,
    expected_version: int,
    comment: str | None = None,
    override: bool = False,
) -> Outcome:
    """Parts a creator into the groups; members in none of them are a group of their own. The largest keeps the id.

    Raises:
        RefusedError: one of its kinds; nothing was changed then.
    """
    require(steward, Role.STEWARD)
    with engines.database.transaction() as connection:
        members = memberships_in(connection, [creator_id])
        if not members:
            raise MissingError(
                "there is no such creator", where=creator_id, mend="Look for where it went: `creator(id:)`."
            )
        part, options = begin(connection, members.keys())
        check_version(part, creator_id, expected_version)
        parts = complete_groups(part, creator_id, groups)
        pen = Pen.of(connection, steward.name, Act.SPLIT, checked_text(comment, "comment"))
        plans, goal = split_plans(parts, part, pen)
        decisions, change = best_plan(part, options, plans, goal, pen=pen, override=override)
        return finish(connection, part, decisions, change, options, by=steward.steward_id)


def complete_groups(part: Part, creator_id: CreatorId, groups: Sequence[Sequence[ProfileId]]) -> list[list[ProfileId]]:
    """The groups with the rest of the creator as the last.

    Raises:
        InvalidDecisionError: a group is empty, a profile is named twice or belongs elsewhere, or nothing would be parted.
    """
    members = part.members(creator_id)
    named = [profile for group in groups for profile in group]
    if any(not group for group in groups):
        raise InvalidDecisionError("a group is empty", where="groups", mend="Leave empty groups out.")
    if len(set(named)) != len(named):
        raise InvalidDecisionError("a profile is named twice", where="groups", mend="Name each once.")
    if foreign := sorted(set(named).difference(members)):
        raise InvalidDecisionError(
            f"{foreign[0]} does not belong to this creator", where="groups", mend="Name members alone."
        )
    rest = [each for each in members if each not in set(named)]
    parts = [sorted(group) for group in (*groups, rest) if group]
    if len(parts) < 2:
        raise InvalidDecisionError(
            "one group is no split", where="groups", mend="Leave somebody out, or make two groups."
        )
    return parts


def split_plans(
    groups: Sequence[Sequence[ProfileId]], part: Part, pen: Pen
) -> tuple[Sequence[Callable[[], list[Decision]]], Goal]:
    """Every pair across the groups; where a group would not hold by itself, or the pairs are many, chains inside them."""
    few = sum(len(one) * len(other) for one, other in combinations(groups, 2)) <= FEW_PAIRS

    def apart() -> list[Decision]:
        ends = [each if few else [most_followed(part, each)] for each in groups]
        return [
            pen.says(one, other, Verdict.DIFFERENT)
            for left, right in combinations(ends, 2)
            for one, other in product(left, right)
        ]

    def held() -> list[Decision]:
        return [*apart(), *(tie for group in groups for tie in pen.chain(group))]

    def goal(change: IdentityChange) -> bool:
        return all(together(change, group) for group in groups)

    return ((apart, held) if few else (held,)), goal


def move(
    engines: Engines,
    steward: Steward,
    profile_id: ProfileId,
    to_creator: CreatorId | None,
    *,
    expected_version: int,
    comment: str | None = None,
    override: bool = False,
) -> Outcome:
    """Takes a profile out of its creator, into another one or (None) one of its own.

    `expected_version` is that of the creator that it leaves.

    Raises:
        RefusedError: one of its kinds; nothing was changed then.
    """
    require(steward, Role.STEWARD)
    with engines.database.transaction() as connection:
        target = memberships_in(connection, [to_creator]) if to_creator else {}
        if to_creator and not target:
            raise MissingError(
                "there is no such creator", where=to_creator, mend="Look for where it went: `creator(id:)`."
            )
        part, options = begin(connection, {profile_id, *target})
        origin = part.current.get(profile_id)
        if origin is None:
            raise MissingError("the profile has no creator yet", where=profile_id, mend="Run `creatorgraph resolve`.")
        if origin == to_creator:
            raise InvalidDecisionError(
                "the profile is there already", where="toCreatorId", mend="Name another creator."
            )
        check_version(part, origin, expected_version)
        rest = [each for each in part.members(origin) if each != profile_id]
        if not rest and to_creator is None:
            raise InvalidDecisionError("the profile is alone already", where="toCreatorId", mend="Name a creator.")
        pen = Pen.of(connection, steward.name, Act.MOVE, checked_text(comment, "comment"))
        plans, goal = move_plans(part, profile_id, rest, to_creator, pen)
        decisions, change = best_plan(part, options, plans, goal, pen=pen, override=override)
        return finish(connection, part, decisions, change, options, by=steward.steward_id)


def move_plans(
    part: Part, profile_id: ProfileId, rest: Sequence[ProfileId], to_creator: CreatorId | None, pen: Pen
) -> tuple[Sequence[Callable[[], list[Decision]]], Goal]:
    """As a split of the profile from the rest, and a tie to its new creator: to one of it, or to a chain of all."""
    joined = part.members(to_creator) if to_creator else []
    leaving, stays = split_plans([[profile_id], rest], part, pen) if rest else ((list,), lambda _: True)

    def tie(chained: bool) -> list[Decision]:
        if not joined:
            return []
        return pen.chain([profile_id, *joined] if chained else [profile_id, most_followed(part, joined)])

    def plan(leave: Callable[[], list[Decision]], chained: bool) -> Callable[[], list[Decision]]:
        return lambda: [*leave(), *tie(chained)]

    plans = [plan(leave, chained) for chained in (False, True) for leave in leaving]
    return plans, lambda change: stays(change) and together(change, [profile_id, *joined])
