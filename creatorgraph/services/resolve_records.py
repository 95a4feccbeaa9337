"""Records of any kind resolved: files and a settings file of their columns in, files out; no server and no database."""

import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path

from creatorgraph.domain.progress import Progress, Silent
from creatorgraph.resolution.model.engine.port import ScoringEngine
from creatorgraph.resolution.option import ResolveOptions
from creatorgraph.resolution.record.mapping import read_mapping
from creatorgraph.resolution.record.pipeline import resolve_records
from creatorgraph.services.record_file import read_records
from creatorgraph.services.result_file import cluster_names, keep_rejects, write_resolution


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordResolution:
    """The summary that `creatorgraph resolve --columns` prints as JSON; `resolution` is the resolver's own."""

    records: int
    rejected: int
    links: int
    accepted_links: int
    entities: int
    largest_entity: int
    model_version: str
    clusters_file: str
    links_file: str
    model_file: str
    rejects_file: str | None
    warnings: tuple[str, ...] = ()
    seconds: dict[str, float] = field(default_factory=dict)
    resolution: dict[str, object] = field(default_factory=dict)


def resolve_record_files(
    paths: Sequence[Path],
    columns: Path,
    out: Path,
    *,
    options: ResolveOptions,
    scoring: ScoringEngine | None = None,
    progress: Progress = Silent(),
) -> RecordResolution:
    """Writes `clusters.csv`, `links.parquet`, `model.json` and, where lines were refused, `rejects.jsonl` to `out`.

    Raises:
        InvalidInputError: a file is missing, empty or of no known format, lacks a column, has an id twice, or the file
            of columns is at fault.
    """
    started = time.perf_counter()
    mapping = read_mapping(columns)
    out.mkdir(parents=True, exist_ok=True)
    rejects_file = out / "rejects.jsonl"
    rejects_file.unlink(missing_ok=True)
    files = read_records(paths, mapping, on_rejects=partial(keep_rejects, rejects_file), progress=progress)
    read = time.perf_counter()
    found = resolve_records(files.texts, mapping, options=options, scoring=scoring, progress=progress)
    resolved = time.perf_counter()
    write_resolution(out, found, header=("record_id", "entity_id"))
    return RecordResolution(
        records=found.summary.profiles,
        rejected=files.rejected,
        links=found.summary.links,
        accepted_links=found.summary.accepted_links,
        entities=found.summary.clusters,
        largest_entity=found.summary.largest_cluster,
        model_version=str(found.model["model_version"]),
        clusters_file=str(out / "clusters.csv"),
        links_file=str(out / "links.parquet"),
        model_file=str(out / "model.json"),
        rejects_file=str(rejects_file) if files.rejected else None,
        warnings=found.summary.warnings,
        seconds={
            "read": round(read - started, 3),
            "resolve": round(resolved - read, 3),
            "write": round(time.perf_counter() - resolved, 3),
        },
        resolution=asdict(found.summary),
    )


def clusters_of_records(
    paths: Path | Sequence[Path], columns: Path, *, options: ResolveOptions | None = None
) -> dict[str, str]:
    """The cluster of each record's id; lines that hold no record are left out.

    Raises InvalidInputError as resolve_record_files() does.
    """
    mapping = read_mapping(columns)
    files = read_records([paths] if isinstance(paths, Path) else paths, mapping, on_rejects=lambda _, rejects: None)
    return cluster_names(resolve_records(files.texts, mapping, options=options or ResolveOptions()).clusters)
