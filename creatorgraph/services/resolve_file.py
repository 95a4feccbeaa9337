"""Resolution as a library would do it: files in, files out, no server and no database."""

import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path

import pyarrow.compute as pc

from creatorgraph.domain.progress import Progress, Silent
from creatorgraph.embeddings.encoder import Encoder
from creatorgraph.resolution.model.engine.port import ScoringEngine
from creatorgraph.resolution.option import ResolveOptions
from creatorgraph.resolution.pipeline import resolve
from creatorgraph.resolution.profile_table import to_table
from creatorgraph.services.profile_file import bio_vectors, read_profiles
from creatorgraph.services.result_file import keep_rejects, write_resolution


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
    files = read_profiles(paths, on_rejects=partial(keep_rejects, rejects_file), progress=progress)
    profiles, rejected = files.profiles, files.rejected
    read = time.perf_counter()

    vectors = bio_vectors(profiles, encoder, progress)
    encoded = time.perf_counter()
    table = to_table(profiles, local_hash=files.local_hash)
    resolution = resolve(table, bio_vectors=vectors, options=options, scoring=scoring, progress=progress)
    resolved = time.perf_counter()

    write_resolution(out, resolution, header=("profile_id", "creator_id"))
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
