"""What fills a data folder, as functions that a process of its own can run: the default settings, real engines."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from creatorgraph.bootstrap import open_engines
from creatorgraph.config import Settings
from creatorgraph.services.engines import Engines
from creatorgraph.services.index import sync_indexes
from creatorgraph.services.ingest import ingest_files
from creatorgraph.services.resolve import resolve_all
from creatorgraph.store.embedded import stop_embedded
from creatorgraph.store.write.resolution_run import last_run


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """What a run found; seconds of the resolver's own parts, and of the service's steps around it."""

    profiles: int
    candidate_pairs: int
    parts: dict[str, float]
    steps: dict[str, float]


@contextmanager
def engines_of(data_dir: Path) -> Iterator[Engines]:
    """The default settings on this folder, whatever the environment says of others."""
    engines = open_engines(Settings(data_dir=data_dir))
    try:
        yield engines
    finally:
        engines.close()
        stop_embedded(data_dir)  # a child of multiprocessing runs no exit handlers


def ingest(data_dir: Path, file: Path) -> int:
    with engines_of(data_dir) as engines:
        (summary,) = ingest_files(engines, [file])
    return summary.added


def encode(data_dir: Path) -> int:
    """How many texts went into the two indexes."""
    with engines_of(data_dir) as engines:
        done = sync_indexes(engines)
    return done.profiles.encoded + done.bios.encoded


def _parts(summary: Mapping[str, Any]) -> dict[str, float]:
    return dict(summary["resolution"]["seconds"])


def resolve(data_dir: Path) -> Resolved:
    with engines_of(data_dir) as engines:
        summary = resolve_all(engines)
        with engines.database.transaction() as connection:
            run = last_run(connection)
    if run is None:
        raise ValueError("the run was not kept")
    return Resolved(
        profiles=summary.profiles,
        candidate_pairs=summary.candidate_pairs,
        parts=_parts(run.summary),
        steps=dict(summary.seconds),
    )
