"""Seconds of the clock and of processors."""

from time import perf_counter

from creatorgraph.resolution.clock import Clock, processor_seconds


def work(seconds: float) -> None:
    """Keeps one core busy for so many of its seconds."""
    end = processor_seconds() + seconds
    while processor_seconds() < end:
        sum(range(1_000))


def test_a_stage_is_what_was_done_since_the_last() -> None:
    begun = perf_counter()
    clock = Clock()
    work(0.1)
    clock.done("busy")
    clock.done("idle")
    assert 0.09 <= clock.cpu_seconds["busy"] <= 0.5
    assert clock.cpu_seconds["idle"] < 0.05
    assert clock.seconds["busy"] + clock.seconds["idle"] <= perf_counter() - begun + 0.002
    assert list(clock.seconds) == list(clock.cpu_seconds) == ["busy", "idle"]
