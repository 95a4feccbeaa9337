"""`python -m benchmarks.decision [--data FOLDER] [--only REGEX] [--seeds N]`: stewards' answers, and whether they ever harm."""

import argparse
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.accuracy.labelled import LabelledSet, labelled_sets
from benchmarks.command import ROOT
from benchmarks.decision.page import render
from benchmarks.decision.result import DecisionResult, merge, read_decision_results, write_decision_results
from benchmarks.decision.trial import Sampling, Trial, copy_of, run_trial
from benchmarks.machine import describe
from benchmarks.page_section import DECISION, put_section
from benchmarks.stored import engines_of
from creatorgraph.services.ingest import ingest_files
from creatorgraph.services.resolve import resolve_all

RESULTS = ROOT / "benchmarks" / "results" / "decision.json"
PAGE = ROOT / "docs" / "benchmarks.md"


def main(arguments: Sequence[str] | None = None, *, results: Path = RESULTS, page: Path = PAGE) -> int:
    """0 when no trial lowered F1, 1 when one did, 2 on bad use."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.decision", description="Measures what stewards' decisions do to pair F1."
    )
    parser.add_argument(
        "--data", type=Path, metavar="FOLDER", help="labelled sets; none: the sample and a synthetic world"
    )
    parser.add_argument("--only", default=".", metavar="REGEX", help="sets with a name in which this is found")
    parser.add_argument("--seeds", type=int, default=3, metavar="N", help="trials of each sampling (default 3)")
    options = parser.parse_args(arguments)
    if options.data is not None and not options.data.is_dir():
        parser.error(f"there is no folder {options.data}")
    try:
        wanted = re.compile(options.only)
    except re.error as error:
        parser.error(f"{options.only!r} is no regular expression: {error}")
    if options.seeds < 1:
        parser.error("at least one seed is needed")
    fresh: list[DecisionResult] = []
    with tempfile.TemporaryDirectory(prefix="creatorgraph-decision-") as name:
        work = Path(name)
        work.chmod(0o711)  # PostgreSQL's own user has to pass
        for labelled in labelled_sets(options.data, work / "sets"):
            if wanted.search(labelled.name):
                tried = trials(labelled, work / "run" / labelled.name, range(options.seeds))
                fresh.extend(_told(labelled.name, trial) for trial in tried)
    if not fresh:
        parser.error(f"no set has a name that matches {options.only!r}")
    kept = merge(read_decision_results(results), fresh)
    write_decision_results(results, kept)
    text = page.read_text(encoding="utf-8") if page.exists() else ""
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(put_section(text, DECISION, render(kept)), encoding="utf-8")
    return int(any(result.lowered for result in fresh))


def trials(labelled: LabelledSet, data_dir: Path, seeds: Sequence[int]) -> Iterator[Trial]:
    """The set is taken in and resolved once; each trial works on a copy."""
    with engines_of(data_dir) as engines:
        ingest_files(engines, [labelled.profiles])
        resolve_all(engines)
        for sampling in Sampling:
            for seed in seeds:
                with copy_of(engines) as copy:
                    yield run_trial(copy, labelled, sampling, seed)


def _told(name: str, trial: Trial) -> DecisionResult:
    """The result, told on stdout at once: a whole run takes minutes."""
    found = DecisionResult(
        set_name=name,
        sampling=trial.sampling.value,
        seed=trial.seed,
        answered=trial.answered,
        wrong=trial.wrong,
        contradicted=trial.contradicted,
        mended=trial.mended,
        f1_before=round(trial.before.f1, 4),
        f1_decided=round(trial.decided.f1, 4),
        f1_trained=round(trial.trained.f1, 4),
        used=trial.quality.used,
        held_out=trial.quality.held_out,
        log_loss_before=trial.quality.held_out_log_loss_before,
        log_loss=trial.quality.held_out_log_loss,
        machine=describe(),
        when=datetime.now(UTC).isoformat(timespec="seconds"),
    )
    learned = "no" if not found.used else f"{found.log_loss_before:.3f} to {found.log_loss:.3f}"
    sys.stdout.write(
        f"{name:<32} {found.sampling:<9} {found.seed:>2}  {found.answered} answers, {found.wrong} wrong, "
        f"{found.contradicted} refused, {found.mended} mended  F1 {found.f1_before:.4f} "
        f"{found.f1_decided:.4f} {found.f1_trained:.4f}"
        f"  held out {found.held_out}, learned: {learned}{'  LOWERED' if found.lowered else ''}\n"
    )
    sys.stdout.flush()
    return found
