"""Resolution as a library would do it: files in, files out, no server and no database."""

import csv
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path

import orjson
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from creatorgraph.domain.progress import Progress, Silent
from creatorgraph.embeddings.encoder import Encoder
from creatorgraph.ingest.reject import Reject, RejectWriter
from creatorgraph.resolution.model.engine.port import ScoringEngine
from creatorgraph.resolution.option import ResolveOptions
from creatorgraph.resolution.pipeline import resolve
from creatorgraph.resolution.profile_table import to_table
from creatorgraph.services.profile_file import bio_vectors, read_profiles
from creatorgraph.services.whole_file import replace_file

_NAMESPACE = uuid.UUID("5b0c3a52-5f0e-4b7e-9d52-0f4d2f6c8e11")


@dataclass(frozen=True, slots=True, kw_only=True)
class FileResolution:
    """The summary that `creatorgraph resolve` prints as JSON; `resolution` is the resolver's own."""

    profiles: int
    rejected: int
    links: int
    accepted_links: int
    creators: int
    largest_creator: int
    model_version: str
    clusters_file: str
    links_file: str
    rejects_file: str | None
    seconds: dict[str, float] = field(default_factory=dict)
    resolution: dict[str, object] = field(default_factory=dict)


def resolve_files(
    paths: Sequence[Path],
    out: Path,
    *,
    encoder: Callable[[], Encoder],
    options: ResolveOptions,
    scoring: ScoringEngine | None = None,
    progress: Progress = Silent(),
) -> FileResolution:
    """Writes `clusters.csv`, `links.parquet`, `model.json` and, where records were refused, `rejects.jsonl` to `out`.

    Contacts are hashed with a key of this run alone: nothing that is written can be matched with another run's.

    Raises:
        InvalidInputError: a file is missing, empty or of no known format, or one profile id is in two files.
    """
    started = time.perf_counter()
    out.mkdir(parents=True, exist_ok=True)
    rejects_file = out / "rejects.jsonl"
    rejects_file.unlink(missing_ok=True)
    files = read_profiles(paths, on_rejects=partial(_keep_rejects, rejects_file), progress=progress)
    profiles, rejected = files.profiles, files.rejected
    read = time.perf_counter()

    vectors = bio_vectors(profiles, encoder, progress)
    encoded = time.perf_counter()
    table = to_table(profiles, local_hash=files.local_hash)
    resolution = resolve(table, bio_vectors=vectors, options=options, scoring=scoring, progress=progress)
    resolved = time.perf_counter()

    clusters = resolution.clusters.sort_by("profile_id")
    _write_clusters(out / "clusters.csv", clusters)
    replace_file(out / "links.parquet", lambda path: pq.write_table(resolution.links, path, compression="zstd"))
    replace_file(out / "model.json", lambda path: _write_json(path, resolution.model))
    return FileResolution(
        profiles=len(profiles),
        rejected=rejected,
        links=resolution.links.num_rows,
        accepted_links=int(pc.sum(resolution.links.column("accepted")).as_py() or 0),
        creators=resolution.summary.clusters,
        largest_creator=resolution.summary.largest_cluster,
        model_version=str(resolution.model["model_version"]),
        clusters_file=str(out / "clusters.csv"),
        links_file=str(out / "links.parquet"),
        rejects_file=str(rejects_file) if rejected else None,
        seconds={
            "read": round(read - started, 3),
            "encode": round(encoded - read, 3),
            "resolve": round(resolved - encoded, 3),
            "write": round(time.perf_counter() - resolved, 3),
        },
        resolution=asdict(resolution.summary),
    )


def _keep_rejects(file: Path, source: Path, rejects: list[Reject]) -> None:
    with RejectWriter(file, source=source.name) as writer:
        writer.write(rejects)


def _write_clusters(path: Path, clusters: pa.Table) -> None:
    """One line a profile. The same input gives the same file: ids that last over changes come with the database."""
    ids, numbers = clusters.column("profile_id").to_pylist(), clusters.column("cluster").to_pylist()
    first: dict[int, str] = {}
    for profile_id, number in zip(ids, numbers, strict=True):
        first.setdefault(number, profile_id)
    names = {number: str(uuid.uuid5(_NAMESPACE, profile_id)) for number, profile_id in first.items()}

    def write(target: Path) -> None:
        with target.open("w", newline="", encoding="utf-8") as file:
            rows = csv.writer(file, lineterminator="\n")
            rows.writerow(("profile_id", "creator_id"))
            rows.writerows((profile_id, names[number]) for profile_id, number in zip(ids, numbers, strict=True))

    replace_file(path, write)


def _write_json(path: Path, value: object) -> None:
    path.write_bytes(orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_SERIALIZE_NUMPY))
