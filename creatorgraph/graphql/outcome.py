"""What mutations answer with: what was done, or why not, as types that a client can tell apart."""

from collections.abc import Sequence
from typing import Annotated, Self

import strawberry

from creatorgraph.domain.decision import Decision
from creatorgraph.domain.error import CreatorgraphError, InvalidInputError
from creatorgraph.domain.steward import Role
from creatorgraph.graphql.context import Info
from creatorgraph.graphql.creator import Creator
from creatorgraph.graphql.decision import DecisionRecord
from creatorgraph.graphql.enumeration import WayOutAction
from creatorgraph.graphql.history import IdentityEvent
from creatorgraph.graphql.limit import MAX_LISTED
from creatorgraph.graphql.node import DECISION, global_id
from creatorgraph.graphql.review import ReviewItem
from creatorgraph.services.steward import refusal
from creatorgraph.services.steward.act import Outcome
from creatorgraph.store.read.creator import creators_by_ids

_field = strawberry.field
_WHAT = _field(description="What was wrong.")
_MEND = _field(description="What to do about it.")


@strawberry.type(description="It was done.")
class DecisionMade:
    decision: DecisionRecord | None = _field(description="What stands in the audit now; null for a skip.")
    item: ReviewItem | None = _field(description="The item as it is now; null where the act was not about one.")
    creators: list[Creator] = _field(description="Creators that changed or came to be; at most 100.")
    events: list[IdentityEvent] = _field(description="What happened to identities, in order; at most 100.")


@strawberry.type(description="It was done.")
class IdentityChanged:
    creators: list[Creator] = _field(description="Creators that changed or came to be; at most 100.")
    events: list[IdentityEvent] = _field(description="What happened to identities, in order; at most 100.")
    decisions: list[DecisionRecord] = _field(
        description="What the act wrote into the audit, at most 100; undoing any one of them takes back the whole act."
    )


@strawberry.type(description="All items of the preview were accepted.")
class BulkDone:
    decided: int = _field(description="How many.")
    decisions: list[DecisionRecord] = _field(description="At most 100; one undo of any of them takes back all.")


@strawberry.interface(description="Nothing was changed, because of this.")
class Problem:
    message: str = _WHAT
    mend: str = _MEND


@strawberry.type(description="Somebody has decided the item.")
class AlreadyDecided(Problem):
    # nullable like DecisionMade's: one selection over the union takes fields of one name to be of one type
    decision: DecisionRecord | None = _field(description="What they said.")


@strawberry.type(description="The caller does not hold the item any more.")
class ClaimExpired(Problem):
    item: ReviewItem | None = _field(description="The item as it is now.")


@strawberry.type(description="What the caller looked at has changed since.")
class StaleVersion(Problem):
    expected: int = _field(description="The version that was looked at.")
    actual: int = _field(description="The version now; 0 where it is gone.")


@strawberry.type(description="One way out of a contradiction.")
class WayOut:
    action: WayOutAction = _field(description="What it is.")
    text: str = _field(description="What it does, for people.")
    decision_ids: list[strawberry.ID] = _field(description="The decisions that it withdraws or keeps.")


@strawberry.type(description="It contradicts what people have decided.")
class ContradictsDecision(Problem):
    standing: list[DecisionRecord] = _field(description="The decisions against it; at most 100.")
    through: list[DecisionRecord] = _field(
        description="The decisions that tie the two sides together; at most 100. Where one of these is the mistake, undo it."
    )
    ways_out: list[WayOut] = _field(description="What can be done.")


@strawberry.type(description="The caller may not do this.")
class NotAllowed(Problem):
    needs: Role = _field(description="The role that may.")


@strawberry.type(description="There is no such thing.")
class NotFound(Problem):
    @classmethod
    def of(cls, error: CreatorgraphError) -> Self:
        return cls(message=error.what, mend=error.mend or "")


@strawberry.type(description="It cannot be meant: a self-pair, an empty group, a profile named twice.")
class InvalidDecision(Problem):
    @classmethod
    def of(cls, error: CreatorgraphError) -> Self:
        return cls(message=error.what, mend=error.mend or "")


