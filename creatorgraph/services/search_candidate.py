"""Whom a search ranks: the creators nearest to the query by meaning, and those whose words match, filtered before any cut."""

import asyncio
from collections.abc import Iterable, Sequence

import numpy as np

from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.profile import ProfileId
from creatorgraph.embeddings.encoder import Vectors
from creatorgraph.embeddings.index import Neighbour, VectorIndex
from creatorgraph.services.engines import Engines
from creatorgraph.services.search_fusion import confidence, fused
from creatorgraph.services.search_rank import Candidate, SearchMode
from creatorgraph.services.search_word import COMMON_SHARE, specific_terms, spelled_terms
from creatorgraph.store.read.creator import NO_FILTER, CreatorFilter, matching_creators
from creatorgraph.store.read.profile import members_of_creators
from creatorgraph.store.read.search import RankFacts, Term, profiles_within, rank_facts, term_counts, text_matches

Near = dict[CreatorId, Neighbour]
"""The best profile of each creator, the best first."""

PROFILES_PER_CREATOR = 2
"""Neighbours that are asked for per wanted creator at first; widened while filters and shared creators eat them up."""
FEEDBACK, FEEDBACK_WEIGHT = 10, 1.0
"""The nearest profiles towards whose mean a query moves, and what the mean weighs beside it."""
COMPARED_ALL = 5_000
"""Up to so many profiles behind a filter are all compared with the query; where more pass it, so many of the nearest do that
widening ends soon."""


async def find_candidates(
    engines: Engines, query: str, filter_by: CreatorFilter, mode: SearchMode
) -> tuple[Candidate, ...]:
    """The creators that a search ranks, in no order; at most `search_depth` by meaning and as many by words.

    The filter costs no recall: either everyone who passes it is compared, or more neighbours are fetched until enough pass
    or the index is exhausted. A query without a word that the encoder knows has no meaning, but may have words.
    """
    depth = engines.settings.search_depth
    if mode is SearchMode.TEXT:
        terms, matches = await _by_words(engines, query, filter_by, every=True)
        return _candidates(await engines.database.ask(rank_facts, matches, terms), {}, floor=0.0, trust=1.0)
    if mode is SearchMode.SEMANTIC:
        near = await _by_meaning(engines, await _meaning(engines, query), filter_by, depth)
        return _candidates(
            await engines.database.ask(rank_facts, list(near), ()), near, floor=_farthest(near), trust=0.0
        )
    meaning, (terms, matches) = await asyncio.gather(
        _meaning(engines, query), _by_words(engines, query, filter_by, every=False)
    )
    near = await _by_meaning(engines, meaning, filter_by, depth)
    floor = _farthest(near)
    near |= await _meaning_of(engines, meaning, [each for each in matches if each not in near])
    facts = await engines.database.ask(rank_facts, list(dict.fromkeys((*near, *matches))), terms)
    return _candidates(facts, near, floor=floor, trust=confidence(terms))


def _candidates(facts: Sequence[RankFacts], near: Near, *, floor: float, trust: float) -> tuple[Candidate, ...]:
    # who has no vector is as far as the farthest
    cosines = [near[each.creator_id].score if each.creator_id in near else floor for each in facts]
    relevance = fused(cosines, [each.text for each in facts], floor=floor, trust=trust)
    return tuple(
        Candidate(
            creator_id=each.creator_id,
            matched=ProfileId(near[each.creator_id].id) if each.creator_id in near else each.primary,
            relevance=value,
            engagement_rate=each.engagement_rate,
            follower_quality=each.follower_quality,
            last_active_at=each.last_active_at,
            verified=each.verified,
        )
        for each, value in zip(facts, relevance, strict=True)
    )


def grouped(found: Iterable[Neighbour], creators: dict[ProfileId, CreatorId]) -> Near:
    """The creators of neighbours (best first), each once with its best profile."""
    best: Near = {}
    for neighbour in found:
        creator_id = creators.get(ProfileId(neighbour.id))
        if creator_id is not None:
            best.setdefault(creator_id, neighbour)
    return best


