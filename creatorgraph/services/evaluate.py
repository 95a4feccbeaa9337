"""Resolves files as `resolve_file` does, and reports how good the result is in one HTML file."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from creatorgraph.config import ENCODE_LIMIT
from creatorgraph.domain.progress import Progress, Silent
from creatorgraph.embeddings.encoder import Encoder
from creatorgraph.ingest.reject import Reject
from creatorgraph.resolution.evaluation.assessment import Assessment, Truth, assess, watch_for
from creatorgraph.resolution.evaluation.pair import ordered_set
from creatorgraph.resolution.model.engine.port import ScoringEngine
from creatorgraph.resolution.option import ResolveOptions
from creatorgraph.resolution.pipeline import resolve
from creatorgraph.resolution.profile_table import to_table
from creatorgraph.resolution.report.page import Run, page
from creatorgraph.services.label_file import read_pairs, read_truth, slice_columns
from creatorgraph.services.profile_file import bio_vectors, read_profiles
from creatorgraph.services.stopwatch import Stopwatch
from creatorgraph.services.whole_file import replace_file


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelFiles:
    """CSV files: `truth` (profile_id, entity_id), `ignore` pairs that count neither way (profile_id_l, profile_id_r), and
    true `pairs` with columns of their own to slice by."""

    truth: Path | None = None
    ignore: Path | None = None
    pairs: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FileEvaluation:
    """What a run found, how good it is, and where the report lies; `rejected` counts records by why they were refused."""

    profiles: int
    rejected: Mapping[str, int]
    assessment: Assessment
    report: Path
    seconds: Mapping[str, float] = field(default_factory=dict)


def evaluate_files(
    paths: Sequence[Path],
    report: Path,
    *,
    labels: LabelFiles,
    encoder: Callable[[], Encoder],
    options: ResolveOptions,
    encode_limit: int = ENCODE_LIMIT,
    scoring: ScoringEngine | None = None,
    progress: Progress = Silent(),
) -> FileEvaluation:
    """Writes the report to `report`, whole or not at all.

    Raises:
        InvalidInputError: a file of profiles or labels cannot be used.
    """
    clock = Stopwatch()
    # the labels first: a mistake there must not cost a run
    truth = _truth(labels)
    reasons: Counter[str] = Counter()

    def count(_: Path, rejects: list[Reject]) -> None:
        reasons.update(reject.reason.value for reject in rejects)

    with clock.stage("read"):
        files = read_profiles(paths, on_rejects=count, progress=progress)
        profiles = files.profiles
    with clock.stage("encode"):
        vectors = bio_vectors(profiles, encoder, progress, limit=encode_limit)
    with clock.stage("resolve"):
        resolution = resolve(
            to_table(profiles, local_hash=files.local_hash),
            bio_vectors=vectors,
            options=options,
            scoring=scoring,
            watch=watch_for(truth),
            progress=progress,
        )
    by_id = {str(profile.profile_id): profile for profile in profiles}
    with clock.stage("evaluate"):
        progress.stage("Evaluating")
        assessment = assess(by_id, resolution, options, truth)
    with clock.stage("report"):
        progress.stage("Writing the report")
        run = Run(files=tuple(path.name for path in paths), rejected=dict(reasons), seconds=dict(clock.seconds))
        text = page(assessment, by_id, run)
        report.parent.mkdir(parents=True, exist_ok=True)
        replace_file(report, lambda path: _private(path, text))
    return FileEvaluation(
        profiles=len(profiles),
        rejected=dict(reasons),
        assessment=assessment,
        report=report,
        seconds=clock.seconds,
    )


def _truth(labels: LabelFiles) -> Truth | None:
    if labels.truth is None:
        return None
    return Truth(
        labels=read_truth(labels.truth),
        ignore=ordered_set(read_pairs(labels.ignore).keys()) if labels.ignore else frozenset(),
        columns=slice_columns(read_pairs(labels.pairs)) if labels.pairs else None,
    )


def _private(path: Path, text: str) -> None:
    """For its owner alone: the report names people."""
    path.touch(mode=0o600)
    path.write_text(text, encoding="utf-8")
