"""Links between profiles, with their evidence."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Self

import strawberry
from strawberry import relay

from creatorgraph.domain import link as domain
from creatorgraph.domain.error import NotFoundError
from creatorgraph.domain.link import LinkDecider
from creatorgraph.domain.profile import ProfileId
from creatorgraph.graphql.context import Info
from creatorgraph.graphql.field import resolved
from creatorgraph.graphql.node import pair_key
from creatorgraph.graphql.relay import Cursor
from creatorgraph.store.read.link import LinkSeen, Pair

if TYPE_CHECKING:
    from creatorgraph.graphql.profile import Profile

LINK_CURSOR = Cursor("link", (float, str, str))

_field = strawberry.field


@strawberry.type(description="What one signal saw in a pair of profiles.")
class Evidence:
    signal: str = _field(description="The signal's name, such as `username` or `shared_email`.")
    level: str = _field(description="The level of agreement that was found.")
    left_value: str | None = _field(description="What it looked at on the left; emails and phone numbers are masked.")
    right_value: str | None = _field(description="What it looked at on the right.")
    match_weight: float | None = _field(
        description="Log2 of the Bayes factor, in bits: above 0 speaks for one person, below against. Null while it is "
        "held back from a steward who decides blind."
    )
    explanation: str = _field(description="A sentence for people.")


@strawberry.type(description="A scored pair of profiles.")
class Link(relay.Node):
    key: relay.NodeID[str]
    seen: strawberry.Private[LinkSeen]
    probability: float = _field(description="How probable it is that both belong to one person, 0 to 1, calibrated.")
    match_weight: float = _field(description="Log2 of the Bayes factor with the prior included, in bits.")
    decided_by: LinkDecider = _field(description="Who or what scored it.")
    accepted: bool = _field(description="Whether the probability reached the threshold of the run.")
    evidence: list[Evidence] = _field(description="One row per signal that had something to look at.")
    first_seen_at: datetime = _field(description="When the pair was linked for the first time.")
    updated_at: datetime = _field(description="When the link last changed.")
    model_version: str = _field(description="The version of the model that scored it.")

    @classmethod
    def of(cls, seen: LinkSeen) -> Self:
        link = seen.link
        return cls(
            key=pair_key((link.left, link.right)),
            seen=seen,
            probability=link.probability,
            match_weight=link.match_weight,
            decided_by=link.decided_by,
            accepted=link.accepted,
            evidence=[evidence_of(each) for each in link.evidence],
            first_seen_at=seen.first_seen_at,
            updated_at=seen.updated_at,
            model_version=link.model_version,
        )

    @resolved("The profile with the smaller id.")
    async def left(self, info: Info) -> Annotated["Profile", strawberry.lazy("creatorgraph.graphql.profile")]:
        return await _profile(info, self.seen.link.left)

    @resolved("The profile with the larger id.")
    async def right(self, info: Info) -> Annotated["Profile", strawberry.lazy("creatorgraph.graphql.profile")]:
        return await _profile(info, self.seen.link.right)


async def required_link(info: Info, pair: Pair) -> Link:
    """The stored link of a pair that is known to have one."""
    seen = await info.context.loaders.link.load(pair)
    if seen is None:
        raise NotFoundError("the link is gone: a newer run dropped it", mend="Ask again.")
    return Link.of(seen)


def evidence_of(evidence: domain.Evidence, *, blind: bool = False) -> Evidence:
    return Evidence(
        signal=evidence.signal,
        level=evidence.level,
        left_value=evidence.left_value,
        right_value=evidence.right_value,
        match_weight=None if blind else evidence.match_weight,
        explanation=evidence.explanation,
    )


async def _profile(info: Info, profile_id: ProfileId) -> "Profile":
    from creatorgraph.graphql.profile import required_profile

    return await required_profile(info, profile_id)
