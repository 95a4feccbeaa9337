"""Seconds from starting `creatorgraph serve` to its first answers."""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

import httpx

from benchmarks.benchmark import Benchmark
from benchmarks.measure import in_child, percentile
from benchmarks.measurement import Measurement
from benchmarks.stored import ingest, resolve
from creatorgraph.synth.world import write_world

PROFILES = 2_000
SEED = 7
STARTS = 3
PATIENCE = 60.0
"""Seconds for one answer."""
CREATORS = "{ creators(first: 1) { edges { node { id } } } }"
SEARCH = '{ search(query: "plant-based cooking", first: 3) { edges { node { score creator { id } } } } }'
_SERVING = re.compile(r"Serving (http://[^/\s]+)/graphql")


def measure_start(folder: Path) -> Iterator[Measurement]:
    """The median of some starts, each from nothing: neither the API nor PostgreSQL runs before."""
    folder.chmod(0o711)  # as root PostgreSQL runs as another user, who must reach its own folder below
    data_dir = folder / "data"
    world = write_world(folder / "world", PROFILES, SEED)
    in_child(ingest, data_dir, world.profiles)
    in_child(resolve, data_dir)
    starts = [start_and_ask(data_dir) for _ in range(STARTS)]
    for place, name in enumerate(("answer", "search")):
        seconds = percentile([start[place] for start in starts], 0.5)
        yield Measurement(name=f"api.start.{name}", value=seconds, unit="s", bar="< 5")


def start_and_ask(data_dir: Path) -> tuple[float, float]:
    """Seconds to the first answer of any kind, and to the first search.

    Raises:
        RuntimeError: the API does not start, or answers with errors or nothing.
    """
    command = [str(Path(sys.executable).with_name("creatorgraph")), "serve", "--port", "0", "--data-dir", str(data_dir)]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("CREATORGRAPH_")}
    with tempfile.TemporaryFile() as log:
        begun = perf_counter()
        server = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=log, text=True, env={**environment, "PYTHONUNBUFFERED": "1"}
        )
        try:
            url = _address(server)
            with httpx.Client(base_url=url, timeout=PATIENCE, trust_env=False) as client:
                _ask(client, CREATORS)
                answered = perf_counter() - begun
                _ask(client, SEARCH)
                return answered, perf_counter() - begun
        finally:
            server.terminate()
            server.communicate(timeout=PATIENCE)


def _address(server: "subprocess.Popen[str]") -> str:
    for line in server.stdout or ():
        if found := _SERVING.search(line):
            return found[1]
    raise RuntimeError("creatorgraph serve ended before it served")


def _ask(client: httpx.Client, query: str) -> None:
    answer = client.post("/graphql", json={"query": query}).raise_for_status().json()
    if answer.get("errors") or not all(field["edges"] for field in answer["data"].values()):
        raise RuntimeError("the API answered with errors or with nothing")


START = Benchmark(run=measure_start, names=("api.start.answer", "api.start.search"))
