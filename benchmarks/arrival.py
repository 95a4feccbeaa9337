"""Profiles that arrive where many are stored: the time of one alone, how many a second, and how both grow."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import numpy as np
import orjson

from benchmarks.benchmark import Benchmark
from benchmarks.measure import in_child, percentile
from benchmarks.measurement import Measurement
from benchmarks.profile_count import area, profile_count
from benchmarks.stored import engines_of, ingest, resolve
from creatorgraph.ingest.contact import ContactHasher
from creatorgraph.ingest.record import Parsed, parse_record
from creatorgraph.services.arrival.service import AT_ONCE, Arrivals
from creatorgraph.store.embedded import start_embedded, stop_embedded
from creatorgraph.store.write.profile import IncomingProfile
from creatorgraph.synth.world import write_world

STANDARD = 100_000
PROFILES = profile_count(STANDARD)
SMALLER = 10
"""The growth is measured from a world of so many times fewer profiles."""
SEED = 7
AREA = area("stream.arrival", PROFILES, STANDARD)
ALONE, TOGETHER = 300, 20 * AT_ONCE
WARM_UP = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Timed:
    """Seconds of each profile that came alone, and of each step of AT_ONCE that came together."""

    alone: tuple[float, ...]
    together: tuple[float, ...]


def arrive(data_dir: Path, file: Path) -> Timed:
    """Takes the profiles of `file` in, which are not stored yet."""
    with engines_of(data_dir) as engines:
        hasher = ContactHasher(engines.settings.contact_secret())
        incoming = [_incoming(line, hasher) for line in file.read_bytes().splitlines()]
        arrivals = Arrivals(engines)
        arrivals.take_in(incoming[:WARM_UP], source="bench")
        alone = [[each] for each in incoming[WARM_UP : WARM_UP + ALONE]]
        rest = incoming[WARM_UP + ALONE :]
        together = [rest[begin : begin + AT_ONCE] for begin in range(0, len(rest) - AT_ONCE + 1, AT_ONCE)]
        return Timed(
            alone=tuple(_seconds(arrivals, step) for step in alone),
            together=tuple(_seconds(arrivals, step) for step in together),
        )


def _incoming(line: bytes, hasher: ContactHasher) -> IncomingProfile:
    parsed = parse_record(orjson.loads(line), hasher=hasher, where="line")
    if not isinstance(parsed, Parsed):
        raise TypeError("the synthetic world holds a record that cannot be used")
    return IncomingProfile(profile=parsed.profile, payload=parsed.redacted)


def _seconds(arrivals: Arrivals, step: Sequence[IncomingProfile]) -> float:
    begin = perf_counter()
    done = arrivals.take_in(step, source="bench")
    seconds = perf_counter() - begin
    if done.waiting:
        raise ValueError("profiles wait that should be resolved")
    return seconds


def measure_arrivals(folder: Path) -> Iterator[Measurement]:
    """Two worlds, one after the other; each with a PostgreSQL of its own."""
    small, _ = _measured(folder / "small", PROFILES // SMALLER)
    large, run_rate = _measured(folder / "large", PROFILES)
    alone = 1e3 * np.array(large.alone)
    yield Measurement(name=f"{AREA}.alone.p50", value=percentile(alone.tolist(), 0.5), unit="ms", bar="<= 25")
    yield Measurement(name=f"{AREA}.alone.p99", value=percentile(alone.tolist(), 0.99), unit="ms", bar="<= 150")
    yield Measurement(
        name=f"{AREA}.together.rate",
        value=AT_ONCE / float(np.mean(large.together)),
        unit="profiles/s",
        peer="a run over everything",
        peer_value=run_rate,
        bar=">= 200",
    )
    growth = float(np.median(large.alone) / np.median(small.alone))
    yield Measurement(name=f"{AREA}.growth", value=growth, unit="times", bar="<= 2")


def _measured(folder: Path, profiles: int) -> tuple[Timed, float]:
    """What arrivals cost beside `profiles` stored ones, and how many a second a run resolves."""
    data_dir = folder / "data"
    folder.mkdir()
    folder.chmod(0o711)  # as root PostgreSQL runs as another user, who must reach its own folder below
    made = in_child(write_world, folder / "world", profiles + WARM_UP + ALONE + TOGETHER, SEED).result
    lines = made.profiles.read_bytes().splitlines(keepends=True)
    order = np.random.default_rng(SEED).permutation(len(lines))
    first, rest = folder / "first.jsonl", folder / "rest.jsonl"
    first.write_bytes(b"".join(lines[row] for row in order[:profiles]))
    rest.write_bytes(b"".join(lines[row] for row in order[profiles:]))
    start_embedded(data_dir)
    try:
        in_child(ingest, data_dir, first)
        run = in_child(resolve, data_dir)
        return in_child(arrive, data_dir, rest).result, profiles / run.seconds
    finally:
        stop_embedded(data_dir)


ARRIVALS = Benchmark(
    run=measure_arrivals,
    names=tuple(f"{AREA}.{name}" for name in ("alone.p50", "alone.p99", "together.rate", "growth")),
)
