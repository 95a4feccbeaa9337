"""Semantic search over creators: the query's vector against those of the profiles, the best profile standing for each."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from heapq import nsmallest

from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.profile import ProfileId
from creatorgraph.embeddings.encoder import Vectors
from creatorgraph.embeddings.index import Neighbour, VectorIndex
from creatorgraph.services.engines import Engines
from creatorgraph.store.read.creator import NO_FILTER, CreatorFilter, matching_creators
from creatorgraph.store.read.keyset import Key, Page
from creatorgraph.store.read.profile import members_of_creators

FIRST_LOOK = 4
"""Neighbours that are asked for per wanted creator at first; widened while filters and shared creators eat them up."""
MAX_HIGHLIGHTS = 2

_SENTENCE = re.compile(r"(?<=[.!?。！？])\s+|\s*[\n|•·]+\s*")


class SearchMode(StrEnum):
    SEMANTIC = "semantic"
    """By meaning: cosine of the query's vector and the profile's, by exact or approximate nearest neighbours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RankPart:
    """One part of a score: `contribution` = `weight` x `value`; the contributions add up to the score."""

    part: str
    weight: float
    value: float

    @property
    def contribution(self) -> float:
        return self.weight * self.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A creator that was found, through its best matching profile."""

    creator_id: CreatorId
    matched: ProfileId
    score: float
    parts: tuple[RankPart, ...]


async def search_creators(
    engines: Engines, query: str, *, filter_by: CreatorFilter = NO_FILTER, first: int, after: Key | None = None
) -> Page[Hit]:
    """Creators by falling score, equals by id. The key is (score, creator_id), so a page goes on where the last ended.

    The filter costs no recall: more neighbours are fetched until the page is full or the index is exhausted. A query
    without a word that the encoder knows finds nothing.
    """
    index = await asyncio.to_thread(engines.profile_index)
    vector = await asyncio.to_thread(lambda: engines.encoder().encode([query]))

    async def ranked(found: list[Neighbour]) -> list[Hit]:
        ids = [ProfileId(neighbour.id) for neighbour in found]
        return _group(found, await engines.database.ask(matching_creators, ids, filter_by))

    wanted = FIRST_LOOK * (first + 1)
    while True:
        found = (await asyncio.to_thread(index.search, vector, wanted))[0]
        hits = [
            hit for hit in await ranked(found) if after is None or (-hit.score, hit.creator_id) > (-after[0], after[1])
        ]
        if len(hits) > first or len(found) < wanted or wanted >= index.count:
            kept = tuple(hits[:first])
            return Page(items=kept, keys=tuple((hit.score, hit.creator_id) for hit in kept), more=len(hits) > first)
        wanted = min(4 * wanted, index.count)


async def similar_creators(engines: Engines, wanted: Sequence[tuple[CreatorId, int]]) -> list[tuple[Hit, ...]]:
    """For each (creator, how many): the creators with the profiles nearest to any of its own, itself left out."""
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
        tuple([hit for hit in _group(near, creators) if hit.creator_id != creator_id][:first])
        for (creator_id, first), near in zip(wanted, found, strict=True)
    ]


async def highlights(engines: Engines, wanted: Sequence[tuple[str, str]]) -> list[tuple[str, ...]]:
    """For each (query, text): the sentences of the text nearest to the query in meaning, best first, at most two.

    A text of one sentence is its own highlight; an empty one has none.
    """
    sentences = [sentences_of(text) for _, text in wanted]
    texts = list(dict.fromkeys(
        text
        for (query, _), parts in zip(wanted, sentences, strict=True)
        if len(parts) > 1
        for text in (query, *parts)
    ))  # fmt: skip
    if not texts:
        return [tuple(parts) for parts in sentences]
    vectors = await asyncio.to_thread(lambda: engines.encoder().encode(texts))
    place = {text: row for row, text in enumerate(texts)}

    def best(query: str, parts: list[str]) -> tuple[str, ...]:
        scores = {part: -float(vectors[place[query]] @ vectors[place[part]]) for part in parts}
        return tuple(nsmallest(MAX_HIGHLIGHTS, scores, key=scores.__getitem__))

    return [
        best(query, parts) if len(parts) > 1 else tuple(parts)
        for (query, _), parts in zip(wanted, sentences, strict=True)
    ]


def sentences_of(text: str) -> list[str]:
    """The distinct sentences of a bio; bars, bullets and line ends part them as full stops do."""
    return list(dict.fromkeys(part.strip() for part in _SENTENCE.split(text) if part and part.strip()))


def _neighbours(index: VectorIndex, members: Sequence[Sequence[ProfileId]], look: int) -> list[list[Neighbour]]:
    """One search for the profiles of all creators; per creator the neighbours of any of its profiles, best first."""
    flat = [profile_id for own in members for profile_id in own]
    vectors: Vectors = index.vectors(flat)
    found = iter(index.search(vectors, look) if flat else [])
    return [
        sorted((n for _ in own for n in next(found)), key=lambda neighbour: (-neighbour.score, neighbour.id))
        for own in members
    ]


def _group(found: Sequence[Neighbour], creators: dict[ProfileId, CreatorId]) -> list[Hit]:
    """The creators of the neighbours (best first), each once with its best profile; in the order of the pages."""
    best: dict[CreatorId, Neighbour] = {}
    for neighbour in found:
        creator_id = creators.get(ProfileId(neighbour.id))
        if creator_id is not None:
            best.setdefault(creator_id, neighbour)
    hits = [
        Hit(
            creator_id=creator_id,
            matched=ProfileId(neighbour.id),
            score=neighbour.score,
            parts=(RankPart(part=SearchMode.SEMANTIC.value, weight=1.0, value=neighbour.score),),
        )
        for creator_id, neighbour in best.items()
    ]
    return sorted(hits, key=lambda hit: (-hit.score, hit.creator_id))
