"""Merging creators by hand: decisions that tie all of their profiles together."""

from collections.abc import Callable, Sequence

from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.decision import Act, Decision
from creatorgraph.domain.profile import ProfileId
from creatorgraph.domain.steward import Role, Steward
from creatorgraph.services.engines import Engines
from creatorgraph.services.recluster import Part
from creatorgraph.services.steward.access import require
from creatorgraph.services.steward.act import Goal, Outcome, Pen, begin, best_plan, check_version, finish, together
from creatorgraph.services.steward.decide import checked_text
from creatorgraph.services.steward.refusal import InvalidDecisionError, MissingError
from creatorgraph.store.read.component import memberships_in

MOST_CREATORS = 50


def merge(
    engines: Engines,
    steward: Steward,
    creators: Sequence[CreatorId],
    *,
    expected_versions: Sequence[int],
    comment: str | None = None,
    override: bool = False,
) -> Outcome:
    """Makes one creator of several; the oldest id survives, the others lead to it.

    Raises:
        RefusedError: one of its kinds; nothing was changed then.
    """
    require(steward, Role.STEWARD)
    checked_creators(creators)
    if len(expected_versions) != len(creators):
        raise InvalidDecisionError(
            "there is not one version per creator", where="expectedVersions", mend="Pass one for each, in their order."
        )
    with engines.database.transaction() as connection:
        members = memberships_in(connection, creators)
        for each in creators:
            if each not in members.values():
                raise MissingError(
                    "there is no such creator", where=each, mend="Look for where it went: `creator(id:)`."
                )
        part, options = begin(connection, members.keys())
        for creator_id, expected in zip(creators, expected_versions, strict=True):
            check_version(part, creator_id, expected)
        pen = Pen.of(connection, steward.name, Act.MERGE, checked_text(comment, "comment"))
        plans, goal = merge_plans(part, creators, pen)
        decisions, change = best_plan(part, options, plans, goal, pen=pen, override=override)
        return finish(connection, part, decisions, change, options, by=steward.steward_id)


def merge_plans(
    part: Part, creators: Sequence[CreatorId], pen: Pen
) -> tuple[Sequence[Callable[[], list[Decision]]], Goal]:
    """One decision between each creator and the next; where their other profiles would not follow, a chain of all."""
    groups = [part.members(each) for each in sorted(creators)]
    everybody = [profile for group in groups for profile in group]
    first = [most_followed(part, group) for group in groups]
    return (
        (lambda: pen.chain(first), lambda: pen.chain(everybody)),
        lambda change: together(change, everybody),
    )


def most_followed(part: Part, profiles: Sequence[ProfileId]) -> ProfileId:
    """The profile that stands for a group; of equals the one with the smallest id."""
    return min(profiles, key=lambda each: (-(part.facts[each].followers or 0), each))


def checked_creators(creators: Sequence[CreatorId]) -> None:
    if len(set(creators)) != len(creators):
        raise InvalidDecisionError("a creator is named twice", where="creatorIds", mend="Name each once.")
    if not 2 <= len(creators) <= MOST_CREATORS:
        raise InvalidDecisionError(
            f"{len(creators)} creators cannot be merged", where="creatorIds", mend=f"Name 2 to {MOST_CREATORS}."
        )
