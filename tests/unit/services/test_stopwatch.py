"""Stages of a service."""

from creatorgraph.resolution.clock import processor_seconds
from creatorgraph.services.stopwatch import Stopwatch


def test_a_stage_has_seconds_of_the_clock_and_of_processors() -> None:
    clock = Stopwatch()
    with clock.stage("busy"):
        end = processor_seconds() + 0.1
        while processor_seconds() < end:
            sum(range(1_000))
    assert 0.09 <= clock.cpu_seconds["busy"] <= 0.5
    assert clock.seconds["busy"] > 0


def test_a_part_that_was_measured_inside_stands_alone() -> None:
    clock = Stopwatch()
    with clock.stage("whole"):
        pass
    clock.seconds["whole"] = 5.0
    clock.split("whole", "part", 2.0)
    assert list(clock.seconds.items()) == [("part", 2.0), ("whole", 3.0)]
