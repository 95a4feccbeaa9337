"""The tables of the page are what the results make of them."""

from datetime import UTC, datetime

import pytest

from benchmarks.command import RESULTS as BENCH_RESULTS
from benchmarks.file_resolution import FILES
from benchmarks.measurement import Measurement
from benchmarks.page_section import read_section
from benchmarks.result import read_results, result_of
from benchmarks.scaling.command import PAGE, RESULTS
from benchmarks.scaling.page import render, runs_of, sections
from benchmarks.scaling.projection import TARGETS, project
from benchmarks.scaling.result import Simulation, read_simulation


def test_the_page_shows_the_kept_results() -> None:
    page = PAGE.read_text(encoding="utf-8")
    made = sections(read_simulation(RESULTS), read_results(BENCH_RESULTS))
    for name, body in made.items():
        assert body.rstrip() in read_section(page, name), f"{name} is old: run python -m benchmarks.scaling --page"
    assert page.count(": begin, written by make bench-scaling") == len(made)


def test_projecting_the_kept_runs_gives_back_what_was_measured() -> None:
    projection = project(runs_of(read_simulation(RESULTS), read_results(BENCH_RESULTS)))
    largest = projection.runs[-1]
    for stage, seconds in largest.cpu_seconds.items():
        assert projection.stages[stage].at(largest.profiles) == pytest.approx(seconds, rel=1e-6)
    assert projection.memory.at(largest.profiles) == pytest.approx(largest.peak_mb, rel=1e-6)


def test_prose_stays_and_a_second_time_changes_nothing(simulation: Simulation) -> None:
    first = render("# Page\n\nProse.\n", simulation, [])
    assert first.startswith("# Page\n\nProse.\n")
    moved = f"{first}\nMore prose.\n"
    assert render(moved, simulation, []) == moved


def test_every_row_has_the_cells_of_its_head(simulation: Simulation) -> None:
    for body in sections(simulation, []).values():
        widths = {line.count("|") for line in body.splitlines()}
        assert len(widths) == 1


def test_the_projection_shows_every_target(simulation: Simulation) -> None:
    shown = sections(simulation, [])["bench-scaling.projected"]
    assert shown.splitlines()[0] == f"| core-hours | {' | '.join(f'{target:,}' for target in TARGETS)} |"


def test_the_large_run_of_the_benchmarks_is_used_where_it_is_there(simulation: Simulation) -> None:
    measured = [
        result_of(Measurement(name=name, value=5.0, unit="s"), machine="m", when=datetime(2026, 1, 2, tzinfo=UTC))
        for name in FILES.names
    ]
    assert len(runs_of(simulation, [])) == 2
    assert [run.profiles for run in runs_of(simulation, measured)] == [1_000, 10_000, 1_000_000]
