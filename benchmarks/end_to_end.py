"""Synthetic profiles from file to served creators, stage by stage, and plain Splink on the same pairs."""

import asyncio
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx

from benchmarks.benchmark import Benchmark
from benchmarks.measure import Stage, in_child
from benchmarks.measurement import Measurement
from benchmarks.plain_splink import PEER, PlainClusters, plain_splink, write_records
from benchmarks.stored import Resolved, encode, engines_of, ingest, resolve
from benchmarks.truth import read_truth
from creatorgraph.api.app import create_app
from creatorgraph.config import Settings
from creatorgraph.resolution.evaluation import Evaluation, evaluate
from creatorgraph.resolution.profile_table import to_table
from creatorgraph.services.engines import Engines
from creatorgraph.services.relay import relay
from creatorgraph.services.resolve import resolve_options
from creatorgraph.store.embedded import start_embedded, stop_embedded
from creatorgraph.store.read.bulk import read_memberships, stream_profiles
from creatorgraph.synth.world import write_world

PROFILES_VARIABLE = "CREATORGRAPH_BENCH_PROFILES"
STANDARD = 100_000
PROFILES = int(os.environ.get(PROFILES_VARIABLE, STANDARD))
SEED = 7
AREA = "resolution.end_to_end" if PROFILES == STANDARD else f"resolution.end_to_end_{PROFILES}"
"""A trial with another number of profiles never takes the place of the standard figures."""

PARTS = ("features", "blocking", "signals", "model", "scoring", "clustering", "evidence")
COMPARABLE = ("features", "signals", "model", "scoring", "clustering")
"""What plain Splink does too, once the pairs are found."""
STEPS = ("read", "identities", "review", "similarities", "write")
STAGES = ("generate", "ingest", "encode", "resolve", "relay", "serve")
PATIENCE = 300.0
"""Seconds for one answer."""
QUESTIONS = (
    "{ creators(first: 20) { edges { node { id displayName platforms profiles(first: 5) { edges { node { username } } } } } } }",
    '{ search(query: "plant-based cooking", first: 10) { edges { node { score creator { id displayName } } } } }',
)


def carry(data_dir: Path) -> int:
    with engines_of(data_dir) as engines:
        done = relay(engines)
    if done.failures:
        raise ValueError(f"the relay could not go on: {done.failures}")
    return done.messages


def serve(data_dir: Path) -> int:
    """Starts the API on what is stored, and asks the first questions; how many nodes came back."""
    with engines_of(data_dir) as engines:
        return asyncio.run(_answers(engines))


async def _answers(engines: Engines) -> int:
    app, found = create_app(engines), 0
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost", timeout=PATIENCE) as client:
            for question in QUESTIONS:
                answer = (await client.post("/graphql", json={"query": question})).raise_for_status().json()
                found += sum(len(_edges(field)) for field in (answer.get("data") or {}).values())
    return found


def _edges(connection: Any) -> list[Any]:
    return list(connection["edges"])


def found_creators(data_dir: Path) -> dict[str, str]:
    with engines_of(data_dir) as engines, engines.database.transaction() as connection:
        return {str(profile): str(creator) for profile, creator in read_memberships(connection).items()}


def prepare_peer(data_dir: Path, path: Path) -> int:
    """Hands the stored profiles and our candidate pairs to plain Splink; the number of pairs."""
    with engines_of(data_dir) as engines:
        with engines.database.transaction() as connection:
            profiles = [profile for batch in stream_profiles(connection) for profile in batch]
        vectors = engines.bio_index().vectors([profile.profile_id for profile in profiles])
        return write_records(path, to_table(profiles), vectors, resolve_options(engines.settings))


def measure_end_to_end(folder: Path) -> Iterator[Measurement]:
    """Each stage in a process of its own; PostgreSQL runs beside them all the time."""
    folder.chmod(0o711)  # as root PostgreSQL runs as another user, who must reach its own folder below
    data_dir = folder / "data"
    made = in_child(write_world, folder / "world", PROFILES, SEED)
    yield from _stage("generate", made)
    start_embedded(data_dir)
    try:
        yield from _measure_stored(folder, data_dir, made.result.profiles, made.result.truth)
    finally:
        stop_embedded(data_dir)


