"""What is reached first."""

from datetime import UTC, datetime

import pytest

from benchmarks.measurement import Measurement
from benchmarks.result import Result, result_of
from benchmarks.scaling.limit import ARRAY_GIB, GIB, THREADS, cores, limits_of, memory_gib
from benchmarks.scaling.projection import TARGETS, project
from benchmarks.scaling.result import Simulation
from creatorgraph.resolution import parallel

MACHINE = "a processor, 2 cores, 24 GiB, Linux x86_64, Python 3.11.7"


def result(name: str, value: float) -> Result:
    return result_of(
        Measurement(name=name, value=value, unit="s"), machine=MACHINE, when=datetime(2026, 1, 2, tzinfo=UTC)
    )


def test_the_first_to_be_reached_comes_first(simulation: Simulation) -> None:
    found = limits_of(project([world.run for world in simulation.worlds]), simulation, {})
    assert [limit.profiles for limit in found] == sorted(limit.profiles for limit in found)
    for limit in found:
        assert (limit.figure > limit.limit) == (limit.profiles < TARGETS[-1])


def test_text_of_one_column(simulation: Simulation) -> None:
    found = limits_of(project([world.run for world in simulation.worlds]), simulation, {})
    (text,) = (limit for limit in found if "`bio`" in limit.what)
    assert text.profiles == pytest.approx(ARRAY_GIB * GIB / 50)


def test_memory_of_this_machine(simulation: Simulation) -> None:
    found = limits_of(project([world.run for world in simulation.worlds]), simulation, {})
    (memory,) = (limit for limit in found if "of the benchmarks" in limit.what)
    assert memory.limit == 24
    assert memory.profiles == pytest.approx((24 * GIB / 1e6 - 300) / 0.006)


def test_rates_of_the_benchmarks_add_limits(simulation: Simulation) -> None:
    projection = project([world.run for world in simulation.worlds])
    measured = {
        "resolution.end_to_end.encode.seconds": result("resolution.end_to_end.encode.seconds", 360),
        "resolution.end_to_end.resolve.write.seconds": result("resolution.end_to_end.resolve.write.seconds", 36),
        "graph.projection.nodes": result("graph.projection.nodes", 4_000),
    }
    found = {limit.what: limit for limit in limits_of(projection, simulation, measured)}
    assert len(found) == len(limits_of(projection, simulation, {})) + 3
    # 100,000 profiles take 360 s on 2 cores, so a core 0.0072 s a profile
    (encoding,) = (limit for what, limit in found.items() if "encoding" in what)
    assert encoding.figure == pytest.approx(0.0072 * TARGETS[-1] / THREADS / 3600)
    (projecting,) = (limit for what, limit in found.items() if "Neo4j" in what)
    assert projecting.figure == pytest.approx(4 * TARGETS[-1] / 4_000 / 3600)


def test_threads_are_the_resolvers() -> None:
    assert parallel._MOST_THREADS == THREADS


def test_the_machine_is_read_from_its_description() -> None:
    assert (cores(MACHINE), memory_gib(MACHINE)) == (2, 24)
    with pytest.raises(ValueError, match="does not say"):
        cores("a calculator")
