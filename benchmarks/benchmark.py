"""A benchmark: a function, and the names of what it measures."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measurement import Measurement, check_name


class SkippedError(Exception):
    """This machine lacks what the benchmark needs; the message says what, and the command that brings it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Benchmark:
    """`run` gets an empty folder that is removed afterwards, and yields one Measurement for each of `names`."""

    run: Callable[[Path], Iterator[Measurement]]
    names: tuple[str, ...]

    def __post_init__(self) -> None:
        for name in self.names:
            check_name(name)

    def measure(self, folder: Path) -> Iterator[Measurement]:
        """Raises ValueError when what is measured is not what `names` says, SkippedError when the machine lacks something."""
        missing = set(self.names)
        for measurement in self.run(folder):
            if measurement.name not in missing:
                raise ValueError(f"{measurement.name} is measured twice or not among the benchmark's names")
            missing.remove(measurement.name)
            yield measurement
        if missing:
            raise ValueError(f"not measured: {', '.join(sorted(missing))}")


def select(benchmarks: Sequence[Benchmark], only: str) -> list[Benchmark]:
    """Those with a name in which the regular expression `only` is found. Raises ValueError for a bad expression."""
    try:
        wanted = re.compile(only)
    except re.error as error:
        raise ValueError(f"{only!r} is no regular expression: {error}") from error
    return [benchmark for benchmark in benchmarks if any(wanted.search(name) for name in benchmark.names)]
