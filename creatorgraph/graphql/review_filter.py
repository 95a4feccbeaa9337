"""Which review items are wanted."""

import strawberry

from creatorgraph.domain.error import InvalidInputError
from creatorgraph.domain.platform import Platform
from creatorgraph.domain.review import Band, ReviewReason, ReviewState
from creatorgraph.domain.steward import Steward
from creatorgraph.graphql.node import creator_of
from creatorgraph.store.read.queue import QueueFilter

_field = strawberry.field


@strawberry.input(description="All that is set must hold.")
class ReviewFilter:
    reasons: list[ReviewReason] | None = _field(default=None, description="For one of these reasons.")
    states: list[ReviewState] | None = _field(
        default=None, description="In one of these states; null: what waits, open or claimed."
    )
    platforms: list[Platform] | None = _field(default=None, description="With a profile on one of these.")
    min_priority: float | None = _field(default=None, description="With at least this priority.")
    bands: list[Band] | None = _field(default=None, description="With a probability in one of these bands.")
    claimed_by_me: bool | None = _field(default=None, description="True: held by the caller.")
    creator_id: strawberry.ID | None = _field(default=None, description="With a profile of this creator.")


def to_store(filter_by: ReviewFilter | None, caller: Steward | None) -> QueueFilter:
    """Raises InvalidInputError where `creator_id` is no creator's, or where nobody is signed in who could hold anything."""
    asked = filter_by or ReviewFilter()
    if asked.claimed_by_me and caller is None:
        raise InvalidInputError("nobody is signed in", where="claimedByMe", mend="Sign in, or leave it out.")
    return QueueFilter(
        reasons=asked.reasons,
        states=asked.states,
        platforms=asked.platforms,
        min_priority=asked.min_priority,
        bands=asked.bands,
        claimed_by=caller.steward_id if asked.claimed_by_me and caller else None,
        creator_id=creator_of(asked.creator_id) if asked.creator_id else None,
    )
