"""Time and memory are really measured."""

import os

import numpy as np
import pytest

from benchmarks.measure import in_child, peak_memory, percentile, timed

MEGABYTE = 1_000_000


def fill(megabytes: int) -> int:
    return int(np.ones(megabytes * MEGABYTE, dtype=np.uint8).sum())


def fail() -> None:
    raise LookupError("in the child")


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


def test_a_stage_runs_in_a_process_of_its_own() -> None:
    assert in_child(identity).result != os.getpid()


def test_an_error_of_the_stage_is_raised_here() -> None:
    with pytest.raises(LookupError, match="in the child"):
        in_child(fail)


def test_timed_gives_result_and_seconds() -> None:
    result, seconds = timed(sum, range(100_000))
    assert result == 4_999_950_000
    assert 0 < seconds < 60


def test_percentiles() -> None:
    assert percentile([3.0, 1.0, 2.0], 0.5) == 2.0
    assert percentile([0.0, 10.0], 0.95) == pytest.approx(9.5)
