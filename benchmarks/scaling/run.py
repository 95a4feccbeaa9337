"""What one run of `creatorgraph resolve FILE --out FOLDER` cost: measured here, or read from the results of `make bench`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.file_resolution import AREA, COUNTS, DISK, PARTS, STEPS, written
from benchmarks.file_resolution import PROFILES as BENCH_PROFILES
from benchmarks.machine import describe
from benchmarks.project import WITHOUT_MEANING, resolve_with_command
from benchmarks.result import Result
from creatorgraph.synth.world import WorldFiles

STAGES = ("read", *PARTS, "write")
"""In the order of a run. Counting bios, the rest of the step `encode`, is in none of them and takes next to nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Seconds of the clock and of one core by stage, the largest resident set, what was found, and bytes on disk."""

    profiles: int
    seconds: dict[str, float]
    cpu_seconds: dict[str, float]
    all_seconds: float
    all_cpu_seconds: float
    peak_mb: float
    counts: dict[str, int]
    disk_mb: dict[str, float]
    machine: str
    when: str


def measured_run(world: WorldFiles, folder: Path) -> Run:
    """A run in a process of its own; its files stay in `folder`."""
    done = resolve_with_command(world.profiles, folder, settings=WITHOUT_MEANING)
    whole, resolution = done.result.summary, done.result.summary["resolution"]
    return Run(
        profiles=world.profile_count,
        seconds={stage: {**resolution["seconds"], **whole["seconds"]}[stage] for stage in STAGES},
        cpu_seconds={stage: {**resolution["cpu_seconds"], **whole["cpu_seconds"]}[stage] for stage in STAGES},
        all_seconds=done.seconds,
        all_cpu_seconds=done.cpu_seconds,
        peak_mb=done.peak_bytes / 1e6,
        counts={count: int(resolution[count]) for count in COUNTS},
        disk_mb={name: file.stat().st_size / 1e6 for name, file in written(world, folder).items()},
        machine=describe(),
        when=datetime.now(UTC).isoformat(timespec="seconds"),
    )


def run_of_bench(results: Sequence[Result]) -> Run | None:
    """The large run of `make bench ONLY=resolution.files`; None where not all of its figures are there."""
    found = {result.name.removeprefix(f"{AREA}."): result for result in results if result.name.startswith(f"{AREA}.")}
    name_of = {stage: stage if stage in STEPS else f"resolve.{stage}" for stage in STAGES}
    needed = (
        *(f"{name}.{figure}" for name in name_of.values() for figure in ("seconds", "cpu_seconds")),
        *("seconds", "cpu_seconds", "peak_memory"),
        *COUNTS,
        *(f"disk.{file}" for file in DISK),
    )
    if not all(name in found for name in needed):
        return None
    return Run(
        profiles=BENCH_PROFILES,
        seconds={stage: found[f"{name}.seconds"].value for stage, name in name_of.items()},
        cpu_seconds={stage: found[f"{name}.cpu_seconds"].value for stage, name in name_of.items()},
        all_seconds=found["seconds"].value,
        all_cpu_seconds=found["cpu_seconds"].value,
        peak_mb=found["peak_memory"].value,
        counts={count: int(found[count].value) for count in COUNTS},
        disk_mb={file: found[f"disk.{file}"].value for file in DISK},
        machine=found["seconds"].machine,
        when=found["seconds"].when,
    )
