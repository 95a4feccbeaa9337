"""Synthetic profiles from file to served creators through the database, stage by stage."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx

from benchmarks.benchmark import Benchmark
from benchmarks.label import read_truth
from benchmarks.measure import Stage, in_child
from benchmarks.measurement import Measurement
from benchmarks.profile_count import area, profile_count
from benchmarks.stored import Resolved, encode, engines_of, ingest, resolve
from creatorgraph.api.app import create_app
from creatorgraph.resolution.evaluation import evaluate
from creatorgraph.services.engines import Engines
from creatorgraph.services.relay import relay
from creatorgraph.store.embedded import start_embedded, stop_embedded
from creatorgraph.store.read.bulk import read_memberships
from creatorgraph.synth.world import write_world

STANDARD = 100_000
PROFILES = profile_count(STANDARD)
SEED = 7
AREA = area("resolution.end_to_end", PROFILES, STANDARD)

PARTS = ("features", "blocking", "signals", "model", "scoring", "clustering", "evidence")
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
            yield from _parts(done.result)
    yield Measurement(name=f"{AREA}.seconds", value=total, unit="s")
    found = evaluate(found_creators(data_dir), read_truth(truth_file))
    for name, value, unit in (
        ("precision", found.precision, "share"),
        ("recall", found.recall, "share"),
        ("f1", found.f1, "F1"),
    ):
        yield Measurement(name=f"{AREA}.{name}", value=value, unit=unit)


def _stage(name: str, done: Stage[Any]) -> Iterator[Measurement]:
    yield Measurement(name=f"{AREA}.{name}.seconds", value=done.seconds, unit="s")
    yield Measurement(name=f"{AREA}.{name}.peak_memory", value=done.peak_bytes / 1e6, unit="MB")


def _parts(found: Resolved) -> Iterator[Measurement]:
    for part in PARTS:
        yield Measurement(name=f"{AREA}.resolve.{part}.seconds", value=found.parts[part], unit="s")
    for step in STEPS:
        yield Measurement(name=f"{AREA}.resolve.{step}.seconds", value=found.steps[step], unit="s")
    yield Measurement(name=f"{AREA}.candidate_pairs", value=found.candidate_pairs, unit="pairs")


END_TO_END = Benchmark(
    run=measure_end_to_end,
    names=(
        *(f"{AREA}.{stage}.{figure}" for stage in STAGES for figure in ("seconds", "peak_memory")),
        *(f"{AREA}.resolve.{part}.seconds" for part in (*PARTS, *STEPS)),
        f"{AREA}.candidate_pairs",
        f"{AREA}.seconds",
        *(f"{AREA}.{figure}" for figure in ("precision", "recall", "f1")),
    ),
)
