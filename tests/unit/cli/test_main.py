"""The list of commands is quick to show."""

import subprocess
import sys

import pytest
from typer.testing import CliRunner

from creatorgraph.cli import app

COMMANDS = [
    "demo",
    "doctor",
    "ingest",
    "resolve",
    "export",
    "synth",
    "serve",
    "worker",
    "schema",
    "graph",
    "index",
    "neo4j",
]
HEAVY = [
    "sqlalchemy",
    "numpy",
    "pydantic",
    "duckdb",
    "splink",
    "faiss",
    "ctranslate2",
    "strawberry",
    "fastapi",
    "dramatiq",
]


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; from typer.testing import CliRunner; from creatorgraph.cli import app; "
        "print(CliRunner().invoke(app, ['--help']).exit_code, *sys.modules)"
    )
    code, *modules = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()

    assert code == "0"
    assert not set(HEAVY) & set(modules)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str) -> None:
    overview = CliRunner().invoke(app, ["--help"]).stdout
    (line,) = [line for line in overview.splitlines() if line.startswith(f"  {command} ")]
    own = CliRunner().invoke(app, [command, "--help"])

    assert not line.endswith("...")
    assert own.exit_code == 0


def test_unknown_command_is_bad_input() -> None:
    result = CliRunner().invoke(app, ["resolv"])

    assert result.exit_code == 2
    assert "resolv" in result.stderr
