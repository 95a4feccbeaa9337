"""Time and memory are really measured."""

import os
import sys
from time import perf_counter

import numpy as np
import pytest

from benchmarks.measure import in_child, of_program, peak_memory, percentile, timed
from creatorgraph.resolution.clock import processor_seconds

MEGABYTE = 1_000_000
TICKS = 4 / os.sysconf("SC_CLK_TCK")
"""What two sums of times may differ by because each is counted in whole ticks."""


def fill(megabytes: int) -> int:
    return int(np.ones(megabytes * MEGABYTE, dtype=np.uint8).sum())


def fail() -> None:
    raise LookupError("in the child")


def work() -> float:
    """Keeps one core busy for twenty ticks, and tells how long that was by its own count."""
    begun = processor_seconds()
    while processor_seconds() - begun < 5 * TICKS:
        sum(range(1_000))
    return processor_seconds() - begun


def identity() -> int:
    return os.getpid()


def test_a_stage_reports_its_own_peak() -> None:
    small, large = in_child(fill, 1), in_child(fill, 200)
    assert (small.result, large.result) == (MEGABYTE, 200 * MEGABYTE)
    assert 150 * MEGABYTE < large.peak_bytes - small.peak_bytes < 300 * MEGABYTE
    assert large.seconds > 0


def test_a_large_parent_does_not_show_in_its_child() -> None:
    ballast = np.ones(400 * MEGABYTE, dtype=np.uint8)
    assert peak_memory() > 400 * MEGABYTE
    assert in_child(fill, 1).peak_bytes < 400 * MEGABYTE
    assert ballast.sum() == 400 * MEGABYTE


def test_a_stage_reports_how_long_processors_worked() -> None:
    before = processor_seconds()
    worked = in_child(work)
    # ours counts children that have ended, their start included
    assert worked.result - TICKS <= worked.cpu_seconds <= processor_seconds() - before + TICKS
    assert in_child(identity).cpu_seconds < worked.cpu_seconds


def test_a_program_reports_how_long_processors_worked() -> None:
    script = "import os; sum(range(10_000_000)); print(sum(os.times()[:2]))"
    before = processor_seconds()
    program = of_program([sys.executable, "-c", script], dict(os.environ))
    assert float(program.result) - TICKS <= program.cpu_seconds <= processor_seconds() - before + TICKS
    assert program.cpu_seconds > 0


def test_a_stage_runs_in_a_process_of_its_own() -> None:
    assert in_child(identity).result != os.getpid()


def test_an_error_of_the_stage_is_raised_here() -> None:
    with pytest.raises(LookupError, match="in the child"):
        in_child(fail)


def test_timed_gives_result_and_seconds() -> None:
    begun = perf_counter()
    result, seconds = timed(sum, range(100_000))
    assert result == 4_999_950_000
    assert 0 < seconds <= perf_counter() - begun


def test_percentiles() -> None:
    assert percentile([3.0, 1.0, 2.0], 0.5) == 2.0
    assert percentile([0.0, 10.0], 0.95) == pytest.approx(9.5)


def test_a_program_is_measured_alone() -> None:
    ballast = np.ones(300 * MEGABYTE, dtype=np.uint8)
    done = of_program([sys.executable, "-c", "import os; print(len(b'1' * 10**8), sorted(os.environ))"], {"ONE": "1"})
    assert done.result.startswith("100000000 ['")
    assert "'ONE'" in done.result
    assert "HOME" not in done.result
    assert 100 * MEGABYTE < done.peak_bytes < 250 * MEGABYTE
    assert done.seconds > 0
    assert ballast[0] == 1


def test_a_program_that_fails_is_told() -> None:
    with pytest.raises(RuntimeError, match="ended with 3: no room"):
        of_program([sys.executable, "-c", "import sys; print('no room', file=sys.stderr); sys.exit(3)"], {})
