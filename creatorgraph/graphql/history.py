"""What happened to a creator."""

from datetime import datetime
from typing import Self

import strawberry

from creatorgraph.domain import identity_event as domain
from creatorgraph.domain.identity_event import IdentityEventKind
from creatorgraph.domain.role import Scope
from creatorgraph.graphql.context import Info
from creatorgraph.graphql.decision import DecisionRecord
from creatorgraph.graphql.field import resolved
from creatorgraph.graphql.node import CREATOR, PROFILE, global_id
from creatorgraph.graphql.relay import Cursor
from creatorgraph.services.steward.act import group_of

EVENT_CURSOR = Cursor("event", (int,))

_field = strawberry.field


@strawberry.type(description="An entry of the identity history, which is never changed afterwards.")
class IdentityEvent:
    sequence: int = _field(description="Its place in the history of all creators.")
    kind: IdentityEventKind = _field(description="What happened.")
    creator_id: strawberry.ID = _field(description="The global id of the creator that it happened to.")
    other_id: strawberry.ID | None = _field(description="The global id of the other creator, where there is one.")
    profile_ids: list[strawberry.ID] = _field(description="The global ids of the profiles that it was about.")
    cause: str = _field(description="The run, decision or request behind it.")
    at: datetime = _field(description="When it happened.")

    @classmethod
    def of(cls, event: domain.IdentityEvent) -> Self:
        return cls(
            sequence=event.sequence,
            kind=event.kind,
            creator_id=global_id(CREATOR, event.creator_id),
            other_id=global_id(CREATOR, event.other) if event.other else None,
            profile_ids=[global_id(PROFILE, each) for each in event.profiles],
            cause=event.cause,
            at=event.at,
        )

    @resolved(
        "A decision of the act behind it: who and why; undoing it takes back the whole act. Null where a run or a request "
        "was behind it. For analysts and above; null for others."
    )
    async def decision(self, info: Info) -> DecisionRecord | None:
        # who said what is for people who are signed in, as in the audit; what happened is for everybody
        group = group_of(self.cause) if info.context.caller.may(Scope.QUEUE) else None
        found = await info.context.loaders.act.load(group) if group else None
        return DecisionRecord.seen(found, blind=info.context.blind) if found else None
