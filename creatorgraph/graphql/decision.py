"""Decisions, as the audit has them."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Self

import strawberry

from creatorgraph.domain.decision import Act, Decision, Pair, Verdict
from creatorgraph.domain.profile import ProfileId
from creatorgraph.graphql.context import Info
from creatorgraph.graphql.field import resolved
from creatorgraph.graphql.node import DECISION, global_id
from creatorgraph.graphql.relay import Cursor
from creatorgraph.store.read.decision import DecisionSeen

if TYPE_CHECKING:
    from creatorgraph.graphql.profile import Profile

DECISION_CURSOR = Cursor("decision", (datetime, str))

_field = strawberry.field
ProfileType = Annotated["Profile", strawberry.lazy("creatorgraph.graphql.profile")]


@strawberry.type(description="What a person said about a pair of profiles; never changed, taken back by a later one.")
class DecisionRecord:
    pair: strawberry.Private[Pair]
    id: strawberry.ID = _field(description="The global id; pass it to `undo`.")
    verdict: Verdict = _field(description="What was said; of an undo what it takes back.")
    act: Act = _field(description="What it was part of.")
    group: strawberry.ID = _field(description="The same for all decisions of one act: one undo takes back all of them.")
    actor: str = _field(description="Who.")
    at: datetime = _field(description="When.")
    comment: str | None = _field(description="Why, in the person's own words.")
    undone: bool = _field(description="Whether it was taken back.")
    undoes: strawberry.ID | None = _field(description="The decision that it takes back.")
    blind: bool = _field(description="Whether the probability was held back while the person decided.")
    shown_probability: float | None = _field(description="The probability that the person was shown.")

    @classmethod
    def of(cls, decision: Decision, *, undone: bool = False, blind: bool = False) -> Self:
        """`blind`: what was shown to others is held back."""
        return cls(
            pair=decision.pair,
            id=global_id(DECISION, decision.decision_id),
            verdict=decision.verdict,
            act=decision.act,
            group=strawberry.ID(decision.group or decision.decision_id),
            actor=decision.actor,
            at=decision.at,
            comment=decision.comment,
            undone=undone,
            undoes=global_id(DECISION, decision.undoes) if decision.undoes else None,
            blind=decision.blind,
            shown_probability=None if blind else decision.shown_probability,
        )

    @classmethod
    def seen(cls, found: DecisionSeen, *, blind: bool = False) -> Self:
        return cls.of(found.decision, undone=found.undone, blind=blind)

    @resolved("The profile with the smaller id; null where it was deleted.")
    async def left(self, info: Info) -> ProfileType | None:
        return await _profile(info, self.pair[0])

    @resolved("The profile with the larger id; null where it was deleted.")
    async def right(self, info: Info) -> ProfileType | None:
        return await _profile(info, self.pair[1])


async def _profile(info: Info, profile_id: ProfileId) -> "Profile | None":
    from creatorgraph.graphql.profile import Profile

    seen = await info.context.loaders.profile.load(profile_id)
    return Profile.of(seen) if seen else None