DecideResult = Annotated[
    DecisionMade
    | AlreadyDecided
    | ClaimExpired
    | StaleVersion
    | ContradictsDecision
    | NotAllowed
    | NotFound
    | InvalidDecision,
    strawberry.union("DecideResult", description="What became of a decision."),
]
IdentityResult = Annotated[
    IdentityChanged | StaleVersion | ContradictsDecision | NotAllowed | NotFound | InvalidDecision,
    strawberry.union("IdentityResult", description="What became of a merge, split or move."),
]
BulkResult = Annotated[
    BulkDone | StaleVersion | NotAllowed | NotFound,
    strawberry.union("BulkResult", description="What became of a bulk accept."),
]
CommonProblem = StaleVersion | NotAllowed | NotFound
IdentityProblem = CommonProblem | ContradictsDecision | InvalidDecision
DecideProblem = IdentityProblem | AlreadyDecided | ClaimExpired


def decide_problem(error: CreatorgraphError, info: Info, *, blind: bool = False) -> DecideProblem:
    """The error as a type of DecideResult. Raises it again where it is none. `blind` holds the item's probability back."""
    match error:
        case refusal.AlreadyDecidedError():
            return AlreadyDecided(**_said(error), decision=DecisionRecord.of(error.decision))
        case refusal.ClaimExpiredError():
            return ClaimExpired(**_said(error), item=ReviewItem.of(error.item, info=info, blind=blind))
        case _:
            return identity_problem(error)


def identity_problem(error: CreatorgraphError) -> IdentityProblem:
    """The error as a type of IdentityResult. Raises it again where it is none."""
    match error:
        case refusal.ContradictionError():
            return _contradiction(error)
        case refusal.InvalidDecisionError() | InvalidInputError():
            return InvalidDecision.of(error)
        case _:
            return common_problem(error)


def common_problem(error: CreatorgraphError) -> CommonProblem:
    """The error as a type of BulkResult. Raises it again where it is none."""
    match error:
        case refusal.StaleVersionError():
            return StaleVersion(**_said(error), expected=error.expected, actual=error.actual)
        case refusal.NotAllowedError():
            return NotAllowed(**_said(error), needs=error.needs)
        case refusal.MissingError():
            return NotFound.of(error)
        case _:
            raise error


async def changed(info: Info, outcome: Outcome) -> tuple[list[Creator], list[IdentityEvent]]:
    """The creators and events of an act as types; the first MAX_LISTED of each."""
    found = await info.context.engines.database.ask(creators_by_ids, outcome.creators[:MAX_LISTED])
    events = [IdentityEvent.of(each) for each in outcome.events[:MAX_LISTED]]
    return [Creator.of(each) for each in found if each], events


def _contradiction(error: refusal.ContradictionError) -> ContradictsDecision:
    ids = [global_id(DECISION, each.decision_id) for each in error.standing]
    withdraw = (
        f"Withdraw {_named(error.standing)}, then do what was asked: repeat it with override."
        if error.overridable
        else f"Undo {_named(error.standing)} first, then do what was asked."
    )
    ways = [
        WayOut(action=WayOutAction.OVERRIDE_STANDING, text=withdraw, decision_ids=ids),
        WayOut(action=WayOutAction.KEEP_STANDING, text="Keep what stands; nothing changes.", decision_ids=ids),
    ]
    return ContradictsDecision(
        **_said(error),
        standing=[DecisionRecord.of(each) for each in error.standing[:MAX_LISTED]],
        through=[DecisionRecord.of(each) for each in error.through[:MAX_LISTED]],
        ways_out=ways,
    )


def _named(standing: Sequence[Decision]) -> str:
    actors = ", ".join(sorted({each.actor for each in standing}))
    return f"the decision of {actors}" if len(standing) == 1 else f"the {len(standing)} decisions of {actors}"


def _said(error: CreatorgraphError) -> dict[str, str]:
    return {"message": error.what, "mend": error.mend or ""}
