"""Whom a search ranks: the creators nearest to the query by meaning, and those whose words match, filtered before any cut."""

import asyncio
from collections.abc import Iterable, Sequence

import numpy as np

from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.profile import ProfileId
from creatorgraph.embeddings.encoder import Vectors
from creatorgraph.embeddings.index import Neighbour, VectorIndex
from creatorgraph.services.engines import Engines
from creatorgraph.services.search_fusion import fused
from creatorgraph.services.search_rank import Candidate, SearchMode
from creatorgraph.services.search_word import COMMON_SHARE, specific_terms, spelled_terms
from creatorgraph.store.read.creator import NO_FILTER, CreatorFilter, matching_creators
from creatorgraph.store.read.profile import members_of_creators
from creatorgraph.store.read.search import Term, profiles_within, rank_facts, term_counts, text_matches

Near = dict[CreatorId, Neighbour]
"""The best profile of each creator, the best first."""

PROFILES_PER_CREATOR = 2
"""Neighbours that are asked for per wanted creator at first; widened while filters and shared creators eat them up."""
COMPARED_ALL = 5_000
"""Up to so many profiles behind a filter are all compared with the query; where more pass it, so many of the nearest do that
widening ends soon."""


async def find_candidates(
    engines: Engines, query: str, filter_by: CreatorFilter, mode: SearchMode
) -> tuple[Candidate, ...]:
    """The creators that a search ranks, in no order; at most `search_depth` by meaning and as many by words.

    The filter costs no recall: either everyone who passes it is compared, or more neighbours are fetched until enough pass
    or the index is exhausted.
    """
    depth = engines.settings.search_depth
    if mode is SearchMode.TEXT:
        near: Near = {}
        terms, matches = await _by_words(engines, query, filter_by, every=True, depth=depth)
    elif mode is SearchMode.SEMANTIC:
        near, (terms, matches) = await _by_meaning(engines, query, filter_by, depth), ((), [])
    else:
        near, (terms, matches) = await asyncio.gather(
            _by_meaning(engines, query, filter_by, depth),
            _by_words(engines, query, filter_by, every=False, depth=depth),
        )
        near |= await _meaning_of(engines, query, [each for each in matches if each not in near])
    facts = await engines.database.ask(rank_facts, list(dict.fromkeys((*near, *matches))), terms)
    cosines = [near[each.creator_id].score if each.creator_id in near else 0.0 for each in facts]
    texts = [each.text for each in facts]
    relevance = fused(cosines, texts, text_share=_text_share(engines, mode), worded=bool(matches))
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


def nearest_among(index: VectorIndex, vector: Vectors, ids: Sequence[ProfileId], k: int) -> list[Neighbour]:
    """The `k` nearest of these profiles to the one vector of shape (1, dimensions), by comparing with each, best first."""
    vectors = index.vectors(ids)
    # profiles without a text that says anything have a row of zeros
    there = np.flatnonzero(vectors.any(axis=1))
    scores = vectors[there] @ vector[0]
    order = sorted(zip((-scores).tolist(), (ids[row] for row in there), strict=True))[:k]
    return [Neighbour(id=name, score=-score) for score, name in order]


def _text_share(engines: Engines, mode: SearchMode) -> float:
    return {SearchMode.TEXT: 1.0, SearchMode.SEMANTIC: 0.0}.get(mode, engines.settings.search_text_share)


async def _encoded(engines: Engines, query: str) -> Vectors:
    return await asyncio.to_thread(lambda: engines.encoder().encode([query]))


async def _by_meaning(engines: Engines, query: str, filter_by: CreatorFilter, depth: int) -> Near:
    index = await asyncio.to_thread(engines.profile_index)
    if filter_by == NO_FILTER:
        vector, within = await _encoded(engines, query), None
    else:
        vector, within = await asyncio.gather(
            _encoded(engines, query), engines.database.ask(profiles_within, filter_by, limit=COMPARED_ALL + 1)
        )
    if not vector.any():
        return {}
    if within is not None and len(within) <= COMPARED_ALL:
        found = await asyncio.to_thread(nearest_among, index, vector, within, len(within))
        creators = await engines.database.ask(matching_creators, [ProfileId(each.id) for each in found])
        return _first(grouped(found, creators), depth)
    wanted = PROFILES_PER_CREATOR * depth
    while True:
        found = (await asyncio.to_thread(index.search, vector, wanted))[0]
        creators = await engines.database.ask(matching_creators, [ProfileId(each.id) for each in found], filter_by)
        near = grouped(found, creators)
        if len(near) >= depth or len(found) < wanted or wanted >= index.count:
            return _first(near, depth)
        wanted = min(4 * wanted, index.count)


async def _by_words(
    engines: Engines, query: str, filter_by: CreatorFilter, *, every: bool, depth: int
) -> tuple[Sequence[Term], list[CreatorId]]:
    spelled = spelled_terms(query, prefix=every)
    counts, total = await engines.database.ask(term_counts, spelled, common=1.0 if every else COMMON_SHARE)
    terms = [Term(query=each, worth=1.0) for each in spelled] if every else specific_terms(counts, total)
    found = await engines.database.ask(text_matches, terms, filter_by, every=every, limit=depth)
    return terms, [creator_id for creator_id, _ in found]


async def _meaning_of(engines: Engines, query: str, ids: Sequence[CreatorId]) -> Near:
    """The nearest profile of each of these creators, whatever its cosine."""
    if not ids:
        return {}
    members = await engines.database.ask(members_of_creators, ids)
    index, vector = await asyncio.to_thread(engines.profile_index), await _encoded(engines, query)
    owner = {profile_id: each for each, own in zip(ids, members, strict=True) for profile_id in own}
    return grouped(await asyncio.to_thread(nearest_among, index, vector, list(owner), len(owner)), owner)


def _first(near: Near, count: int) -> Near:
    return dict(list(near.items())[:count])
