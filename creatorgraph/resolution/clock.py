"""What each stage of a run took: seconds that went by, and seconds that processors worked."""

import os
import time


def processor_seconds() -> float:
    """User and system time of this process, its threads, and its children as far as they have ended."""
    user, system, user_of_children, system_of_children, _ = os.times()
    return user + system + user_of_children + system_of_children


class Clock:
    """`seconds` and `cpu_seconds` (of one core) by stage; stages follow on each other without gaps."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.cpu_seconds: dict[str, float] = {}
        self._last, self._last_cpu = time.perf_counter(), processor_seconds()

    def done(self, stage: str) -> None:
        now, cpu = time.perf_counter(), processor_seconds()
        self.seconds[stage], self.cpu_seconds[stage] = round(now - self._last, 3), round(cpu - self._last_cpu, 3)
        self._last, self._last_cpu = now, cpu
