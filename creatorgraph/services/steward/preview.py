"""What a merge or split would change, without changing it: the same plan as the act itself, nothing locked or written."""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.decision import Act, Decision, Verdict
from creatorgraph.domain.profile import ProfileId
from creatorgraph.domain.steward import Role, Steward
from creatorgraph.resolution.contradiction import opposing
from creatorgraph.resolution.identity import IdentityChange
from creatorgraph.resolution.review import MAX_PERSON_PROFILES
from creatorgraph.services.engines import Engines
from creatorgraph.services.recluster import Part, read_part, run_options
from creatorgraph.services.steward.access import require
from creatorgraph.services.steward.act import Goal, Pen, best_plan
from creatorgraph.services.steward.merge import checked_creators, merge_plans
from creatorgraph.services.steward.refusal import MissingError
from creatorgraph.services.steward.split import complete_groups, split_plans
from creatorgraph.services.stored_profile import merged_views
from creatorgraph.store.read.component import memberships_in


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewedCreator:
    """A creator as it would be; `creator_id` is None where it would be new."""

    creator_id: CreatorId | None
    display_name: str
    profiles: tuple[ProfileId, ...]
    total_followers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityPreview:
    """`never_links` are the pairs that would be kept apart for good, `contradictions` what would have to be withdrawn."""

    creators: tuple[PreviewedCreator, ...]
    retired: tuple[CreatorId, ...]
    never_links: int
    contradictions: tuple[Decision, ...]
    warnings: tuple[str, ...]


def preview_merge(engines: Engines, steward: Steward | None, creators: Sequence[CreatorId]) -> IdentityPreview:
    """Raises RefusedError as the merge would, but for contradictions, which are shown."""
    require(steward, Role.ANALYST)
    checked_creators(creators)
    return _preview(engines, creators, Act.MERGE, lambda part, pen: merge_plans(part, creators, pen))


def preview_split(
    engines: Engines, steward: Steward | None, creator_id: CreatorId, groups: Sequence[Sequence[ProfileId]]
) -> IdentityPreview:
    """Raises RefusedError as the split would, but for contradictions, which are shown."""
    require(steward, Role.ANALYST)
    return _preview(
        engines,
        [creator_id],
        Act.SPLIT,
        lambda part, pen: split_plans(complete_groups(part, creator_id, groups), part, pen),
    )


_Plans = tuple[Sequence[Callable[[], list[Decision]]], Goal]


def _preview(
    engines: Engines, creators: Sequence[CreatorId], act: Act, plans: Callable[[Part, Pen], _Plans]
) -> IdentityPreview:
    with engines.database.transaction() as connection:
        members = memberships_in(connection, creators)
        for each in creators:
            if each not in members.values():
                raise MissingError(
                    "there is no such creator", where=each, mend="Look for where it went: `creator(id:)`."
                )
        options = run_options(connection)
        part = read_part(connection, members.keys(), options)
        pen = Pen.of(connection, "", act)
        decisions, change = best_plan(part, options, *plans(part, pen), pen=pen, override=True)
        proposed = [each for each in decisions if not each.undoes]
        shown = {*creators, *change.changed, *change.created} - change.retired.keys()
        after: defaultdict[CreatorId, list[ProfileId]] = defaultdict(list)
        for profile_id, creator_id in sorted(change.membership.items()):
            if creator_id in shown:
                after[creator_id].append(profile_id)
        views = [
            view for batch in merged_views(connection, {p: c for c, ps in after.items() for p in ps}) for view in batch
        ]
    created = set(change.created)
    return IdentityPreview(
        creators=tuple(
            PreviewedCreator(
                creator_id=None if view.creator_id in created else view.creator_id,
                display_name=view.golden.name.value,
                profiles=tuple(after[view.creator_id]),
                total_followers=view.golden.total_followers,
            )
            for view in views
        ),
        retired=tuple(sorted(change.retired)),
        never_links=sum(each.verdict is Verdict.DIFFERENT for each in proposed),
        contradictions=tuple(opposing(part.decisions, proposed)),
        warnings=tuple(_warnings(part, creators, change, after)),
    )


def _warnings(
    part: Part, named: Sequence[CreatorId], change: IdentityChange, after: dict[CreatorId, list[ProfileId]]
) -> list[str]:
    """What a person should know before: in whole sentences."""
    said = []
    others = (set(change.changed) | set(change.retired)).difference(named)
    if others:
        said.append(f"{len(others)} other creators change too, because their profiles hang together with these.")
    for profiles in after.values():
        accounts = Counter(part.facts[each].platform for each in profiles if part.facts[each].platform.one_account_each)
        said += [
            f"One creator would have {count} accounts on {platform.value}."
            for platform, count in sorted(accounts.items())
            if count > 1
        ]
        if len(profiles) > MAX_PERSON_PROFILES:
            said.append(f"One creator would have {len(profiles)} profiles, more than a person usually has.")
    return said
