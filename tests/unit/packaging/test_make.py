"""The Makefile, read by make itself without running anything."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

BUILT = "creatorgraph/api/console/index.html"


@pytest.fixture
def clone(root: Path, tmp_path: Path) -> Path:
    """What make reads, in a folder of its own without an environment."""
    for name in ("Makefile", "pyproject.toml"):
        shutil.copy(root / name, tmp_path)
    shutil.copytree(root / "requirements", tmp_path / "requirements", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "console").mkdir()
    for name in ("schema.graphql", "console/package-lock.json"):
        shutil.copy(root / name, tmp_path / name)
    return tmp_path


def plan(clone: Path, *arguments: str) -> str:
    """The commands that make would run."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    for name in ("GRAPH", "SERVE", "DATA_DIR", "ONLY", "PYTHON", "UPGRADE", "MFLAGS"):
        environment.pop(name, None)
    done = subprocess.run(
        ["make", "--dry-run", *arguments], cwd=clone, capture_output=True, text=True, check=True, env=environment
    )
    return done.stdout.replace("\\\n", " ")


def stamp(clone: Path, name: str) -> None:
    """As if the lock had been installed just now."""
    newest = max(path.stat().st_mtime for path in [*clone.glob("*/*"), *clone.glob("*.*")])
    marks = [".venv/.stamp/uv", f".venv/.stamp/{name}"]
    marks += [".venv-node/.stamp/node", ".venv-node/.stamp/run", ".venv-node/.stamp/dev", BUILT]
    for mark in marks:
        path = clone / mark
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
        newest += 10
        os.utime(path, (newest, newest))


def test_a_first_run_makes_the_environment_from_locks(clone: Path) -> None:
    commands = plan(clone, "run")
    assert "python3 -m venv .venv" in commands
    installs = [line for line in commands.splitlines() if "pip install" in line and "--no-deps" not in line]
    installs = [line for line in installs if ".venv-node" not in line]
    # a dry run makes nothing, so that the console's own make plans uv once more
    locks = list(dict.fromkeys(line.split(" -r ")[1] for line in installs))
    assert locks == ["requirements/uv.txt", "requirements/run.txt"]
    assert all("--require-hashes" in line for line in installs)
    assert "creatorgraph neo4j" not in commands


def test_a_second_run_installs_nothing(clone: Path) -> None:
    stamp(clone, "run")
    commands = plan(clone, "run")
    assert "pip install" not in commands
    assert "npm" not in commands


def test_a_first_run_builds_the_console_with_node_from_a_wheel_where_there_is_none(clone: Path) -> None:
    commands = plan(clone, "run")
    node, packages, build, demo = (
        commands.index(text)
        for text in ("-r requirements/node.txt", "ci --ignore-scripts --omit=dev", "run build", "creatorgraph demo")
    )
    assert node < packages < build < demo
    assert f'PATH="{clone}/.venv-node/bin:$PATH" npm' in commands


def test_a_changed_schema_builds_the_console_again(clone: Path) -> None:
    stamp(clone, "run")
    assert "run build" not in plan(clone, "console")
    later = (clone / BUILT).stat().st_mtime + 10
    os.utime(clone / "schema.graphql", (later, later))
    commands = plan(clone, "console")
    assert "run build" in commands
    assert "ci --ignore-scripts" not in commands


@pytest.mark.parametrize("changed", ["requirements/run.txt", "pyproject.toml"])
def test_a_changed_lock_is_installed(clone: Path, changed: str) -> None:
    stamp(clone, "run")
    later = (clone / ".venv" / ".stamp" / "run").stat().st_mtime + 10
    os.utime(clone / changed, (later, later))
    assert "-r requirements/run.txt" in plan(clone, "run")


def test_run_passes_its_variables_on(clone: Path) -> None:
    assert plan(clone, "run").splitlines()[-1].split() == (
        [".venv/bin/creatorgraph", "demo", "--graph", "embedded", "--data-dir", ".creatorgraph"]
    )
    assert plan(clone, "run", "SERVE=0", "DATA_DIR=/srv/elsewhere").splitlines()[-1].split() == (
        [".venv/bin/creatorgraph", "demo", "--graph", "embedded", "--data-dir", "/srv/elsewhere", "--no-serve"]
    )


def test_run_on_neo4j_installs_it_first(clone: Path) -> None:
    commands = plan(clone, "run", "GRAPH=neo4j")
    install, jars, demo = (
        commands.index(text)
        for text in ("-r requirements/services.txt", "creatorgraph neo4j install", "demo --graph neo4j")
    )
    assert install < jars < demo


def test_test_installs_what_the_whole_suite_needs(clone: Path) -> None:
    commands = plan(clone, "test")
    lock, console, jars, suite = (
        commands.index(text)
        for text in ("-r requirements/dev.txt", "run build", "creatorgraph neo4j install", ".venv/bin/pytest -n")
    )
    assert lock < console < jars < suite


def test_check_has_lint_format_types_contracts_and_licences(clone: Path) -> None:
    commands = plan(clone, "check")
    for command in ("ruff check", "ruff format --check", "mypy", "lint-imports", "requirements.licence"):
        assert f".venv/bin/{command}" in commands or f"-m {command}" in commands, command
    assert "--no-audit --no-fund run check" in commands


def test_clean_removes_nothing_outside_the_repository(clone: Path) -> None:
    (removal,) = (
        line for line in plan(clone, "clean", "DATA_DIR=/srv/precious").splitlines() if line.startswith("rm -rf")
    )
    assert ".creatorgraph" in removal
    assert "/srv/precious" not in removal


def test_an_old_python_is_refused_with_the_mend(clone: Path) -> None:
    old = clone / "old-python"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    done = subprocess.run(["make", "run", f"PYTHON={old}"], cwd=clone, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "needs Python 3.11 or newer" in done.stderr
    assert not (clone / ".venv").exists()


def test_ci_runs_the_readmes_commands(root: Path) -> None:
    script = root / ".ci" / "run"
    assert os.access(script, os.X_OK)
    lines = script.read_text(encoding="utf-8").splitlines()
    assert "set -euo pipefail" in lines
    for command in ("make check", "make test", "make test-sentence-transformers"):
        assert command in lines
    subprocess.run(["bash", "-n", script], check=True)
