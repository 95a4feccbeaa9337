"""GraphQL requests per second of one process: the API over PostgreSQL, and from kept answers, beside the same types
answering from constants."""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import httpx

from benchmarks.benchmark import Benchmark
from benchmarks.measure import in_child
from benchmarks.measurement import Measurement
from benchmarks.throughput_world import CREATORS, creator_id, write_constants, write_world
from benchmarks.wrk import Load, find_wrk, run_wrk, write_script

ROUNDS, ROUND_SECONDS, WARM_SECONDS = 3, 5, 2
CONNECTIONS = 16
"""In the rounds that are compared."""
LONG_SECONDS, LONG_CONNECTIONS = 60, 64
PATIENCE = 60.0
_TRIES = 100
QUERIES: Mapping[str, str] = {
    "name": "query($id: ID!) { creator(id: $id) { ... on Creator { displayName } } }",
    "whole": """query($id: ID!) { creator(id: $id) { ... on Creator {
      id displayName kind platforms totalFollowers verifiedAnywhere
      profiles(first: 10) { edges { node { id platform username url displayName bio followers verified } } }
      links(first: 12) { edges { node { id probability matchWeight accepted
        evidence { signal level leftValue rightValue matchWeight explanation } } } } } } }""",
}
_SERVING = re.compile(r"Serving (http://[^/\s]+)/graphql")


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    url: str
    pid: int


def measure(folder: Path) -> Iterator[Measurement]:
    find_wrk()
    folder.chmod(0o711)  # as root PostgreSQL runs as another user, who must reach its own folder below
    data_dir, constants = folder / "data", folder / "constants"
    in_child(write_world, data_dir)
    in_child(write_constants, data_dir, constants)
    scripts = {
        name: write_script(
            folder / f"{name}.lua",
            [{"query": text, "variables": {"id": creator_id(n)}} for n in range(CREATORS)],
        )
        for name, text in QUERIES.items()
    }
    with _constants(constants) as plain:
        with _api(data_dir, folder / "uncached.log", entries=0) as api:
            _check_same(plain, api)
            uncached = {name: _compared(plain, api, script) for name, script in scripts.items()}
            long = [
                run_wrk(
                    f"{api.url}/graphql", script, pid=api.pid, seconds=LONG_SECONDS // 2, connections=LONG_CONNECTIONS
                )
                for script in scripts.values()
            ]
        with _api(data_dir, folder / "kept.log", entries=10_000) as api:
            _fill(api)
            kept = {name: _compared(plain, api, script) for name, script in scripts.items()}
    for kind, found, bar in (("uncached", uncached, "ratio >= 0.5"), ("kept", kept, "ratio > 1")):
        for name, (bare, ours) in found.items():
            yield Measurement(
                name=f"graphql.throughput.{name}.{kind}",
                value=median(each.per_second for each in ours),
                unit="1/s",
                peer="constants",
                peer_value=median(each.per_second for each in bare),
                bar=bar,
            )
            yield Measurement(
                name=f"graphql.processor.{name}.{kind}",
                value=1000 * median(each.cpu_seconds for each in ours),
                unit="ms",
                peer="constants",
                peer_value=1000 * median(each.cpu_seconds for each in bare),
            )
    wrong = sum(each.wrong for each in long) + sum(
        each.wrong for found in (uncached, kept) for _, ours in found.values() for each in ours
    )
    yield Measurement(name="graphql.throughput.wrong", value=wrong, unit="requests", bar="<= 0")


def _compared(plain: Server, api: Server, script: Path) -> tuple[list[Load], list[Load]]:
    """Rounds of one and the other in turn, so that what else the machine does falls on both."""
    for server in (plain, api):
        run_wrk(f"{server.url}/graphql", script, pid=server.pid, seconds=WARM_SECONDS, connections=CONNECTIONS)
    found: tuple[list[Load], list[Load]] = ([], [])
    for _ in range(ROUNDS):
        for server, loads in zip((plain, api), found, strict=True):
            loads.append(
                run_wrk(f"{server.url}/graphql", script, pid=server.pid, seconds=ROUND_SECONDS, connections=CONNECTIONS)
            )
    return found


def _check_same(plain: Server, api: Server) -> None:
    """Raises RuntimeError where the two do not say the same."""
    with httpx.Client(timeout=PATIENCE, trust_env=False) as client:
        for text in QUERIES.values():
            asked = {"query": text, "variables": {"id": creator_id(1)}}
            one, other = (client.post(f"{each.url}/graphql", json=asked).json() for each in (plain, api))
            if one["data"]["creator"] is None or one["data"] != other["data"]:
                raise RuntimeError("the API and the constants do not say the same")


def _fill(api: Server) -> None:
    """Asks until every answer is a kept one. Raises RuntimeError where one is not."""
    with httpx.Client(timeout=PATIENCE, trust_env=False) as client:
        for text in QUERIES.values():
            for number in range(CREATORS):
                asked = {"query": text, "variables": {"id": creator_id(number)}}
                tries = (client.post(f"{api.url}/graphql", json=asked).json()["extensions"] for _ in range(_TRIES))
                if not any("cache" in each for each in tries):
                    raise RuntimeError("an answer is not kept")


@contextmanager
def _constants(file: Path) -> Iterator[Server]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(128)
        host, port = listener.getsockname()
        command = [sys.executable, "-m", "benchmarks.throughput_constant", str(file), str(listener.fileno())]
        server = subprocess.Popen(command, pass_fds=[listener.fileno()])
        try:
            yield Server(url=f"http://{host}:{port}", pid=server.pid)
        finally:
            server.terminate()
            server.wait(PATIENCE)


@contextmanager
def _api(data_dir: Path, log: Path, *, entries: int) -> Iterator[Server]:
    """Raises RuntimeError where it ends before it serves."""
    command = [str(Path(sys.executable).with_name("creatorgraph")), "serve", "--port", "0", "--data-dir", str(data_dir)]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("CREATORGRAPH_")}
    own = {"PYTHONUNBUFFERED": "1", "CREATORGRAPH_ANSWER_CACHE_ENTRIES": str(entries)}
    with log.open("w") as complaints:
        server = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=complaints, text=True, env={**environment, **own}
        )
        try:
            found = next((m for line in server.stdout or () if (m := _SERVING.search(line))), None)
            if found is None:
                raise RuntimeError(f"creatorgraph serve ended before it served: {log.read_text()[-500:]}")
            yield Server(url=found[1], pid=server.pid)
        finally:
            server.terminate()
            server.communicate(timeout=PATIENCE)


THROUGHPUT = Benchmark(
    run=measure,
    names=(
        *(
            f"graphql.{what}.{name}.{kind}"
            for what in ("throughput", "processor")
            for name in QUERIES
            for kind in ("uncached", "kept")
        ),
        "graphql.throughput.wrong",
    ),
)
