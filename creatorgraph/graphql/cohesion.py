"""How a creator hangs together."""

import asyncio
from typing import Self

import strawberry

from creatorgraph.graphql.context import Info
from creatorgraph.graphql.field import resolved
from creatorgraph.graphql.link import Link, required_link
from creatorgraph.services import cohesion as service

_field = strawberry.field


@strawberry.type(description="How a creator hangs together, seen over the accepted links between its profiles.")
class Cohesion:
    found: strawberry.Private[service.Cohesion]
    confidence: float | None = _field(
        description="How sure the whole is: the probability of the weakest link that it needs, 1 for one profile. Null "
        "where accepted links do not join all of its profiles, but a rule or a person does."
    )
    density: float = _field(description="The share of pairs of its profiles that have an accepted link, 0 to 1.")
    connected: bool = _field(description="Whether accepted links join all of its profiles.")

    @classmethod
    def of(cls, found: service.Cohesion) -> Self:
        return cls(found=found, confidence=found.confidence, density=found.density, connected=found.connected)

    @resolved("The weakest link of the strongest set of links that holds it together; null without links.")
    async def weakest_link(self, info: Info) -> Link | None:
        return await required_link(info, self.found.weakest) if self.found.weakest else None

    @resolved("Links without which it falls apart, the weakest first; at most 100.")
    async def bridges(self, info: Info) -> list[Link]:
        return list(await asyncio.gather(*(required_link(info, pair) for pair in self.found.bridges[:100])))
