"""How good the answers of a search are, and how fast: NDCG@10 of judged queries beside vectors alone and full text alone, and
what a request takes over a hundred thousand creators."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from math import log2
from pathlib import Path

from benchmarks.benchmark import Benchmark
from benchmarks.measurement import Measurement
from benchmarks.search_latency import measure_latency
from benchmarks.search_multiply import multiply
from benchmarks.search_query import QUERIES, JudgedQuery
from benchmarks.search_unseen import UNSEEN
from benchmarks.search_world import Subject, niche_relevance, store_world, topic_relevance
from benchmarks.stored import engines_of
from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.profile import ProfileId
from creatorgraph.services.engines import Engines
from creatorgraph.services.search import search_creators
from creatorgraph.services.search_candidate import grouped
from creatorgraph.services.search_word import specific_terms, spelled_terms
from creatorgraph.store.read.creator import CreatorFilter, matching_creators
from creatorgraph.store.read.rank_fact import facts_by_words
from creatorgraph.store.read.search import profiles_within, term_counts

PROFILES, SEED = 10_000, 11
CREATORS = 100_000
"""At least so many the times are measured over: the judged world several times over."""
SHOWN = 10
FAISS, FULL_TEXT = "FAISS alone", "full text alone"

Search = Callable[[Engines, JudgedQuery], Awaitable[list[CreatorId]]]
Judge = Callable[[JudgedQuery, Subject | None], int]


def measure_quality(folder: Path) -> Iterator[Measurement]:
    folder.chmod(0o711)  # as root PostgreSQL runs as another user, who must reach its own folder below
    with engines_of(folder / "data") as engines:
        about = store_world(engines, folder, PROFILES, SEED)
        yield from asyncio.run(_measured(engines, about))
        multiply(engines, -(-CREATORS // len(about)))
        yield from asyncio.run(_timed(engines))


async def _timed(engines: Engines) -> list[Measurement]:
    found = await measure_latency(engines)
    await engines.database.aclose()
    return found


async def _measured(engines: Engines, about: dict[CreatorId, Subject | None]) -> list[Measurement]:
    answers: dict[tuple[Search, JudgedQuery], list[CreatorId]] = {
        (search, query): await search(engines, query)
        for search in (hybrid, by_vectors, by_words)
        for query in (*QUERIES, *UNSEEN)
    }
    pools = {query: await _pool(engines, query.filter_by) for query in (*QUERIES, *UNSEEN)}
    await engines.database.aclose()

    def mean(search: Search, judge: Judge, queries: Sequence[JudgedQuery] = QUERIES) -> float:
        scores = [
            ndcg(*([judge(query, about.get(each)) for each in some] for some in (answers[search, query], pools[query])))
            for query in queries
        ]
        return sum(scores) / len(scores)

    ours = mean(hybrid, niche_relevance)
    return [
        Measurement(name="search.quality.ndcg_at_10", value=ours, unit="NDCG", bar=">= 0.90"),
        Measurement(
            name="search.quality.beside_faiss",
            value=ours,
            unit="NDCG",
            peer=FAISS,
            peer_value=mean(by_vectors, niche_relevance),
            bar="ratio > 1",
        ),
        Measurement(
            name="search.quality.beside_full_text",
            value=ours,
            unit="NDCG",
            peer=FULL_TEXT,
            peer_value=mean(by_words, niche_relevance),
            bar="ratio > 1",
        ),
        Measurement(
            name="search.quality.unseen_ndcg_at_10",
            value=mean(hybrid, niche_relevance, UNSEEN),
            unit="NDCG",
            peer=FAISS,
            peer_value=mean(by_vectors, niche_relevance, UNSEEN),
            bar="ratio > 1",
        ),
        Measurement(
            name="search.quality.topic_ndcg_at_10",
            value=mean(hybrid, topic_relevance),
            unit="NDCG",
            peer=FAISS,
            peer_value=mean(by_vectors, topic_relevance),
            bar="ratio > 1",
        ),
    ]


def ndcg(found: Sequence[int], everybody: Sequence[int]) -> float:
    """Gain 2^grade - 1, discounted by log2(place + 1), over that of the best order (Burges et al. 2005); 1 where nobody is
    relevant."""

    def gain(grades: Sequence[int]) -> float:
        return sum((2.0**grade - 1) / log2(place + 2) for place, grade in enumerate(grades[:SHOWN]))

    best = gain(sorted(everybody, reverse=True))
    return gain(found) / best if best else 1.0


async def hybrid(engines: Engines, query: JudgedQuery) -> list[CreatorId]:
    page = await search_creators(engines, query.text, filter_by=query.filter_by, first=SHOWN)
    return [hit.creator_id for hit in page.items]


async def by_vectors(engines: Engines, query: JudgedQuery) -> list[CreatorId]:
    """The creators of the nearest profiles that pass the filter, by cosine alone."""
    index = engines.profile_index()
    found = index.search(engines.encoder().encode([query.text]), index.count)[0]
    creators = await engines.database.ask(matching_creators, [ProfileId(each.id) for each in found], query.filter_by)
    return list(grouped(found, creators))[:SHOWN]


async def by_words(engines: Engines, query: JudgedQuery) -> list[CreatorId]:
    """The creators with the most of the query's words, rare ones counting more, by PostgreSQL alone."""
    terms = specific_terms(
        *await engines.database.ask(term_counts, spelled_terms(query.text, prefix=False), common=1.0)
    )
    found = await engines.database.ask(facts_by_words, terms, query.filter_by, every=False, limit=SHOWN)
    return [each.creator_id for each in found]


async def _pool(engines: Engines, filter_by: CreatorFilter) -> list[CreatorId]:
    """Everybody who passes the filter."""
    profiles = await engines.database.ask(profiles_within, filter_by, limit=PROFILES)
    return sorted(set((await engines.database.ask(matching_creators, profiles)).values()))


QUALITY = Benchmark(
    run=measure_quality,
    names=(
        "search.quality.ndcg_at_10",
        "search.quality.beside_faiss",
        "search.quality.beside_full_text",
        "search.quality.unseen_ndcg_at_10",
        "search.quality.topic_ndcg_at_10",
        "search.hybrid.p50",
        "search.hybrid.p95",
        "search.hybrid.cached_p95",
        "search.hybrid.kept_p95",
    ),
)
