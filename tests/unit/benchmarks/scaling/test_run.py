"""The large run of `make bench` as a run."""

from datetime import UTC, datetime

from benchmarks.file_resolution import AREA, FILES
from benchmarks.file_resolution import PROFILES as BENCH_PROFILES
from benchmarks.measurement import Measurement
from benchmarks.result import Result, result_of
from benchmarks.scaling.run import STAGES, run_of_bench

WHEN = datetime(2026, 1, 2, tzinfo=UTC)


def results() -> list[Result]:
    """Every measurement of the benchmark, each with its place as the figure."""
    return [
        result_of(Measurement(name=name, value=float(place), unit="s"), machine="a machine", when=WHEN)
        for place, name in enumerate(FILES.names)
    ]


def test_every_figure_comes_from_its_measurement() -> None:
    value = {result.name: result.value for result in results()}
    run = run_of_bench(results())
    assert run is not None
    assert run.profiles == BENCH_PROFILES
    assert tuple(run.cpu_seconds) == STAGES
    assert run.cpu_seconds["read"] == value[f"{AREA}.read.cpu_seconds"]
    assert run.cpu_seconds["blocking"] == value[f"{AREA}.resolve.blocking.cpu_seconds"]
    assert run.seconds["write"] == value[f"{AREA}.write.seconds"]
    assert (run.all_cpu_seconds, run.peak_mb) == (value[f"{AREA}.cpu_seconds"], value[f"{AREA}.peak_memory"])
    assert run.counts["links"] == value[f"{AREA}.links"]
    assert run.disk_mb["links"] == value[f"{AREA}.disk.links"]


def test_results_of_an_older_benchmark_are_not_used() -> None:
    assert run_of_bench([result for result in results() if not result.name.endswith("cpu_seconds")]) is None
    assert run_of_bench([]) is None
