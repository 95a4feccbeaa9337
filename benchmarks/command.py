"""`python -m benchmarks [--only REGEX] [--list]`: measures, keeps the results, renders the page."""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.benchmark import Benchmark, SkippedError, select
from benchmarks.machine import describe
from benchmarks.page_section import ACCURACY, DECISION, read_section
from benchmarks.registry import BENCHMARKS
from benchmarks.report import render
from benchmarks.result import Result, merge, read_results, result_of, write_results

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "benchmarks" / "results" / "latest.json"
PAGE = ROOT / "docs" / "benchmarks.md"


def main(
    arguments: Sequence[str] | None = None,
    *,
    benchmarks: Sequence[Benchmark] = BENCHMARKS,
    results: Path = RESULTS,
    page: Path = PAGE,
) -> int:
    """0 when everything asked for was measured (whether or not the bars hold), 1 when a benchmark failed, 2 on bad use."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description="Measures, and writes docs/benchmarks.md."
    )
    parser.add_argument("--only", default=".", metavar="REGEX", help="those with a measurement whose name matches")
    parser.add_argument("--list", action="store_true", help="name the measurements and stop")
    options = parser.parse_args(arguments)
    try:
        chosen = select(benchmarks, options.only)
    except ValueError as error:
        parser.error(str(error))
    if not chosen:
        parser.error(f"no measurement has a name that matches {options.only!r}; --list names them")
    if options.list:
        sys.stdout.writelines(f"{name}\n" for benchmark in chosen for name in benchmark.names)
        return 0
    fresh: list[Result] = []
    failures = [failure for benchmark in chosen if (failure := _run(benchmark, fresh, results, page))]
    holding = [result.holds for result in fresh if result.holds is not None]
    sys.stdout.write(
        f"{len(fresh)} measurements, {sum(holding)} of {len(holding)} bars hold, {len(failures)} failures\n"
    )
    for failure in failures:
        sys.stderr.write(f"{failure}\n")
    return 1 if failures else 0


def _run(benchmark: Benchmark, fresh: list[Result], results: Path, page: Path) -> str | None:
    """Measures one benchmark and keeps what it gave at once, so that a later failure loses nothing."""
    machine, failure = describe(), None
    with tempfile.TemporaryDirectory(prefix="creatorgraph-bench-") as folder:
        try:
            for measurement in benchmark.measure(Path(folder)):
                result = result_of(measurement, machine=machine, when=datetime.now(UTC))
                fresh.append(result)
                sys.stdout.write(f"{_line(result)}\n")
                sys.stdout.flush()
        except SkippedError as reason:
            sys.stdout.write(f"{benchmark.names[0]}: skipped: {reason}\n")
        except Exception as error:  # noqa: BLE001 - one broken benchmark must not keep the others from running
            failure = f"{benchmark.names[0]}: {type(error).__name__}: {error}"
    kept = merge(read_results(results), fresh)
    write_results(results, kept)
    page.parent.mkdir(parents=True, exist_ok=True)
    written = page.read_text(encoding="utf-8") if page.exists() else ""
    others = "\n".join(part for name in (ACCURACY, DECISION) if (part := read_section(written, name)))
    page.write_text(render(kept, others), encoding="utf-8")
    return failure


def _line(result: Result) -> str:
    peer = f"  ({result.peer}: {result.peer_value:,.4g}, ratio {result.ratio:.3g})" if result.ratio is not None else ""
    bar = "" if result.bar is None else f"  bar {result.bar}: {'holds' if result.holds else 'DOES NOT HOLD'}"
    return f"{result.name:<45} {result.value:>12,.4g} {result.unit}{peer}{bar}"
