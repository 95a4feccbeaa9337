"""Runs carried on."""

from collections.abc import Callable

import pytest

from benchmarks.scaling.projection import START, STEADY, project
from benchmarks.scaling.run import STAGES, Run


def test_projecting_the_measured_sizes_gives_back_the_measured_figures(make_run: Callable[[int], Run]) -> None:
    runs = [make_run(1_000), make_run(10_000)]
    projection = project(runs)
    for run in runs:
        for stage in STAGES:
            assert projection.stages[stage].at(run.profiles) == pytest.approx(run.cpu_seconds[stage])
        assert projection.cpu_seconds(run.profiles) == pytest.approx(run.all_cpu_seconds)
        assert projection.memory.at(run.profiles) == pytest.approx(run.peak_mb)
        assert projection.counts["candidate_pairs"].at(run.profiles) == pytest.approx(run.counts["candidate_pairs"])
        assert projection.disk["links"].at(run.profiles) == pytest.approx(run.disk_mb["links"])


def test_the_order_of_the_runs_says_nothing(make_run: Callable[[int], Run]) -> None:
    assert project([make_run(10_000), make_run(1_000)]) == project([make_run(1_000), make_run(10_000)])


def test_each_stage_grows_in_its_own_way(make_run: Callable[[int], Run]) -> None:
    projection = project([make_run(1_000), make_run(10_000)])
    assert projection.stages["blocking"].exponent == pytest.approx(2)
    assert projection.stages["signals"].at(1_000_000) == pytest.approx(10)
    assert projection.stages[START].at(1_000_000) == pytest.approx(1)
    assert projection.cpu_seconds(1_000_000) > projection.cpu_seconds_in_proportion(1_000_000)


def test_the_exponent_of_a_short_stage_is_noise(make_run: Callable[[int], Run]) -> None:
    projection = project([make_run(100), make_run(1_000)])
    assert make_run(1_000).cpu_seconds["blocking"] < STEADY
    assert projection.stages["blocking"].at(1_000_000) == pytest.approx(make_run(1_000).cpu_seconds["blocking"] * 1_000)


def test_the_size_that_takes_so_long(make_run: Callable[[int], Run]) -> None:
    projection = project([make_run(1_000), make_run(10_000)])
    assert projection.reaches_cpu_seconds(projection.cpu_seconds(3e7)) == pytest.approx(3e7, rel=1e-3)


def test_one_run_is_not_enough(make_run: Callable[[int], Run]) -> None:
    with pytest.raises(ValueError, match="two sizes"):
        project([make_run(1_000)])
