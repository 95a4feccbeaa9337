"""Records parsed per second from a file, beside a loop that only decodes the JSON."""

from collections.abc import Iterator
from pathlib import Path

from benchmarks.benchmark import Benchmark
from benchmarks.json_peer import decode_all
from benchmarks.measure import in_child
from benchmarks.measurement import Measurement
from creatorgraph.ingest.batch import parse_file
from creatorgraph.ingest.contact import ContactHasher
from creatorgraph.synth.world import write_world

PROFILES = 30_000
SEED = 7


def parse_all(path: Path) -> tuple[int, int]:
    """How many records were parsed, and how many were rejected."""
    hasher = ContactHasher(b"a key for benchmarks alone")
    parsed = rejected = 0
    for batch in parse_file(path, hasher=hasher):
        parsed += len(batch.parsed)
        rejected += len(batch.rejects)
    return parsed, rejected


def measure_parsing(folder: Path) -> Iterator[Measurement]:
    """Each side in a process of its own, on the same file of synthetic profiles."""
    made = in_child(write_world, folder, PROFILES, SEED)
    yield Measurement(name="ingest.synth.rate", value=PROFILES / made.seconds, unit="profiles/s")
    ours = in_child(parse_all, made.result.profiles)
    theirs = in_child(decode_all, made.result.profiles)
    parsed, rejected = ours.result
    if parsed + rejected != theirs.result:
        raise ValueError(f"{theirs.result} records in the file, but {parsed} parsed and {rejected} rejected")
    yield Measurement(
        name="ingest.parse.rate",
        value=theirs.result / ours.seconds,
        unit="records/s",
        peer="json.loads alone",
        peer_value=theirs.result / theirs.seconds,
        bar=">= 2000",
    )
    yield Measurement(
        name="ingest.parse.memory",
        value=ours.peak_bytes / 1e6,
        unit="MB",
        peer="json.loads alone",
        peer_value=theirs.peak_bytes / 1e6,
        bar="<= 400",
    )
    yield Measurement(name="ingest.parse.accepted", value=parsed / theirs.result, unit="share", bar=">= 0.99")


PARSING = Benchmark(
    run=measure_parsing,
    names=("ingest.synth.rate", "ingest.parse.rate", "ingest.parse.memory", "ingest.parse.accepted"),
)
