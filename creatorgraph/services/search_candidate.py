"""Whom a search ranks: the creators nearest to the query by meaning, and those whose words match, filtered before any cut."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.profile import ProfileId
from creatorgraph.embeddings.encoder import Vectors
from creatorgraph.embeddings.index import Neighbour, VectorIndex
from creatorgraph.embeddings.index_filter import Allowed
from creatorgraph.services.engines import Engines
from creatorgraph.services.search_fusion import confidence, fused
from creatorgraph.services.search_rank import Candidate, SearchMode
from creatorgraph.services.search_word import COMMON_SHARE, specific_terms, spelled_terms
from creatorgraph.store.read.creator import NO_FILTER, CreatorFilter
from creatorgraph.store.read.search import (
    RankFacts,
    Term,
    facts_by_profiles,
    facts_by_words,
    profiles_within,
    term_counts,
    text_shares,
)

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
    if mode is SearchMode.TEXT:
        words = await _by_words(engines, query, filter_by, every=True)
        return _candidates([each for each, _ in words.found], {}, words.shares, floor=0.0, trust=1.0)
    if mode is SearchMode.SEMANTIC:
        _, near, facts = await _by_meaning(engines, query, filter_by)
        return _candidates(facts, near, {}, floor=_farthest(near), trust=0.0)
    (meaning, near, facts), words = await asyncio.gather(
        _by_meaning(engines, query, filter_by), _by_words(engines, query, filter_by, every=False)
    )
    floor, shares = _farthest(near), words.shares
    others = [each for each, _ in words.found if each.creator_id not in near]
    if words.more and (unknown := [each.creator_id for each in facts if each.creator_id not in shares]):
        shares |= await engines.database.ask(text_shares, unknown, words.terms)
    near |= await asyncio.to_thread(_meaning_of, engines, meaning, others)
    return _candidates([*facts, *others], near, shares, floor=floor, trust=confidence(words.terms))


@dataclass(frozen=True, slots=True, kw_only=True)
class _ByWords:
    """The terms of a query, the creators with the most of their worth, and whether more have any of it."""

    terms: Sequence[Term]
    found: Sequence[tuple[RankFacts, float]]
    more: bool

    @property
    def shares(self) -> dict[CreatorId, float]:
        return {each.creator_id: share for each, share in self.found}


def _candidates(
    facts: Sequence[RankFacts], near: Near, shares: Mapping[CreatorId, float], *, floor: float, trust: float
) -> tuple[Candidate, ...]:
    # who has no vector is as far as the farthest
    cosines = [near[each.creator_id].score if each.creator_id in near else floor for each in facts]
    relevance = fused(cosines, [shares.get(each.creator_id, 0.0) for each in facts], floor=floor, trust=trust)
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


async def _by_meaning(
    engines: Engines, query: str, filter_by: CreatorFilter
) -> tuple[Vectors, Near, Sequence[RankFacts]]:
    """The query's vector, the nearest creators that pass the filter, the nearest first, and their figures, in no order."""
    meaning = await _meaning(engines, query)
    if not meaning.any():
        return meaning, {}, ()
    depth, index, ask = engines.settings.search_depth, engines.profile_index(), engines.database.ask
    among, there = None, index.count
    if filter_by != NO_FILTER:
        within = await ask(profiles_within, filter_by, limit=COMPARED_ALL + 1)
        if len(within) <= COMPARED_ALL:
            among, there = Allowed(within), len(within)
    wanted = PROFILES_PER_CREATOR * depth
    while True:
        found = (await asyncio.to_thread(index.search, meaning, wanted, among=among))[0]
        facts = await ask(facts_by_profiles, [ProfileId(each.id) for each in found], filter_by)
        owner = {profile_id: each.creator_id for each in facts for profile_id in each.profiles}
        near = grouped(found, owner)
        if len(near) >= depth or len(found) < wanted or wanted >= there:
            near = dict(islice(near.items(), depth))
            return meaning, near, [each for each in facts if each.creator_id in near]
        wanted = min(4 * wanted, there)


async def _by_words(engines: Engines, query: str, filter_by: CreatorFilter, *, every: bool) -> _ByWords:
    spelled = spelled_terms(query, prefix=every)
    if every:
        terms = [Term(query=each, worth=1.0) for each in spelled]
    else:
        terms = specific_terms(*await engines.database.ask(term_counts, spelled, common=COMMON_SHARE))
    depth = engines.settings.search_depth
    found = await engines.database.ask(facts_by_words, terms, filter_by, every=every, limit=depth)
    return _ByWords(terms=terms, found=found, more=len(found) == depth)


def _meaning_of(engines: Engines, meaning: Vectors, creators: Sequence[RankFacts]) -> Near:
    """The nearest profile of each of these creators, however far it is."""
    if not creators or not meaning.any():
        return {}
    owner = {profile_id: each.creator_id for each in creators for profile_id in each.profiles}
    return grouped(nearest_among(engines.profile_index(), meaning, list(owner)), owner)


def _farthest(near: Near) -> float:
    return min((each.score for each in near.values()), default=0.0)
