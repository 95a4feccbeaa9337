"""`creatorgraph resolve FILE --out FOLDER` on a large synthetic world, beside plain Splink on the same file."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from benchmarks.benchmark import Benchmark
from benchmarks.label import read_truth
from benchmarks.measure import Stage, in_child
from benchmarks.measurement import Measurement
from benchmarks.plain_splink import PARTS as PEER_PARTS
from benchmarks.plain_splink import PEER, PlainClusters, plain_splink
from benchmarks.profile_count import area, profile_count
from benchmarks.project import WITHOUT_MEANING, Found, resolve_with_command, warm_up
from creatorgraph.resolution.evaluation import evaluate
from creatorgraph.synth.world import WorldFiles, write_world

STANDARD = 1_000_000
PROFILES = profile_count(STANDARD)
SEED = 7
AREA = area("resolution.files", PROFILES, STANDARD)
TENTH = 10
STEPS = ("read", "encode", "resolve", "write")
PARTS = ("features", "blocking", "signals", "model", "scoring", "clustering", "evidence")
COUNTS = {"candidate_pairs": "pairs", "links": "pairs", "accepted_links": "pairs", "largest_component": "profiles"}
DISK = ("profiles", "links", "clusters")
MEMORY_LIMIT = "14GB"
"""What DuckDB may take for Splink before it goes to disk, on a machine of 24 GiB: less would make it slower than it is."""


def measure_files(folder: Path) -> Iterator[Measurement]:
    """A world of PROFILES and one of a tenth, each resolved from file to files; then Splink on the large one."""
    warm_up(folder)
    # the large one has too many bios to encode, so that the small one does not encode its own either
    tenth = in_child(write_world, folder / "small", PROFILES // TENTH, SEED).result.profiles
    small = resolve_with_command(tenth, folder, settings=WITHOUT_MEANING).seconds
    made = in_child(write_world, folder / "world", PROFILES, SEED)
    ours = resolve_with_command(made.result.profiles, folder)
    theirs = in_child(plain_splink, made.result.profiles, MEMORY_LIMIT)
    yield Measurement(name=f"{AREA}.generate.seconds", value=made.seconds, unit="s")
    for step in STEPS:
        yield from _seconds(step, step, ours.result.summary)
    summary = ours.result.summary["resolution"]
    for part in PARTS:
        yield from _seconds(f"resolve.{part}", part, summary)
    for part in PEER_PARTS:
        yield Measurement(name=f"{AREA}.splink.{part}.seconds", value=theirs.result.parts[part], unit="s")
    yield Measurement(name=f"{AREA}.cpu_seconds", value=ours.cpu_seconds, unit="s")
    for count, unit in COUNTS.items():
        yield Measurement(name=f"{AREA}.{count}", value=summary[count], unit=unit)
    for name, file in written(made.result, folder).items():
        yield Measurement(name=f"{AREA}.disk.{name}", value=file.stat().st_size / 1e6, unit="MB")
    yield Measurement(name=f"{AREA}.largest_cluster", value=summary["largest_cluster"], unit="profiles")
    yield Measurement(
        name=f"{AREA}.growth",
        value=ours.seconds,
        unit="s",
        peer="a tenth of the profiles",
        peer_value=small,
        bar="ratio <= 12",
    )
    yield from _beside(ours, theirs, made.result)


def _seconds(name: str, stage: str, summary: Mapping[str, Any]) -> Iterator[Measurement]:
    """Of the clock, and of one core."""
    for figure in ("seconds", "cpu_seconds"):
        yield Measurement(name=f"{AREA}.{name}.{figure}", value=summary[figure][stage], unit="s")


def written(world: WorldFiles, folder: Path) -> dict[str, Path]:
    """What a run in `folder` read and left."""
    return {
        "profiles": world.profiles,
        "links": folder / "out" / "links.parquet",
        "clusters": folder / "out" / "clusters.csv",
    }


def _beside(ours: Stage[Found], theirs: Stage[PlainClusters], world: WorldFiles) -> Iterator[Measurement]:
    truth = read_truth(world.truth)
    our_score, their_score = evaluate(ours.result.clusters, truth), evaluate(theirs.result.clusters, truth)
    standard = PROFILES == STANDARD
    for name, value, peer_value, unit, bar in (
        ("seconds", ours.seconds, theirs.result.seconds, "s", "ratio <= 0.5"),
        ("peak_memory", ours.peak_bytes / 1e6, theirs.peak_bytes / 1e6, "MB", "ratio <= 0.333"),
        ("precision", our_score.precision, their_score.precision, "share", None),
        ("recall", our_score.recall, their_score.recall, "share", None),
        ("b3_f1", our_score.b3_f1, their_score.b3_f1, "B-cubed F1", None),
        ("f1", our_score.f1, their_score.f1, "F1", ">= 0.97"),
    ):
        yield Measurement(name=f"{AREA}.{name}", value=value, unit=unit, peer=PEER, peer_value=peer_value, bar=bar)
    limits = (("within_minutes", ours.seconds / 60, "min", 20), ("within_memory", ours.peak_bytes / 1e9, "GB", 8))
    for name, value, unit, limit in limits:
        yield Measurement(name=f"{AREA}.{name}", value=value, unit=unit, bar=f"<= {limit}" if standard else None)


FILES = Benchmark(
    run=measure_files,
    names=(
        f"{AREA}.generate.seconds",
        *(f"{AREA}.{step}.{figure}" for step in STEPS for figure in ("seconds", "cpu_seconds")),
        *(f"{AREA}.resolve.{part}.{figure}" for part in PARTS for figure in ("seconds", "cpu_seconds")),
        *(f"{AREA}.splink.{part}.seconds" for part in PEER_PARTS),
        *(f"{AREA}.{name}" for name in ("cpu_seconds", *COUNTS, *(f"disk.{file}" for file in DISK))),
        *(f"{AREA}.{name}" for name in ("largest_cluster", "growth", "seconds", "peak_memory")),
        *(f"{AREA}.{name}" for name in ("precision", "recall", "b3_f1", "f1", "within_minutes", "within_memory")),
    ),
)
