"""Seconds of wall clock, and of processors, by stage."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from creatorgraph.resolution.clock import processor_seconds


class Stopwatch:
    """`seconds` and `cpu_seconds` (of one core) by stage, in the order of their ends."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.cpu_seconds: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        start, cpu = time.perf_counter(), processor_seconds()
        yield
        self.seconds[name] = round(time.perf_counter() - start, 3)
        self.cpu_seconds[name] = round(processor_seconds() - cpu, 3)

    def split(self, name: str, part: str, seconds: float) -> None:
        """`part` was measured inside `name`; from here on each stands alone, the part first. `cpu_seconds` stay whole."""
        whole = self.seconds.pop(name)
        self.seconds[part], self.seconds[name] = seconds, round(whole - seconds, 3)
