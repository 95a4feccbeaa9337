"""From measured runs to sizes that nobody has run."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benchmarks.scaling.growth import Growth, growth_of
from benchmarks.scaling.run import STAGES, Run

TARGETS = (10_000_000, 100_000_000, 250_000_000)
START = "start"
"""Interpreter, libraries, and what else is in no stage: the same at any size."""
STEADY = 5.0
"""Seconds of one core below which a stage's exponent is noise; such a stage is taken in proportion to the larger size."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Projection:
    """`stages` in seconds of one core, `memory` and `disk` in MB, `counts` as they are named in a run."""

    runs: tuple[Run, ...]
    stages: dict[str, Growth]
    memory: Growth
    counts: dict[str, Growth]
    disk: dict[str, Growth]

    def cpu_seconds(self, profiles: float) -> float:
        return sum(growth.at(profiles) for growth in self.stages.values())

    def cpu_seconds_in_proportion(self, profiles: float) -> float:
        """As if nothing grew faster than the number of profiles: the least that can be hoped for."""
        largest = self.runs[-1]
        return largest.all_cpu_seconds / largest.profiles * profiles

    def reaches_cpu_seconds(self, limit: float) -> float:
        """The number of profiles that take so many seconds of one core; every stage grows, so halving finds it."""
        low, high = 1.0, 1e12
        while high / low > 1.0001:
            middle = (low * high) ** 0.5
            low, high = (middle, high) if self.cpu_seconds(middle) < limit else (low, middle)
        return high


def project(runs: Sequence[Run]) -> Projection:
    """Raises ValueError for runs of fewer than two sizes."""
    ordered = tuple(sorted(runs, key=lambda run: run.profiles))

    def growth(figures: Iterable[float]) -> Growth:
        return growth_of([(run.profiles, figure) for run, figure in zip(ordered, figures, strict=True)])

    stages = {stage: _steady(growth(run.cpu_seconds[stage] for run in ordered), ordered[-1], stage) for stage in STAGES}
    stages[START] = Growth(fixed=start_seconds(ordered[-1]), rate=0.0, exponent=1.0)
    return Projection(
        runs=ordered,
        stages=stages,
        memory=growth(run.peak_mb for run in ordered),
        counts={count: growth(run.counts[count] for run in ordered) for count in ordered[-1].counts},
        disk={file: growth(run.disk_mb[file] for run in ordered) for file in ordered[-1].disk_mb},
    )


def _steady(growth: Growth, largest: Run, stage: str) -> Growth:
    seconds = largest.cpu_seconds[stage]
    if growth.exponent == 1.0 or seconds >= STEADY:
        return growth
    return Growth(fixed=0.0, rate=seconds / largest.profiles, exponent=1.0)


def start_seconds(run: Run) -> float:
    """Seconds of one core that are in no stage; stages overlap with nothing, but are rounded."""
    return max(0.0, run.all_cpu_seconds - sum(run.cpu_seconds.values()))
