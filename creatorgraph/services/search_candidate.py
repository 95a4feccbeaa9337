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
from creatorgraph.services.search_word import COMMON_SHARE, specific_terms, spelled_terms, without_places
from creatorgraph.store.read.creator import NO_FILTER, CreatorFilter
from creatorgraph.store.read.search import (
    RankFacts,
    Term,
    facts_by_profiles,
    facts_by_words,
    places_named,
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
        terms = [Term(query=each, worth=1.0) for each in spelled_terms(query, prefix=True)]
        words = await _by_words(engines, terms, filter_by, every=True)
        return _candidates([each for each, _ in words.found], {}, words.shares, floor=0.0, trust=1.0)
    if mode is SearchMode.SEMANTIC:
        meaning = await _moved(engines, await _encoded(engines, query))
        near, facts = await _by_meaning(engines, meaning, filter_by)
        return _candidates(facts, near, {}, floor=_farthest(near), trust=0.0)
    encoded, counts = await asyncio.gather(
        _encoded(engines, query),
        engines.database.ask(term_counts, spelled_terms(query, prefix=False), common=COMMON_SHARE),
    )
    terms = specific_terms(*counts)
    topic = without_places(query, terms)
    if topic == query:
        return await _fused(engines, encoded, terms, filter_by)
    places = [term for term in terms if term.place]
    topical = [term for term in terms if not term.place]
    return await _fused(engines, await _encoded(engines, topic), topical, filter_by, places)


async def _fused(
    engines: Engines, encoded: Vectors, terms: Sequence[Term], filter_by: CreatorFilter, places: Sequence[Term] = ()
) -> tuple[Candidate, ...]:
    """By meaning and words together; with places those who name them too, however many others are nearer."""
    ask, meaning = engines.database.ask, await _moved(engines, encoded)
    (near, facts), words, (there, those) = await asyncio.gather(
        _by_meaning(engines, meaning, filter_by),
        _by_words(engines, terms, filter_by, every=False),
        _by_meaning(engines, meaning, filter_by, places) if places else _nobody(),
    )
    floor, shares = _farthest(near | there), words.shares
    facts = [*facts, *(each for each in those if each.creator_id not in near)]
    near = there | near
    others = [each for each, _ in words.found if each.creator_id not in near]
    if words.more and (unknown := [each.creator_id for each in facts if each.creator_id not in shares]):
        shares |= await ask(text_shares, unknown, terms)
    near |= await asyncio.to_thread(_meaning_of, engines, meaning, others)
    found = [*facts, *others]
    named = await ask(places_named, [each.creator_id for each in found], places) if places else None
    return _candidates(found, near, shares, floor=floor, trust=confidence(terms), named=named, agreeing=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class _ByWords:
    """The creators with the most of the worth of a query's terms, and whether more have any of it."""

    found: Sequence[tuple[RankFacts, float]]
    more: bool

    @property
    def shares(self) -> dict[CreatorId, float]:
        return {each.creator_id: share for each, share in self.found}


def _candidates(
    facts: Sequence[RankFacts],
    near: Near,
    shares: Mapping[CreatorId, float],
    *,
    floor: float,
    trust: float,
    named: Mapping[CreatorId, float] | None = None,
    agreeing: bool = False,
) -> tuple[Candidate, ...]:
    # who has no vector is as far as the farthest
    cosines = [near[each.creator_id].score if each.creator_id in near else floor for each in facts]
    relevance = fused(
        cosines,
        [shares.get(each.creator_id, 0.0) for each in facts],
        floor=floor,
        trust=trust,
        # words alone are for names, and meaning alone is the cosine
        categories=[each.category for each in facts] if agreeing else None,
        places=None if named is None else [named.get(each.creator_id, 0.0) for each in facts],
    )
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


async def _encoded(engines: Engines, query: str) -> Vectors:
    """The query's vector, shape (1, dimensions); zeros where it means nothing."""
    return await asyncio.to_thread(lambda: engines.encoder().encode([query]))


async def _moved(engines: Engines, vector: Vectors) -> Vectors:
    """A query's vector moved towards the profiles nearest to it.

    Pseudo-relevance feedback after Rocchio (in Salton, The SMART Retrieval System, 1971): what the best matches have in common
    stands in for words that the query does not say.
    """

    def moved() -> Vectors:
        index = engines.profile_index()
        if not vector.any() or not (nearest := index.search(vector, FEEDBACK)[0]):
            return vector
        mean = index.vectors([each.id for each in nearest]).mean(axis=0, keepdims=True)
        towards: Vectors = vector + FEEDBACK_WEIGHT * mean
        return towards / np.float32(np.linalg.norm(towards))

    return await asyncio.to_thread(moved)


async def _by_meaning(
    engines: Engines, meaning: Vectors, filter_by: CreatorFilter, places: Sequence[Term] = ()
) -> tuple[Near, Sequence[RankFacts]]:
    """The creators nearest to a meaning that pass the filter and name one of the places, if any are given, the nearest first, and
    their figures, in no order. Where more than COMPARED_ALL profiles are of a place, so many of them are compared."""
    if not meaning.any():
        return {}, ()
    depth, index, ask = engines.settings.search_depth, engines.profile_index(), engines.database.ask
    among, there = None, index.count
    if places or filter_by != NO_FILTER:
        within = await ask(profiles_within, filter_by, places=places, limit=COMPARED_ALL + 1)
        if places or len(within) <= COMPARED_ALL:
            among, there = Allowed(within), len(within)
    wanted = PROFILES_PER_CREATOR * depth
    while True:
        found = (await asyncio.to_thread(index.search, meaning, wanted, among=among))[0]
        facts = await ask(facts_by_profiles, [ProfileId(each.id) for each in found], filter_by)
        owner = {profile_id: each.creator_id for each in facts for profile_id in each.profiles}
        near = grouped(found, owner)
        if len(near) >= depth or len(found) < wanted or wanted >= there:
            near = dict(islice(near.items(), depth))
            return near, [each for each in facts if each.creator_id in near]
        wanted = min(4 * wanted, there)


async def _nobody() -> tuple[Near, Sequence[RankFacts]]:
    return {}, ()


async def _by_words(engines: Engines, terms: Sequence[Term], filter_by: CreatorFilter, *, every: bool) -> _ByWords:
    depth = engines.settings.search_depth
    found = await engines.database.ask(facts_by_words, terms, filter_by, every=every, limit=depth)
    return _ByWords(found=found, more=len(found) == depth)


def _meaning_of(engines: Engines, meaning: Vectors, creators: Sequence[RankFacts]) -> Near:
    """The nearest profile of each of these creators, however far it is."""
    if not creators or not meaning.any():
        return {}
    owner = {profile_id: each.creator_id for each in creators for profile_id in each.profiles}
    return grouped(nearest_among(engines.profile_index(), meaning, list(owner)), owner)


def _farthest(near: Near) -> float:
    return min((each.score for each in near.values()), default=0.0)
