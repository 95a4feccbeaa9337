"""Creators like one that is known: those with the profiles nearest in meaning to its own."""

import asyncio
from collections.abc import Sequence

from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.profile import ProfileId
from creatorgraph.embeddings.encoder import Vectors
from creatorgraph.embeddings.index import Neighbour, VectorIndex
from creatorgraph.services.engines import Engines
from creatorgraph.services.search_candidate import grouped
from creatorgraph.services.search_rank import Hit, RankPart
from creatorgraph.store.read.creator import matching_creators
from creatorgraph.store.read.profile import members_of_creators

FIRST_LOOK = 4
"""Neighbours that are asked for per wanted creator."""


async def similar_creators(engines: Engines, wanted: Sequence[tuple[CreatorId, int]]) -> list[tuple[Hit, ...]]:
    """For each (creator, how many): the creators with the profiles nearest to any of its own, itself left out.

    The score is the cosine alone: to be like somebody is no matter of engagement or freshness.
    """
    members = await engines.database.ask(members_of_creators, [creator_id for creator_id, _ in wanted])
    index = await asyncio.to_thread(engines.profile_index)
    # its own profiles come first among the neighbours of each
    look = max(
        (FIRST_LOOK * (first + 1) + len(own) for (_, first), own in zip(wanted, members, strict=True)), default=0
    )
    found = await asyncio.to_thread(_neighbours, index, members, look)
    profiles = sorted({ProfileId(neighbour.id) for near in found for neighbour in near})
    creators = await engines.database.ask(matching_creators, profiles)
    return [
        tuple(_hit(other, neighbour) for other, neighbour in grouped(near, creators).items() if other != creator_id)[
            :first
        ]
        for (creator_id, first), near in zip(wanted, found, strict=True)
    ]


def _hit(creator_id: CreatorId, neighbour: Neighbour) -> Hit:
    return Hit(
        creator_id=creator_id,
        matched=ProfileId(neighbour.id),
        score=neighbour.score,
        parts=(RankPart(part="semantic", weight=1.0, value=neighbour.score),),
    )


def _neighbours(index: VectorIndex, members: Sequence[Sequence[ProfileId]], look: int) -> list[list[Neighbour]]:
    """One search for the profiles of all creators; per creator the neighbours of any of its profiles, best first."""
    flat = [profile_id for own in members for profile_id in own]
    vectors: Vectors = index.vectors(flat)
    found = iter(index.search(vectors, look) if flat else [])
    return [
        sorted((n for _ in own for n in next(found)), key=lambda neighbour: (-neighbour.score, neighbour.id))
        for own in members
    ]
