"""Chooses the engines by the settings. The only module that knows which are in use."""

from functools import cache

from creatorgraph.config import Settings
from creatorgraph.domain.error import InvalidInputError
from creatorgraph.embeddings.encoder import Encoder
from creatorgraph.embeddings.index import VectorIndex
from creatorgraph.graph.port import Graph
from creatorgraph.services.engines import Engines
from creatorgraph.store.database import Database
from creatorgraph.store.embedded import start_embedded, with_driver
from creatorgraph.store.migration import migrate


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

    def index(name: str) -> VectorIndex:
        return VectorIndex.open(
            settings.data_dir / "index" / name, encoder_name=encoder().name, dimensions=encoder().dimensions
        )

    return Engines(
        settings=settings,
        database=database,
        graph=open_graph(settings, database),
        encoder=encoder,
        profile_index=cache(lambda: index("profile")),
        bio_index=cache(lambda: index("bio")),
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


def open_graph(settings: Settings, database: Database) -> Graph:
    """The graph engine of the settings; connects at its first use."""
    if settings.graph == "embedded":
        from creatorgraph.graph.embedded.graph import EmbeddedGraph

        return EmbeddedGraph(database.engine)
    if settings.graph == "neo4j":
        from creatorgraph.graph.neo4j.graph import open_neo4j

        return open_neo4j(settings)
    raise InvalidInputError(f"there is no graph engine {settings.graph}", where="CREATORGRAPH_GRAPH")
