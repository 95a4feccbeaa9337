"""Seconds of wall clock by stage."""

import time
from collections.abc import Iterator
from contextlib import contextmanager


class Stopwatch:
    """`seconds` by stage, in the order of their ends."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        start = time.perf_counter()
        yield
        self.seconds[name] = round(time.perf_counter() - start, 3)

    def split(self, name: str, part: str, seconds: float) -> None:
        """`part` was measured inside `name`; from here on each stands alone, the part first."""
        whole = self.seconds.pop(name)
        self.seconds[part], self.seconds[name] = seconds, round(whole - seconds, 3)
