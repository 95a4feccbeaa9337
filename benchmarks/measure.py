"""How time and memory are measured."""

import multiprocessing
import resource
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Generic, ParamSpec, TypeVar

import numpy as np

from creatorgraph.resolution.clock import processor_seconds

_STATUS = Path("/proc/self/status")

Parameters = ParamSpec("Parameters")
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage(Generic[Value]):
    """What a stage gave, how long it took, how long processors worked for it (seconds of one core, of processes that it
    started too), and the peak resident memory of its process in bytes."""

    result: Value
    seconds: float
    cpu_seconds: float
    peak_bytes: int


def timed(
    function: Callable[Parameters, Value], *args: Parameters.args, **kwargs: Parameters.kwargs
) -> tuple[Value, float]:
    """The result and the seconds of one call."""
    start = perf_counter()
    result = function(*args, **kwargs)
    return result, perf_counter() - start


def in_child(
    function: Callable[Parameters, Value], *args: Parameters.args, **kwargs: Parameters.kwargs
) -> Stage[Value]:
    """Runs `function` (of a module, with arguments and result that can be pickled) in a fresh process.

    The seconds are those of the call, without the start of the process. What it raises is raised here.
    """
    with ProcessPoolExecutor(max_workers=1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(_staged, function, args, kwargs).result()


def _staged(function: Callable[..., Value], args: Sequence[object], kwargs: dict[str, object]) -> Stage[Value]:
    before = processor_seconds()
    result, seconds = timed(function, *args, **kwargs)
    return Stage(result=result, seconds=seconds, cpu_seconds=processor_seconds() - before, peak_bytes=peak_memory())


def of_program(command: Sequence[str], environment: Mapping[str, str]) -> Stage[str]:
    """Runs a program in a fresh environment, as a user would; the result is its stdout.

    The seconds are from its start to its end. Raises RuntimeError with the end of its stderr where it fails.
    """
    # from a small process of its own, because a program's peak starts at that of the process that starts it
    return in_child(_program, list(command), dict(environment)).result


def _program(command: Sequence[str], environment: dict[str, str]) -> Stage[str]:
    start = perf_counter()
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        said, complaint = running.communicate()
    seconds = perf_counter() - start
    if running.returncode:
        raise RuntimeError(f"{Path(command[0]).name} ended with {running.returncode}: {complaint[-2000:]}")
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Stage(
        result=said,
        seconds=seconds,
        cpu_seconds=usage.ru_utime + usage.ru_stime,
        peak_bytes=usage.ru_maxrss if sys.platform == "darwin" else usage.ru_maxrss * 1024,
    )


def peak_memory() -> int:
    """The largest resident set of this process so far, in bytes.

    Not getrusage's maximum where /proc tells: on Linux that one outlives exec, so a small child of a large parent would
    report the parent's.
    """
    if _STATUS.exists():
        (line,) = (line for line in _STATUS.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) * 1024
    maximum = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return maximum if sys.platform == "darwin" else maximum * 1024


def percentile(seconds: Sequence[float], share: float) -> float:
    """The value below which `share` (0-1) of the calls stayed, interpolated."""
    return float(np.quantile(np.asarray(seconds), share))