def nearest_among(index: VectorIndex, vector: Vectors, ids: Sequence[ProfileId]) -> list[Neighbour]:
    """These profiles by falling cosine to the one vector of shape (1, dimensions); those without a vector are left out."""
    vectors = index.vectors(ids)
    there = np.flatnonzero(vectors.any(axis=1)).tolist()
    scores = vectors[there] @ vector[0]
    order = sorted(zip((-scores).tolist(), (ids[row] for row in there), strict=True))
    return [Neighbour(id=name, score=-score) for score, name in order]


async def _meaning(engines: Engines, query: str) -> Vectors:
    """The query's vector, shape (1, dimensions), moved towards the profiles nearest to it; zeros where it means nothing.

    Pseudo-relevance feedback after Rocchio (in Salton, The SMART Retrieval System, 1971): what the best matches have in common
    stands in for words that the query does not say.
    """

    def encoded() -> Vectors:
        index, vector = engines.profile_index(), engines.encoder().encode([query])
        if not vector.any() or not (nearest := index.search(vector, FEEDBACK)[0]):
            return vector
        mean = index.vectors([each.id for each in nearest]).mean(axis=0, keepdims=True)
        moved: Vectors = vector + FEEDBACK_WEIGHT * mean
        return moved / np.float32(np.linalg.norm(moved))

    return await asyncio.to_thread(encoded)


async def _by_meaning(engines: Engines, meaning: Vectors, filter_by: CreatorFilter, depth: int) -> Near:
    """The nearest creators that pass the filter, the nearest first."""
    if not meaning.any():
        return {}
    index, ask = await asyncio.to_thread(engines.profile_index), engines.database.ask
    if filter_by != NO_FILTER:
        within = await ask(profiles_within, filter_by, limit=COMPARED_ALL + 1)
        if len(within) <= COMPARED_ALL:
            found = await asyncio.to_thread(nearest_among, index, meaning, within)
            # the filter held for all of them; two of one creator are still one hit
            return _first(grouped(found, await ask(matching_creators, within, NO_FILTER)), depth)
    wanted = PROFILES_PER_CREATOR * depth
    while True:
        found = (await asyncio.to_thread(index.search, meaning, wanted))[0]
        near = grouped(found, await ask(matching_creators, [ProfileId(each.id) for each in found], filter_by))
        if len(near) >= depth or len(found) < wanted or wanted >= index.count:
            return _first(near, depth)
        wanted = min(4 * wanted, index.count)


async def _by_words(
    engines: Engines, query: str, filter_by: CreatorFilter, *, every: bool
) -> tuple[Sequence[Term], list[CreatorId]]:
    """The terms of the query, and the creators with the most of their worth."""
    spelled = spelled_terms(query, prefix=every)
    if every:
        terms = [Term(query=each, worth=1.0) for each in spelled]
    else:
        terms = specific_terms(*await engines.database.ask(term_counts, spelled, common=COMMON_SHARE))
    depth = engines.settings.search_depth
    found = await engines.database.ask(text_matches, terms, filter_by, every=every, limit=depth)
    return terms, [creator_id for creator_id, _ in found]


async def _meaning_of(engines: Engines, meaning: Vectors, ids: Sequence[CreatorId]) -> Near:
    """The nearest profile of each of these creators, however far it is."""
    if not ids or not meaning.any():
        return {}
    members = await engines.database.ask(members_of_creators, ids)
    owner = {profile_id: each for each, own in zip(ids, members, strict=True) for profile_id in own}
    index = await asyncio.to_thread(engines.profile_index)
    return grouped(await asyncio.to_thread(nearest_among, index, meaning, list(owner)), owner)


def _farthest(near: Near) -> float:
    return min((each.score for each in near.values()), default=0.0)


def _first(near: Near, count: int) -> Near:
    return dict(list(near.items())[:count])
