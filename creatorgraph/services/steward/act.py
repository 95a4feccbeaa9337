"""One act of a steward: its decisions, and what they change, in one transaction and at once.

Order of locks: the run's lock (shared), that of acts (shared), the creators of the part by id, then the items that name its
profiles by id. Every act takes them in this order, so that none waits for another in a ring. Profiles that go keep acts out.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

import sqlalchemy as sa
import uuid_utils

from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.decision import Act, Decision, Pair, Verdict, standing_decisions
from creatorgraph.domain.identity_event import IdentityEvent
from creatorgraph.domain.profile import ProfileId
from creatorgraph.domain.review import ReviewState
from creatorgraph.domain.steward import StewardId
from creatorgraph.resolution.contradiction import between, contradictions, opposing
from creatorgraph.resolution.identity import IdentityChange
from creatorgraph.resolution.option import ResolveOptions
from creatorgraph.services.identity_change import lock_beside_others, lock_for_act, write_change
from creatorgraph.services.recluster import Part, clustered, lock_part, reviewed, run_options
from creatorgraph.services.steward.refusal import ContradictionError, MissingError, StaleVersionError
from creatorgraph.store.read.history import events_of_cause
from creatorgraph.store.write.claim import set_state
from creatorgraph.store.write.decision import append_decisions
from creatorgraph.store.write.outbox import announce
from creatorgraph.store.write.review import lock_items_among, replace_open_items

Goal = Callable[[IdentityChange], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What an act did. `decisions` are its own, withdrawals included; `creators` live and have changed or are new."""

    decisions: tuple[Decision, ...]
    creators: tuple[CreatorId, ...]
    events: tuple[IdentityEvent, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pen:
    """Writes the decisions of one act: they share the moment, the actor and the group.

    Made after the locks are held, and by the database's clock: of two acts on one pair the later one must be the newer.
    """

    actor: str
    act: Act
    comment: str | None
    at: datetime
    group: str

    @classmethod
    def of(cls, connection: sa.Connection, actor: str, act: Act, comment: str | None = None) -> "Pen":
        at: datetime = connection.execute(sa.text("SELECT clock_timestamp()")).scalar_one()
        return cls(actor=actor, act=act, comment=comment, at=at, group=new_id())

    def says(self, one: ProfileId, other: ProfileId, verdict: Verdict) -> Decision:
        return Decision(
            decision_id=new_id(),
            left=min(one, other),
            right=max(one, other),
            verdict=verdict,
            actor=self.actor,
            at=self.at,
            comment=self.comment,
            act=self.act,
            group=self.group,
        )

    def takes_back(self, decisions: Iterable[Decision]) -> list[Decision]:
        """An entry for each that withdraws it."""
        return [
            replace(
                self.says(each.left, each.right, each.verdict), undoes=each.decision_id, act=Act.UNDO, item_version=None
            )
            for each in decisions
        ]

    def chain(self, profiles: Iterable[ProfileId]) -> list[Decision]:
        """Decisions that tie all of them together: as few as can be."""
        return [self.says(one, other, Verdict.SAME) for one, other in pairwise(sorted(profiles))]


def new_id() -> str:
    """A UUIDv7; of one process they sort in the order in which they were made."""
    return str(uuid_utils.uuid7())


def begin(
    connection: sa.Connection, seeds: Collection[ProfileId], *, even_gone: bool = False
) -> tuple[Part, ResolveOptions]:
    """Locks what hangs together with `seeds` and the review items about it; with `even_gone` through seeds that are gone, too.

    Raises:
        MissingError: one of them is not stored (unless `even_gone`).
    """
    lock_beside_others(connection)
    lock_for_act(connection)
    options = run_options(connection)
    part = lock_part(connection, seeds, options)
    missing = sorted(set(seeds) - part.facts.keys())
    if missing and not even_gone:
        raise MissingError("there is no such profile", where=missing[0], mend="Look at the item again.")
    lock_items_among(connection, part.profiles)
    return part, options


def check_version(part: Part, creator_id: CreatorId, expected: int) -> None:
    """Raises StaleVersionError where the creator has another version, MissingError where it does not live."""
    actual = part.versions.get(creator_id)
    if actual is None:
        raise MissingError("there is no such creator", where=creator_id, mend="Look for where it went: `creator(id:)`.")
    if actual != expected:
        raise StaleVersionError(expected=expected, actual=actual, what="the creator")


def settled(part: Part, proposed: Sequence[Decision], pen: Pen, *, override: bool) -> list[Decision]:
    """`proposed` with what has to be withdrawn for it, withdrawals first.

    Raises:
        ContradictionError: something standing opposes, and it is not to be overridden.
    """
    against = opposing(part.decisions, proposed)
    if against and not override:
        raise ContradictionError(against, through=between(part.decisions, proposed))
    complete = [*pen.takes_back(against), *proposed]
    if left := contradictions([*part.decisions, *complete]):
        raise ContradictionError(left, overridable=False)
    return complete


def best_plan(
    part: Part,
    options: ResolveOptions,
    plans: Sequence[Callable[[], list[Decision]]],
    reached: Goal,
    *,
    pen: Pen,
    override: bool,
) -> tuple[list[Decision], IdentityChange]:
    """The first plan that reaches the goal: they come with the fewest decisions first. The last one is taken as it is."""
    for number, plan in enumerate(plans, start=1):
        decisions = settled(part, plan(), pen, override=override)
        change = clustered(part, decisions, options, cause=cause_of(pen), at=pen.at)
        if reached(change) or number == len(plans):
            break
    return decisions, change


def cause_of(pen: Pen) -> str:
    """What the history says of the act: who and why stands with its decisions."""
    return f"{pen.act.value} {pen.group}"


def group_of(cause: str) -> str | None:
    """The act that a cause of the history names; None where a run or a request was behind it."""
    kind, _, group = cause.partition(" ")
    return group if kind in tuple(Act) and group else None


def together(change: IdentityChange, profiles: Iterable[ProfileId]) -> bool:
    return len({change.membership[each] for each in profiles}) <= 1


def finish(
    connection: sa.Connection,
    part: Part,
    decisions: Sequence[Decision],
    change: IdentityChange,
    options: ResolveOptions,
    *,
    by: StewardId,
) -> Outcome:
    """Writes the decisions and everything that follows from them, as the act of a steward."""
    append_decisions(connection, decisions)
    written = write_change(connection, change, among=part.profiles)
    announce(connection, "profile.relinked", "profiles", written.moved)
    _restate(connection, part, decisions, by)
    replace_open_items(connection, reviewed(connection, change.membership, options), among=part.profiles, by=by)
    events = (
        events_of_cause(connection, [each.creator_id for each in change.events], change.events[0].cause)
        if change.events
        else ()
    )
    touched = (written.creators | set(change.changed) | set(change.created)) - change.retired.keys()
    return Outcome(decisions=tuple(decisions), creators=tuple(sorted(touched)), events=tuple(events))


def _restate(connection: sa.Connection, part: Part, decisions: Sequence[Decision], by: StewardId) -> None:
    """Of what was withdrawn: items without a standing decision are open again; those that have one again are decided."""
    standing = standing_decisions([*part.decisions, *decisions])
    pairs = pairs_of(each for each in decisions if each.undoes)
    opened = [each for each in pairs if each not in standing]
    set_state(connection, opened, ReviewState.OPEN, was=[ReviewState.DECIDED], by=by)
    redone = [each for each in pairs if each in standing and standing[each].act is Act.DECIDE]
    undecided = [ReviewState.OPEN, ReviewState.CLAIMED, ReviewState.CLOSED]
    set_state(connection, redone, ReviewState.DECIDED, was=undecided, by=by)


def pairs_of(decisions: Iterable[Decision]) -> list[Pair]:
    return sorted({each.pair for each in decisions})
