"""`python -m benchmarks.scaling [--page]`: simulates, keeps the results, refreshes the tables of docs/scaling.md."""

import argparse
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.command import RESULTS as BENCH_RESULTS
from benchmarks.command import ROOT
from benchmarks.machine import describe
from benchmarks.measure import in_child
from benchmarks.project import warm_up
from benchmarks.result import read_results
from benchmarks.scaling.database import stored_world
from benchmarks.scaling.page import render, runs_of
from benchmarks.scaling.result import Simulation, read_simulation, write_simulation
from benchmarks.scaling.vector import squeezed
from benchmarks.scaling.world import World, simulated_world

SIZES = (10_000, 30_000, 100_000)
RESULTS = ROOT / "benchmarks" / "results" / "scaling.json"
PAGE = ROOT / "docs" / "scaling.md"


def main(
    arguments: Sequence[str] | None = None,
    *,
    simulate: Callable[[], Simulation] | None = None,
    bench: Path = BENCH_RESULTS,
    results: Path = RESULTS,
    page: Path = PAGE,
) -> int:
    """0 when the page is written, 1 when there is nothing to write it from, 2 on bad use."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.scaling", description="Simulates, and refreshes docs/scaling.md."
    )
    parser.add_argument("--page", action="store_true", help="refresh the page from the results that are kept")
    options = parser.parse_args(arguments)
    if not options.page:
        write_simulation(results, (simulate or simulation)())
    try:
        kept = read_simulation(results)
    except (FileNotFoundError, ValueError) as error:
        sys.stderr.write(f"{results.name} cannot be read, run without --page: {type(error).__name__}\n")
        return 1
    measured = read_results(bench)
    written = page.read_text(encoding="utf-8") if page.exists() else ""
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(render(written, kept, measured), encoding="utf-8")
    largest = max(run.profiles for run in runs_of(kept, measured))
    sys.stdout.write(f"{page.name}: projected from runs of up to {largest:,} profiles\n")
    return 0


def simulation() -> Simulation:
    """Some minutes on two cores; every part in an empty folder that is removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="creatorgraph-scaling-") as name:
        folder = Path(name)
        folder.chmod(0o711)  # PostgreSQL's own user has to pass
        worlds = tuple(_world(folder / f"{size}", size) for size in SIZES)
        stored = stored_world(folder / "stored")
        _told(f"stored: {stored.resolved_mb:.0f} MB for {stored.profiles:,} profiles")
        vectors = in_child(squeezed).result
    return Simulation(
        worlds=worlds,
        vectors=vectors,
        stored=stored,
        machine=describe(),
        when=datetime.now(UTC).isoformat(timespec="seconds"),
    )


def _world(folder: Path, size: int) -> World:
    warm_up(folder)
    world = simulated_world(folder, size)
    _told(f"{size:,} profiles: {world.run.all_cpu_seconds:.0f} s of one core, {world.run.peak_mb:.0f} MB")
    return world


def _told(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
