"""Chooses the engines by the settings. The only module that knows which are in use."""

from functools import cache
from typing import TYPE_CHECKING

from creatorgraph.config import Settings
from creatorgraph.domain.error import InvalidInputError
from creatorgraph.embeddings.encoder import Encoder
from creatorgraph.embeddings.index import VectorIndex
from creatorgraph.embeddings.index_option import EXACT, IndexOptions
from creatorgraph.graph.port import Graph
from creatorgraph.resolution.model.engine.port import ScoringEngine
from creatorgraph.services.engines import Engines
from creatorgraph.services.index import search_options
from creatorgraph.services.search_cache import ProcessSearchCache
from creatorgraph.store.database import Database
from creatorgraph.store.embedded import start_embedded, with_driver
from creatorgraph.store.migration import migrate

if TYPE_CHECKING:
    from creatorgraph.graph.neo4j.address import Locate


def open_engines(settings: Settings) -> Engines:
    """Starts or joins what the settings name, and brings the database to the newest schema.

    Raises:
        UnavailableError: PostgreSQL does not answer. A graph engine that is down raises nothing here: the API then
            serves what PostgreSQL can.
    """
    database = open_database(settings)
    with database.transaction() as connection:
        migrate(connection)
    encoder = cache(lambda: open_encoder(settings))

    def index(name: str, options: IndexOptions) -> VectorIndex:
        return VectorIndex.open(
            settings.data_dir / "index" / name,
            encoder_name=encoder().name,
            dimensions=encoder().dimensions,
            options=options,
        )

    return Engines(
        settings=settings,
        database=database,
        graph=open_graph(settings, database),
        encoder=encoder,
        profile_index=cache(lambda: index("profile", search_options(settings))),
        bio_index=cache(lambda: index("bio", EXACT)),
        scoring=lambda: open_scoring(settings),
        search_cache=ProcessSearchCache(settings.search_cache_entries),
    )


def open_database(settings: Settings) -> Database:
    """The user's own PostgreSQL, or the embedded one of the data folder."""
    url = with_driver(settings.database_url) if settings.database_url else start_embedded(settings.data_dir)
    return Database(url)


def open_encoder(settings: Settings) -> Encoder:
    """The encoder of the settings; loads its weights now."""
    if settings.encoder == "sentence-transformers":
        from creatorgraph.embeddings.sentence_transformers_encoder import SentenceTransformersEncoder

        return SentenceTransformersEncoder(settings.encoder_model)
    from creatorgraph.embeddings.ctranslate2_encoder import CTranslate2Encoder

    return CTranslate2Encoder(
        settings.data_dir / "model", compute_type=settings.encoder_compute_type, threads=settings.threads or 0
    )


def open_scoring(settings: Settings) -> ScoringEngine:
    """The engine that Splink scores pairs on.

    Raises:
        InvalidInputError: a setting of Spark cannot be used.
        UnavailableError: Spark's extra or its Java is missing.
    """
    if settings.scoring_engine == "spark":
        from creatorgraph.resolution.model.engine.spark_engine import SparkEngine
        from creatorgraph.resolution.model.engine.spark_option import SparkOptions

        return SparkEngine(
            SparkOptions(
                master=settings.spark_master,
                memory=settings.spark_memory,
                threads=settings.threads,
                folder=settings.spark_folder,
                driver_host=settings.spark_driver_host,
            )
        )
    from creatorgraph.resolution.model.engine.duckdb_engine import DuckDBEngine

    return DuckDBEngine(**{n: getattr(settings, n) for n in ("memory_limit", "threads") if getattr(settings, n)})


def open_graph(settings: Settings, database: Database) -> Graph:
    """The graph engine of the settings; connects at its first use."""
    if settings.graph == "embedded":
        from creatorgraph.graph.embedded.graph import EmbeddedGraph

        return EmbeddedGraph(database.engine)
    if settings.graph == "neo4j":
        from creatorgraph.graph.neo4j.graph import Neo4jGraph

        return Neo4jGraph(_neo4j_address(settings))
    raise InvalidInputError(f"there is no graph engine {settings.graph}", where="CREATORGRAPH_GRAPH")


def _neo4j_address(settings: Settings) -> "Locate":
    from creatorgraph.graph.neo4j.address import Neo4jAddress, fixed_address, local_address
    from creatorgraph.graph.neo4j.local.launcher import LocalNeo4j

    if settings.neo4j_url is None:
        return local_address(LocalNeo4j(settings.data_dir / "neo4j"))
    password = settings.neo4j_password.get_secret_value()
    return fixed_address(Neo4jAddress(url=settings.neo4j_url, user=settings.neo4j_user, password=password))
