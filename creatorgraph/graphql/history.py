"""What happened to a creator."""

from datetime import datetime
from typing import Self

import strawberry

from creatorgraph.domain import identity_event as domain
from creatorgraph.domain.identity_event import IdentityEventKind
from creatorgraph.graphql.node import CREATOR, PROFILE, global_id
from creatorgraph.graphql.relay import Cursor

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
