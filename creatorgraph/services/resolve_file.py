"""Resolution as a library would do it: files in, files out, no server and no database."""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import pyarrow.compute as pc

from creatorgraph.config import ENCODE_LIMIT
from creatorgraph.domain.progress import Progress, Silent
from creatorgraph.embeddings.encoder import Encoder
from creatorgraph.resolution.model.artefact import ModelArtefact
from creatorgraph.resolution.model.engine.port import ScoringEngine
from creatorgraph.resolution.option import ResolveOptions
from creatorgraph.resolution.pipeline import resolve
from creatorgraph.services.bio_vector import encode_bios
from creatorgraph.services.input_file import check_files
from creatorgraph.services.profile_spool import Spooled, open_spool, spool_profiles
from creatorgraph.services.result_file import write_resolution
from creatorgraph.services.stopwatch import Stopwatch
from creatorgraph.services.whole_file import replace_file
from creatorgraph.services.work_checkpoint import WorkCheckpoint
from creatorgraph.services.work_folder import WorkFolder, fingerprint

_TABLE, _REJECTS = "profiles.arrow", "rejects.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileResolution:
    """The summary that `creatorgraph resolve` prints as JSON; `resolution` is the resolver's own.

    `bio_meaning` says whether bios were compared by their meaning too, not by their words alone.
    """

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
    bio_meaning: bool
    warnings: tuple[str, ...] = ()
    seconds: dict[str, float] = field(default_factory=dict)
    cpu_seconds: dict[str, float] = field(default_factory=dict)
    resolution: dict[str, object] = field(default_factory=dict)


def resolve_files(
    paths: Sequence[Path],
    out: Path,
    *,
    encoder: Callable[[], Encoder],
    options: ResolveOptions,
    encode_limit: int = ENCODE_LIMIT,
    work: Path | None = None,
    scoring: ScoringEngine | None = None,
    model: ModelArtefact | None = None,
    progress: Progress = Silent(),
) -> FileResolution:
    """Writes `clusters.csv`, `links.parquet`, `model.json` with its counts and, where records were refused, `rejects.jsonl` to
    `out`. With a `model` of a former run nothing is trained.

    Contacts are hashed with a key of this run alone: nothing that is written can be matched with another run's. More than
    `encode_limit` different bios are compared by their words alone. Finished stages lie in the folder `work` (None: `.work`
    in `out`) until the end: the same call after a kill goes on from there and ends the same.

    Raises:
        InvalidInputError: a file is missing, empty or of no known format, or one profile id is in two files.
        UnavailableError: a process that parses was ended from outside, or an engine does not answer.
    """
    clock = Stopwatch()
    check_files(paths)
    out.mkdir(parents=True, exist_ok=True)
    with WorkFolder(work or out / ".work", inputs=fingerprint(paths)) as folder:
        with clock.stage("read"):
            spooled = _spooled(paths, folder, options, progress)
            rejects_file = _show_rejects(folder, out / "rejects.jsonl") if spooled.rejected else None
            if rejects_file is None:
                (out / "rejects.jsonl").unlink(missing_ok=True)
            table = open_spool(folder.file(_TABLE))
        with clock.stage("encode"):
            bios = encode_bios(table.column("bio"), encoder, limit=encode_limit, work=folder, progress=progress)
        checkpoint = WorkCheckpoint(folder)
        with clock.stage("resolve"):
            resolution = resolve(
                table,
                bio_vectors=bios.vectors,
                options=options,
                scoring=scoring,
                model=model,
                checkpoint=checkpoint,
                progress=progress,
            )
        with clock.stage("write"):
            write_resolution(out, resolution, header=("profile_id", "creator_id"), progress=progress)
        # the mapping ends before the folder does
        del table
    summary = resolution.summary
    return FileResolution(
        profiles=spooled.profiles,
        rejected=spooled.rejected,
        links=resolution.links.num_rows,
        accepted_links=int(pc.sum(resolution.links.column("accepted")).as_py() or 0),
        creators=summary.clusters,
        largest_creator=summary.largest_cluster,
        model_version=str(resolution.model["model_version"]),
        clusters_file=str(out / "clusters.csv"),
        links_file=str(out / "links.parquet"),
        rejects_file=str(rejects_file) if rejects_file else None,
        bio_meaning=bios.vectors is not None,
        warnings=(*((bios.warning,) if bios.warning else ()), *checkpoint.warnings, *summary.warnings),
        seconds=clock.seconds,
        cpu_seconds=clock.cpu_seconds,
        resolution=asdict(summary),
    )


def _spooled(paths: Sequence[Path], folder: WorkFolder, options: ResolveOptions, progress: Progress) -> Spooled:
    done = folder.finished("profiles")
    if done is not None:
        return Spooled(**done)
    table, rejects = folder.file(_TABLE), folder.file(_REJECTS)
    spooled = spool_profiles(paths, table, rejects, key=folder.key, threads=options.threads, progress=progress)
    folder.finish("profiles", [table, rejects], **asdict(spooled))
    return spooled


def _show_rejects(folder: WorkFolder, target: Path) -> Path:
    def copy(fresh: Path) -> None:
        fresh.touch(mode=0o600)
        shutil.copyfile(folder.file(_REJECTS), fresh)

    replace_file(target, copy)
    return target
