"""Whom a search ranks: the creators nearest to the query by meaning, and those whose words match, filtered before any cut."""

import asyncio
from collections.abc import Awaitable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice

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
from creatorgraph.store.read.rank_fact import RankFacts, facts_by_profiles, facts_by_words
from creatorgraph.store.read.search import Term, profiles_within, term_counts

Near = dict[CreatorId, Neighbour]
"""The best profile of each creator, the best first."""

PROFILES_PER_CREATOR = 2
"""Neighbours that are asked for per wanted creator at first; widened while filters and shared creators eat them up."""
FEEDBACK, FEEDBACK_WEIGHT = 10, 1.0
"""The nearest profiles towards whose mean a query moves, and what the mean weighs beside it."""
COMPARED_ALL = 5_000
"""Up to so many profiles behind a filter are all compared with the query; where more pass it, so many of the nearest do that
widening ends soon."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """What a query says: what is to be encoded of it, its terms but for places, and the places that it names."""

    topic: str
    terms: Sequence[Term] = ()
    places: Sequence[Term] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Meant:
    """A query's vector, shape (1, dimensions), zeros where it means nothing; and the profiles nearest to it, as many as are asked
    for at first."""

    vector: Vectors
    nearest: Sequence[Neighbour]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """Creators in the order of their ids or of their words, and how near those are whose nearness is known."""

    facts: Sequence[RankFacts] = ()
    near: Near


_NOBODY = _Found(near={})


async def find_candidates(
    engines: Engines, query: str, filter_by: CreatorFilter, mode: SearchMode, *, after: Awaitable[object]
) -> tuple[Candidate, ...]:
    """The creators that a search ranks, in no order; at most `search_depth` by meaning and as many by words. What is asked of the
    store is asked `after` that is done.

    The filter costs no recall: either everyone who passes it is compared, or more neighbours are fetched until enough pass
    or the index is exhausted. A query without a word that the encoder knows has no meaning, but may have words.
    """
    if mode is SearchMode.TEXT:
        await after
        terms = [Term(query=each, worth=1.0) for each in spelled_terms(query, prefix=True)]
        depth = engines.settings.search_depth
        facts = await engines.database.ask(facts_by_words, terms, filter_by, every=True, limit=depth)
        return _candidates(facts, {}, floor=0.0, trust=1.0)
    meaning = asyncio.ensure_future(_meant(engines, query))
    if mode is SearchMode.SEMANTIC:
        await after
        found = await _by_meaning(engines, meaning, filter_by, _Said(topic=query))
        return _candidates(found.facts, found.near, floor=_farthest(found.near), trust=0.0)
    return await _hybrid(engines, query, filter_by, meaning, after)


async def _hybrid(
    engines: Engines, query: str, filter_by: CreatorFilter, whole: Awaitable[_Meant], after: Awaitable[object]
) -> tuple[Candidate, ...]:
    """By meaning and words together; with places those who name them too, however many others are nearer.

    Each part begins as soon as what it needs is there: words do not wait for the encoder, nor does it wait for them, since most
    queries name no place.
    """

    async def saying() -> _Said:
        await after
        return await _said(engines, query)

    async def meaning() -> _Meant:
        meant, words = await whole, await said
        return meant if words.topic == query else await _meant(engines, words.topic)

    async def anywhere() -> _Found:
        return await _by_meaning(engines, meant, filter_by, await said)

    async def there() -> _Found:
        words = await said
        return await _by_meaning(engines, meant, filter_by, words, there=True) if words.places else _NOBODY

    async def worded() -> _Found:
        words, depth = await said, engines.settings.search_depth
        facts = await engines.database.ask(
            facts_by_words, words.terms, filter_by, places=words.places, every=False, limit=depth
        )
        return _Found(facts=facts, near=await asyncio.to_thread(_nearness, engines, (await meant).vector, facts))

    said, meant = asyncio.ensure_future(saying()), asyncio.ensure_future(meaning())
    near, placed, words = await asyncio.gather(anywhere(), there(), worded())
    everybody: dict[CreatorId, RankFacts] = {}
    for each in chain(near.facts, placed.facts, words.facts):
        everybody.setdefault(each.creator_id, each)
    spoken = await said
    return _candidates(
        list(everybody.values()),
        words.near | placed.near | near.near,
        floor=_farthest(near.near | placed.near),
        trust=confidence(spoken.terms),
        agreeing=True,
        placed=bool(spoken.places),
    )


async def _said(engines: Engines, query: str) -> _Said:
    counts = await engines.database.ask(term_counts, spelled_terms(query, prefix=False), common=COMMON_SHARE)
    terms = specific_terms(*counts)
    topic = without_places(query, terms)
    if topic == query:
        return _Said(topic=query, terms=terms)
    return _Said(
        topic=topic,
        terms=[term for term in terms if not term.place],
        places=[term for term in terms if term.place],
    )


def _candidates(
    facts: Sequence[RankFacts],
    near: Near,
    *,
    floor: float,
    trust: float,
    agreeing: bool = False,
    placed: bool = False,
) -> tuple[Candidate, ...]:
    if not facts:
        return ()
    ids, primaries, _, rates, qualities, seen, verified, categories, texts, named = zip(*facts, strict=True)
    nearest = [near.get(each) for each in ids]
    relevance = fused(
        # who has no vector is as far as the farthest
        [floor if each is None else each.score for each in nearest],
        texts,
        floor=floor,
        trust=trust,
        # words alone are for names, and meaning alone is the cosine
        categories=categories if agreeing else None,
        places=named if placed else None,
    )
    matched = [
        primary if each is None else ProfileId(each.id) for each, primary in zip(nearest, primaries, strict=True)
    ]
    columns = zip(ids, matched, relevance, rates, qualities, seen, verified, strict=True)
    return tuple(map(Candidate._make, columns))


def grouped(found: Iterable[Neighbour], creators: Mapping[ProfileId, CreatorId]) -> Near:
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


async def _meant(engines: Engines, query: str) -> _Meant:
    """The query's vector moved towards the profiles nearest to it, and those nearest to that.

    Pseudo-relevance feedback after Rocchio (in Salton, The SMART Retrieval System, 1971): what the best matches have in common
    stands in for words that the query does not say.
    """

    def moved() -> _Meant:
        vector, index = engines.encoder().encode([query]), engines.profile_index()
        if not vector.any() or not (nearest := index.search(vector, FEEDBACK)[0]):
            return _Meant(vector=vector, nearest=())
        mean = index.vectors([each.id for each in nearest]).mean(axis=0, keepdims=True)
        towards: Vectors = vector + FEEDBACK_WEIGHT * mean
        towards /= np.float32(np.linalg.norm(towards))
        wanted = PROFILES_PER_CREATOR * engines.settings.search_depth
        return _Meant(vector=towards, nearest=index.search(towards, wanted)[0])

    return await asyncio.to_thread(moved)


async def _by_meaning(
    engines: Engines, meaning: Awaitable[_Meant], filter_by: CreatorFilter, said: _Said, *, there: bool = False
) -> _Found:
    """The creators nearest to a meaning that pass the filter (`there`: and name one of the places), by their ids. Where more than
    COMPARED_ALL profiles are of a place, so many of them are compared."""
    depth, index, ask = engines.settings.search_depth, engines.profile_index(), engines.database.ask
    among, most = None, index.count
    if there or filter_by != NO_FILTER:
        places = said.places if there else ()
        within = await ask(profiles_within, filter_by, places=places, limit=COMPARED_ALL + 1)
        if there or len(within) <= COMPARED_ALL:
            among, most = Allowed(within), len(within)
    meant = await meaning
    if not meant.vector.any():
        return _NOBODY
    wanted = PROFILES_PER_CREATOR * depth
    found = meant.nearest if among is None else await _nearest(index, meant, wanted, among)
    while True:
        profiles = [ProfileId(each.id) for each in found]
        facts = await ask(facts_by_profiles, profiles, filter_by, terms=said.terms, places=said.places)
        near = grouped(found, {profile_id: each.creator_id for each in facts for profile_id in each.profiles})
        if len(near) >= depth or len(found) < wanted or wanted >= most:
            near = dict(islice(near.items(), depth))
            return _Found(facts=[each for each in facts if each.creator_id in near], near=near)
        wanted = min(4 * wanted, most)
        found = await _nearest(index, meant, wanted, among)


async def _nearest(index: VectorIndex, meant: _Meant, wanted: int, among: Allowed | None) -> Sequence[Neighbour]:
    return (await asyncio.to_thread(index.search, meant.vector, wanted, among=among))[0]


def _nearness(engines: Engines, meaning: Vectors, creators: Sequence[RankFacts]) -> Near:
    """The nearest profile of each of these creators, however far it is."""
    if not creators or not meaning.any():
        return {}
    owner = {profile_id: each.creator_id for each in creators for profile_id in each.profiles}
    return grouped(nearest_among(engines.profile_index(), meaning, list(owner)), owner)


def _farthest(near: Near) -> float:
    return min((each.score for each in near.values()), default=0.0)
