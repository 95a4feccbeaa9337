"""Every shell, JSON and Python block of the README and the guides, run as a reader would run it."""

import contextlib
import json
import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from client.generate import generate, generator
from creatorgraph.sample.congress import PROFILES

TOP = Path(__file__).parents[3]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
Run = Callable[[str], str]


def blocks(path: str, language: str) -> list[str]:
    return [text for name, text in BLOCK.findall((TOP / path).read_text(encoding="utf-8")) if name == language]


def commands(path: str) -> list[str]:
    """The shell lines, continued quotes joined, comments kept for the shell; make is what runs this suite."""
    lines: list[str] = []
    for block in blocks(path, "sh"):
        whole = ""
        for line in block.splitlines():
            whole += line
            if whole.count("'") % 2:
                whole += "\n"
                continue
            if whole.strip() and not whole.lstrip().startswith(("#", "make ")):
                lines.append(whole)
            whole = ""
    return lines


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def environment(tmp_path: Path, port: int) -> dict[str, str]:
    return os.environ | {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "CREATORGRAPH_DATA_DIR": str(tmp_path / "state"),
        "CREATORGRAPH_PORT": str(port),
    }


@pytest.fixture
def run(tmp_path: Path, environment: dict[str, str], port: int) -> Iterator[Run]:
    """Runs a line in a folder of its own; `serve` goes on beside the next lines until the test ends."""
    with contextlib.ExitStack() as stack:

        def one(line: str) -> str:
            text = line.replace(".venv/bin/creatorgraph", "creatorgraph").replace("127.0.0.1:8000", f"127.0.0.1:{port}")
            if re.search(r"creatorgraph serve\b", text):
                server = subprocess.Popen(["creatorgraph", "serve"], cwd=tmp_path, env=environment)
                stack.callback(server.wait)
                stack.callback(server.terminate)
                answers(port, server)
                return ""
            done = subprocess.run(
                ["bash", "-c", text], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
            )
            assert done.returncode == 0, f"{text}\n{done.stdout}\n{done.stderr}"
            return done.stdout

        yield one
        one("creatorgraph doctor --stop || true")


def answers(port: int, server: "subprocess.Popen[bytes]") -> None:
    while True:
        with contextlib.suppress(httpx.TransportError):
            if httpx.get(f"http://127.0.0.1:{port}/health/live").status_code == 200:
                return
        assert server.poll() is None, "the API has ended"


@pytest.fixture
def congress(run: Run, tmp_path: Path) -> None:
    """The sample, taken in and resolved."""
    shutil.copy(PROFILES, tmp_path / PROFILES.name)
    run(f"creatorgraph ingest {PROFILES.name}")
    run("creatorgraph resolve")


@pytest.mark.slow
def test_the_readme_from_a_record_to_an_answer(run: Run, tmp_path: Path) -> None:
    if shutil.which("curl") is None:
        pytest.skip("curl is not on PATH")
    [record] = blocks("README.md", "json")
    (tmp_path / "profiles.jsonl").write_text(" ".join(record.split("\n")) + "\n", encoding="utf-8")
    printed = [run(line) for line in commands("README.md")]
    assert len(printed) >= 5
    assert "Maya Rao" in printed[-1]
    assert (tmp_path / "resolved" / "clusters.csv").read_text().startswith("profile_id,creator_id\nig-1,")


def test_the_guide_of_records(run: Run, tmp_path: Path) -> None:
    path = "docs/guides/records.md"
    for language in ("csv", "toml"):
        [text] = blocks(path, language)
        (tmp_path / f"customers.{language}").write_text(text, encoding="utf-8")

    printed = [run(line) for line in commands(path)]

    assert len(printed) == 1
    assert json.loads(printed[0])["entities"] == 3
    entities = dict(line.split(",") for line in (tmp_path / "found" / "clusters.csv").read_text().splitlines()[1:])
    assert entities["1001"] == entities["1002"] == entities["1003"]
    assert entities["1004"] == entities["1005"] != entities["1006"]


@pytest.mark.slow
@pytest.mark.usefixtures("congress")
@pytest.mark.parametrize("guide", ["partner", "analyst", "steward"])
def test_the_commands_of_a_guide(run: Run, tmp_path: Path, port: int, guide: str) -> None:
    path = f"docs/guides/{guide}.md"
    lines = [line for line in commands(path) if "neo4j" not in line]
    if shutil.which("curl") is None:
        lines = [line for line in lines if not line.startswith("curl")]
    assert lines
    for line in lines:
        run(line)
    for code in blocks(path, "python"):
        if "creatorgraph_client" in code:
            if generator() is None:
                continue
            generate(tmp_path / "client")
        done = subprocess.run(
            [sys.executable, "-c", code.replace("127.0.0.1:8000", f"127.0.0.1:{port}")],
            cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": str(tmp_path / "client")},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert "Grassley" in done.stdout or "creatorgraph_client" not in code


@pytest.mark.slow
@pytest.mark.neo4j
@pytest.mark.usefixtures("congress")
def test_the_analysts_commands_for_neo4j(run: Run) -> None:
    lines = [line for line in commands("docs/guides/analyst.md") if "neo4j" in line]
    assert len(lines) >= 4
    for line in lines:
        run(line)
