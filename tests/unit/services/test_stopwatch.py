"""Stages of a service."""

from time import perf_counter

from creatorgraph.resolution.clock import processor_seconds
from creatorgraph.services.stopwatch import Stopwatch


def test_a_stage_has_seconds_of_the_clock_and_of_processors() -> None:
    rounded = 0.001
    clock = Stopwatch()
    begun, begun_cpu = perf_counter(), processor_seconds()
    with clock.stage("busy"):
        inside, inside_cpu = perf_counter(), processor_seconds()
        while processor_seconds() - inside_cpu < 0.1:
            sum(range(1_000))
        worked, worked_cpu = perf_counter() - inside, processor_seconds() - inside_cpu
    assert worked - rounded <= clock.seconds["busy"] <= perf_counter() - begun + rounded
    assert worked_cpu - rounded <= clock.cpu_seconds["busy"] <= processor_seconds() - begun_cpu + rounded


def test_a_part_that_was_measured_inside_stands_alone() -> None:
    clock = Stopwatch()
    with clock.stage("whole"):
        pass
    clock.seconds["whole"] = 5.0
    clock.split("whole", "part", 2.0)
    assert list(clock.seconds.items()) == [("part", 2.0), ("whole", 3.0)]
