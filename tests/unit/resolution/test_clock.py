"""Seconds of the clock and of processors."""

from time import perf_counter

from creatorgraph.resolution.clock import Clock, processor_seconds

ROUNDED = 0.002
"""Two stages are told in whole milliseconds."""


def work(seconds: float) -> None:
    """Keeps one core busy for so many of its seconds."""
    end = processor_seconds() + seconds
    while processor_seconds() < end:
        sum(range(1_000))


def test_a_stage_is_what_was_done_since_the_last() -> None:
    begun, begun_cpu = perf_counter(), processor_seconds()
    clock = Clock()
    inside, inside_cpu = perf_counter(), processor_seconds()
    work(0.1)
    worked, worked_cpu = perf_counter() - inside, processor_seconds() - inside_cpu
    clock.done("busy")
    clock.done("idle")
    whole, whole_cpu = perf_counter() - begun, processor_seconds() - begun_cpu
    # every bound is measured by this run itself: from inside the stage, and around both
    assert worked - ROUNDED <= clock.seconds["busy"]
    assert worked_cpu - ROUNDED <= clock.cpu_seconds["busy"]
    assert clock.seconds["busy"] + clock.seconds["idle"] <= whole + ROUNDED
    assert clock.cpu_seconds["busy"] + clock.cpu_seconds["idle"] <= whole_cpu + ROUNDED
    assert list(clock.seconds) == list(clock.cpu_seconds) == ["busy", "idle"]
