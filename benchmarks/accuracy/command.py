"""`python -m benchmarks.accuracy [--data FOLDER] [--only REGEX]`: runs everybody, keeps the figures, writes the page's part."""

import argparse
import os
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.accuracy.contender import BEST, BY_HAND, LEAST_WEIGHT, Entry, entries
from benchmarks.accuracy.hard_pair import hard_pairs
from benchmarks.accuracy.labelled import LabelledSet, labelled_sets
from benchmarks.accuracy.record_set import record_entries, record_files, truth_of
from benchmarks.accuracy.report import render
from benchmarks.accuracy.result import HardScore, Score, Scores, merge, read_scores, score_of, write_scores
from benchmarks.accuracy.threshold import at_precision, best_f1, by_threshold
from benchmarks.goldenmatch_peer import PYTHON
from benchmarks.machine import describe
from benchmarks.page_section import ACCURACY, put_section
from benchmarks.project import PROJECT, warm_up
from creatorgraph.resolution.evaluation import Evaluation, evaluate

DATA_VARIABLE = "CREATORGRAPH_BENCH_DATA"
ROOT = Path(__file__).resolve().parents[2]
RESULTS = ROOT / "benchmarks" / "results" / "accuracy.json"
PAGE = ROOT / "docs" / "benchmarks.md"


def main(arguments: Sequence[str] | None = None, *, results: Path = RESULTS, page: Path = PAGE) -> int:
    """0 when all sets were run, 2 on bad use."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.accuracy", description="Compares accuracy with peers.")
    parser.add_argument(
        "--data", type=Path, default=os.environ.get(DATA_VARIABLE) or None, metavar="FOLDER", help="labelled sets"
    )
    parser.add_argument("--only", default=".", metavar="REGEX", help="sets with a name in which this is found")
    options = parser.parse_args(arguments)
    folder = Path(options.data) if options.data else None
    if folder is not None and not folder.is_dir():
        parser.error(f"there is no folder {folder}")
    try:
        wanted = re.compile(options.only)
    except re.error as error:
        parser.error(f"{options.only!r} is no regular expression: {error}")
    if not PYTHON.exists():
        sys.stdout.write("goldenmatch is not installed and is left out: make bench-accuracy installs it\n")
    with tempfile.TemporaryDirectory(prefix="creatorgraph-accuracy-") as work:
        ran = 0
        for fresh in _runs(folder, Path(work), wanted):
            ran += 1
            kept = merge(read_scores(results), fresh)
            write_scores(results, kept)
            text = page.read_text(encoding="utf-8") if page.exists() else ""
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(put_section(text, ACCURACY, render(kept)), encoding="utf-8")
    if not ran:
        parser.error(f"no set has a name that matches {options.only!r}")
    return 0


def _runs(folder: Path | None, work: Path, wanted: re.Pattern[str]) -> Iterator[Scores]:
    warm_up(work / "run")
    for labelled in labelled_sets(folder, work):
        if wanted.search(labelled.name):
            yield _profiles(labelled, work / "run")
    for known, path in record_files(folder) if folder else ():
        if wanted.search(known.name):
            yield Scores(
                scores=tuple(_records(known.name, record_entries(known, path, work / "run"), truth_of(known, path)))
            )


def _records(name: str, found: Iterable[Entry], truth: dict[str, str]) -> Iterator[Score]:
    for entry in found:
        yield _told(name, entry, evaluate(entry.clusters, truth))


def _profiles(labelled: LabelledSet, folder: Path) -> Scores:
    scores: list[Score] = []
    hard: list[HardScore] = []
    precision = 0.0
    for entry in entries(labelled, folder):
        found = evaluate(entry.clusters, labelled.truth, labelled.ignored)
        scores.append(_told(labelled.name, entry, found))
        if entry.contender == PROJECT:
            precision = found.precision
            hard += _hard(labelled, entry.contender, entry.clusters, found, None)
        if entry.scores is None:
            continue
        tried = list(by_threshold(entry.scores, labelled, LEAST_WEIGHT))
        equal = at_precision(tried, precision)
        hard += _hard(labelled, entry.contender, equal.clusters, equal.score, equal.weight)
        if entry.contender == BY_HAND:
            best = best_f1(tried)
            scores.append(_score(labelled.name, BEST, best.score, threshold_bits=best.weight))
    return Scores(scores=tuple(scores), hard=tuple(hard))


def _hard(
    labelled: LabelledSet, contender: str, clusters: dict[str, str], found: Evaluation, bits: float | None
) -> Iterator[HardScore]:
    if labelled.true_pairs is None:
        return
    pairs = hard_pairs(clusters, labelled.true_pairs, labelled.namesakes)
    yield HardScore(
        set_name=labelled.name,
        contender=contender,
        threshold_bits=bits,
        precision=round(found.precision, 4),
        slices=pairs.slices,
        namesakes=pairs.namesakes,
    )


def _told(name: str, entry: Entry, found: Evaluation) -> Score:
    """The score, told on stdout at once: a whole run takes minutes."""
    score = _score(name, entry.contender, found, seconds=entry.seconds, peak_bytes=entry.peak_bytes)
    sys.stdout.write(
        f"{name:<40} {entry.contender:<26} P {score.precision:.3f}  R {score.recall:.3f}  F1 {score.f1:.3f}"
        f"  {entry.seconds:6.1f} s  {entry.peak_bytes / 1e6:6,.0f} MB\n"
    )
    sys.stdout.flush()
    return score


def _score(
    name: str,
    contender: str,
    found: Evaluation,
    *,
    seconds: float | None = None,
    peak_bytes: int | None = None,
    threshold_bits: float | None = None,
) -> Score:
    return score_of(
        found,
        set_name=name,
        contender=contender,
        machine=describe(),
        when=datetime.now(UTC).isoformat(timespec="seconds"),
        seconds=seconds,
        peak_bytes=peak_bytes,
        threshold_bits=threshold_bits,
    )
