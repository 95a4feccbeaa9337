"""The engines that bootstrap chose, as the use cases see them."""

from collections.abc import Callable
from dataclasses import dataclass, field

from creatorgraph.config import Settings
from creatorgraph.embeddings.encoder import Encoder
from creatorgraph.embeddings.index import VectorIndex
from creatorgraph.graph.port import Graph
from creatorgraph.resolution.model.engine.duckdb_engine import DuckDBEngine
from creatorgraph.resolution.model.engine.port import ScoringEngine
from creatorgraph.services.search_cache import ProcessSearchCache, SearchCache
from creatorgraph.store.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Engines:
    """What one process works with. `encoder` and the indexes load at their first call and are kept.

    `profile_index` holds one vector per profile of its name, category and bio, for search; `bio_index` one of its
    bio alone, for resolution. Both are keyed by profile id. `search_cache` keeps nothing unless it is given.
    """

    settings: Settings
    database: Database
    graph: Graph
    encoder: Callable[[], Encoder]
    profile_index: Callable[[], VectorIndex]
    bio_index: Callable[[], VectorIndex]
    scoring: Callable[[], ScoringEngine] = DuckDBEngine
    search_cache: SearchCache = field(default_factory=lambda: ProcessSearchCache(0))

    def close(self) -> None:
        self.graph.close()
        self.database.close()

    async def aclose(self) -> None:
        self.graph.close()
        await self.database.aclose()