def _measure_stored(folder: Path, data_dir: Path, file: Path, truth_file: Path) -> Iterator[Measurement]:
    total = 0.0
    resolved: Stage[Resolved] | None = None
    stages: tuple[tuple[str, Callable[[], Stage[Any]]], ...] = (
        ("ingest", lambda: in_child(ingest, data_dir, file)),
        ("encode", lambda: in_child(encode, data_dir)),
        ("resolve", lambda: in_child(resolve, data_dir)),
        ("relay", lambda: in_child(carry, data_dir)),
        ("serve", lambda: in_child(serve, data_dir)),
    )
    for name, run in stages:
        done = run()
        total += done.seconds
        yield from _stage(name, done)
        if not done.result:
            raise ValueError(f"the stage {name} did nothing")
        if name == "resolve":
            resolved = done
            yield from _parts(done.result)
    yield Measurement(name=f"{AREA}.seconds", value=total, unit="s")
    if resolved is None:
        raise ValueError("nothing was resolved")
    pairs = in_child(prepare_peer, data_dir, folder / "splink.parquet").result
    if pairs != resolved.result.candidate_pairs:
        raise ValueError(f"{pairs} pairs for Splink, but {resolved.result.candidate_pairs} for us")
    options = resolve_options(Settings(data_dir=data_dir))
    theirs = in_child(plain_splink, folder / "splink.parquet", options.memory_limit)
    if theirs.result.pairs > pairs:
        raise ValueError(f"Splink scored {theirs.result.pairs} pairs of {pairs}")
    truth = read_truth(truth_file)
    yield from _beside(
        resolved, theirs, evaluate(found_creators(data_dir), truth), evaluate(theirs.result.clusters, truth)
    )


def _stage(name: str, done: Stage[Any]) -> Iterator[Measurement]:
    yield Measurement(name=f"{AREA}.{name}.seconds", value=done.seconds, unit="s")
    yield Measurement(name=f"{AREA}.{name}.peak_memory", value=done.peak_bytes / 1e6, unit="MB")


def _parts(found: Resolved) -> Iterator[Measurement]:
    for part in PARTS:
        yield Measurement(name=f"{AREA}.resolve.{part}.seconds", value=found.parts[part], unit="s")
    for step in STEPS:
        yield Measurement(name=f"{AREA}.resolve.{step}.seconds", value=found.steps[step], unit="s")
    yield Measurement(name=f"{AREA}.candidate_pairs", value=found.candidate_pairs, unit="pairs")


def _beside(
    ours: Stage[Resolved], theirs: Stage[PlainClusters], our_score: Evaluation, their_score: Evaluation
) -> Iterator[Measurement]:
    comparable = sum(ours.result.parts[part] for part in COMPARABLE)
    sides = (
        ("scored.seconds", comparable, theirs.result.seconds, "s"),
        ("scored.peak_memory", ours.peak_bytes / 1e6, theirs.peak_bytes / 1e6, "MB"),
        ("precision", our_score.precision, their_score.precision, "share"),
        ("recall", our_score.recall, their_score.recall, "share"),
        ("f1", our_score.f1, their_score.f1, "F1"),
    )
    for name, value, peer_value, unit in sides:
        yield Measurement(
            name=f"{AREA}.{name}",
            value=value,
            unit=unit,
            peer=PEER,
            peer_value=peer_value,
            bar="ratio > 1" if name == "f1" else None,
        )


END_TO_END = Benchmark(
    run=measure_end_to_end,
    names=(
        *(f"{AREA}.{stage}.{figure}" for stage in STAGES for figure in ("seconds", "peak_memory")),
        *(f"{AREA}.resolve.{part}.seconds" for part in (*PARTS, *STEPS)),
        f"{AREA}.candidate_pairs",
        f"{AREA}.seconds",
        *(f"{AREA}.{figure}" for figure in ("scored.seconds", "scored.peak_memory", "precision", "recall", "f1")),
    ),
)
