"""Why two profiles are one person, or are not known to be."""

import asyncio
from datetime import datetime
from typing import Self

import strawberry

from creatorgraph.domain.decision import Decision as DomainDecision
from creatorgraph.domain.decision import Verdict
from creatorgraph.graphql.context import Info
from creatorgraph.graphql.field import resolved
from creatorgraph.graphql.link import Evidence, Link, evidence_of, required_link
from creatorgraph.graphql.profile import Identifier, Profile, required_profile
from creatorgraph.services import explanation as service
from creatorgraph.services.explanation import PairFacts, PairStatus, explain, shared_identifiers
from creatorgraph.store.read.link import LinkSeen, Pair

_field = strawberry.field
_HELD_BACK = "null while it is held back from a steward who decides blind."


@strawberry.type(description="What a person decided about a pair; it holds until it is undone.")
class PairDecision:
    verdict: Verdict = _field(description="What was said.")
    at: datetime = _field(description="When.")
    comment: str | None = _field(description="Why, in the person's own words.")

    @classmethod
    def of(cls, decision: DomainDecision) -> Self:
        return cls(verdict=decision.verdict, at=decision.at, comment=decision.comment)


@strawberry.type(description="Whether two profiles are linked, and why. From what is stored: nothing is scored anew.")
class PairExplanation:
    found: strawberry.Private[service.PairExplanation]
    blind: strawberry.Private[bool]
    status: PairStatus | None = _field(description=f"What is stored about the pair; {_HELD_BACK}")
    linked: bool | None = _field(description=f"Whether a link is stored that was accepted; {_HELD_BACK}")
    summary: str | None = _field(description=f"The whole in two or three sentences for people; {_HELD_BACK}")
    same_creator: bool = _field(description="Whether both belong to one creator.")
    probability: float | None = _field(description="The probability of the stored link.")
    match_weight: float | None = _field(description="The match weight of the stored link, in bits.")
    link: Link | None = _field(description="The stored link.")
    evidence: list[Evidence] = _field(description="The evidence of the stored link; empty without one.")
    shared_identifiers: list[Identifier] = _field(description="What both profiles hold.")
    decision: PairDecision | None = _field(description="What a person decided last, unless it was undone.")

    @resolved("The profile with the smaller id.")
    async def left(self, info: Info) -> Profile:
        return await required_profile(info, self.found.facts.pair[0])

    @resolved("The profile with the larger id.")
    async def right(self, info: Info) -> Profile:
        return await required_profile(info, self.found.facts.pair[1])

    @resolved(
        "The most probable chain of accepted links between two members of one creator that have none of their "
        "own; empty otherwise."
    )
    async def via(self, info: Info) -> list[Link]:
        if self.blind:
            return []
        return list(await asyncio.gather(*(required_link(info, pair) for pair in self.found.via)))


async def explanation(info: Info, pair: Pair, *, blind: bool = False) -> PairExplanation:
    """Both profiles must exist. `blind` holds back whatever gives the score away, the order of the evidence included."""
    loaders = info.context.loaders
    seen, left, right, decision, (held_left, held_right) = await asyncio.gather(
        loaders.link.load(pair),
        loaders.creator_of.load(pair[0]),
        loaders.creator_of.load(pair[1]),
        loaders.decision.load(pair),
        loaders.identifiers.load_many(pair),
    )
    inner = await loaders.inner_links.load(left) if left is not None and left == right else ()
    return _presented(
        explain(
            PairFacts(
                pair=pair,
                link=seen.link if seen else None,
                creators=(left, right),
                links=[each.link for each in inner],
                decision=decision,
                shared=shared_identifiers(held_left, held_right),
            )
        ),
        seen,
        blind=blind,
    )


def _presented(found: service.PairExplanation, seen: LinkSeen | None, *, blind: bool) -> PairExplanation:
    link = Link.of(seen) if seen and not blind else None
    evidence = seen.link.evidence if seen else ()
    if blind:
        evidence = tuple(sorted(evidence, key=lambda each: each.signal))
    return PairExplanation(
        found=found,
        blind=blind,
        status=None if blind else found.status,
        linked=None if blind else found.status is PairStatus.ACCEPTED,
        summary=None if blind else found.summary,
        same_creator=found.same_creator,
        probability=link.probability if link else None,
        match_weight=link.match_weight if link else None,
        link=link,
        evidence=[evidence_of(each, blind=blind) for each in evidence],
        shared_identifiers=[Identifier.of(each) for each in found.facts.shared],
        decision=PairDecision.of(found.facts.decision) if found.facts.decision else None,
    )
