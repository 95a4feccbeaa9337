"""How well people are told apart: the sample, and labelled sets of your own, beside plain Splink and a simple rule."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from benchmarks.benchmark import Benchmark
from benchmarks.measure import in_child, timed
from benchmarks.measurement import Measurement
from benchmarks.name_rule import PEER as RULE
from benchmarks.name_rule import clusters_by_name
from benchmarks.plain_splink import PEER as SPLINK
from benchmarks.plain_splink import plain_splink, write_records
from benchmarks.truth import read_ignored, read_truth
from creatorgraph.domain.profile import Profile
from creatorgraph.embeddings.ctranslate2_encoder import CTranslate2Encoder
from creatorgraph.embeddings.encoder import Vectors
from creatorgraph.embeddings.text import bio_text
from creatorgraph.ingest.batch import parse_file
from creatorgraph.ingest.contact import ContactHasher
from creatorgraph.resolution.evaluation import evaluate
from creatorgraph.resolution.option import ResolveOptions
from creatorgraph.resolution.pipeline import resolve
from creatorgraph.resolution.profile_table import to_table
from creatorgraph.sample import congress

DATA_VARIABLE = "CREATORGRAPH_BENCH_DATA"
"""A folder of labelled sets: `<set>/profiles*.jsonl`, `<set>/truth.csv` and, where there is one, `ignore_pairs.csv`."""
FIGURES = ("f1", "f1_over_rule", "b3_f1", "largest_cluster", "seconds")


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledSet:
    """`name` starts the names of its measurements; the least F1 that should hold is `bar`."""

    name: str
    profiles: Path
    truth: dict[str, str]
    ignored: tuple[tuple[str, str], ...] = ()
    bar: str | None = None


def sample() -> LabelledSet:
    """The set that ships with the package."""
    truth = {str(profile): person for profile, person in congress.truth().items()}
    return LabelledSet(name="resolution.sample", profiles=congress.PROFILES, truth=truth, bar=">= 0.95")


def labelled_files(folder: Path) -> dict[str, Path]:
    """The files of profiles with labels beside them, by the name of their measurements; sorted."""
    files = sorted(path for path in folder.glob("*/profiles*.jsonl") if path.with_name("truth.csv").exists())
    return {f"resolution.{_word(path.parent.name)}.{_word(path.stem)}": path for path in files}


def _word(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")


def read_set(name: str, profiles: Path) -> LabelledSet:
    return LabelledSet(
        name=name,
        profiles=profiles,
        truth=read_truth(profiles.with_name("truth.csv")),
        ignored=tuple(read_ignored(profiles.with_name("ignore_pairs.csv"))),
    )


def read_profiles(path: Path) -> list[Profile]:
    hasher = ContactHasher(b"a key for benchmarks alone")
    return [parsed.profile for batch in parse_file(path, hasher=hasher) for _, parsed in batch.parsed]


def read_encoded(path: Path, folder: Path) -> tuple[pa.Table, Vectors]:
    """The table that the resolver reads, and the vectors of the bios, by the default encoder."""
    profiles = read_profiles(path)
    encoder = CTranslate2Encoder(folder / "model")
    return to_table(profiles), encoder.encode([bio_text(profile) for profile in profiles])


def resolve_file(path: Path, folder: Path) -> tuple[dict[str, str], float]:
    """Our clusters, and the seconds of resolution without reading and encoding."""
    table, vectors = read_encoded(path, folder)
    found, seconds = timed(resolve, table, bio_vectors=vectors)
    ids, labels = (found.clusters.column(name).to_pylist() for name in ("profile_id", "cluster"))
    return {profile: str(label) for profile, label in zip(ids, labels, strict=True)}, seconds


def write_peer(path: Path, folder: Path, records: Path) -> int:
    table, vectors = read_encoded(path, folder)
    return write_records(records, table, vectors, ResolveOptions())


def rule_file(path: Path) -> dict[str, str]:
    return clusters_by_name(to_table(read_profiles(path)))


def measure_set(labelled: LabelledSet, folder: Path) -> Iterator[Measurement]:
    """Each side in a process of its own, on the same profiles; Splink on the pairs that our blocking finds too."""
    ours, seconds = in_child(resolve_file, labelled.profiles, folder).result
    rule = in_child(rule_file, labelled.profiles).result
    records = folder / "splink.parquet"
    in_child(write_peer, labelled.profiles, folder, records)
    theirs = in_child(plain_splink, records, ResolveOptions().memory_limit).result
    our_score, rule_score, their_score = (
        evaluate(clusters, labelled.truth, labelled.ignored) for clusters in (ours, rule, theirs.clusters)
    )

    def figure(name: str, value: float, unit: str, peer: str, peer_value: float, bar: str | None) -> Measurement:
        return Measurement(
            name=f"{labelled.name}.{name}", value=value, unit=unit, peer=peer, peer_value=peer_value, bar=bar
        )

    yield figure("f1", our_score.f1, "F1", SPLINK, their_score.f1, labelled.bar)
    yield figure("f1_over_rule", our_score.f1, "F1", RULE, rule_score.f1, "ratio > 1")
    yield figure("b3_f1", our_score.b3_f1, "B-cubed F1", SPLINK, their_score.b3_f1, None)
    yield figure(
        "largest_cluster",
        our_score.largest_predicted,
        "profiles",
        "largest true one",
        our_score.largest_true,
        "ratio <= 3",
    )
    yield figure("seconds", seconds, "s", SPLINK, theirs.seconds, None)


def measure_sample(folder: Path) -> Iterator[Measurement]:
    yield from measure_set(sample(), folder)


def benchmark_of(name: str, profiles: Path) -> Benchmark:
    def measure(folder: Path) -> Iterator[Measurement]:
        yield from measure_set(read_set(name, profiles), folder)

    return Benchmark(run=measure, names=tuple(f"{name}.{figure}" for figure in FIGURES))


def labelled_benchmarks() -> tuple[Benchmark, ...]:
    """One for each file of the folder that DATA_VARIABLE names; none where it is not set."""
    folder = os.environ.get(DATA_VARIABLE)
    found = labelled_files(Path(folder)) if folder else {}
    return tuple(benchmark_of(name, path) for name, path in found.items())


SAMPLE = Benchmark(run=measure_sample, names=tuple(f"resolution.sample.{figure}" for figure in FIGURES))
