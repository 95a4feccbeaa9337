"""`creatorgraph doctor` finds what is wrong and names the command that mends it."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from creatorgraph.cli.console import WIDTH_OF_FILES
from creatorgraph.store.database import Database
from creatorgraph.store.embedded import is_running
from tests.integration.cli.conftest import Cli


def test_nothing_set_up_is_no_fault_and_is_left_alone(tmp_path: Path) -> None:
    cli = Cli(data_dir=tmp_path / "none", environment={"CREATORGRAPH_DATA_DIR": str(tmp_path / "none")})

    result = cli("doctor")

    assert result.exit_code == 0, result.output
    assert "not set up yet" in result.stdout
    assert "creatorgraph demo" in result.stdout
    assert not (tmp_path / "none").exists()
    assert all(line == line.rstrip() and len(line) <= WIDTH_OF_FILES for line in result.stdout.splitlines())


def test_everything_there(resolved: Cli) -> None:
    result = resolved("doctor", "--json")

    report = json.loads(result.stdout)
    states = {each["name"]: each["state"] for each in report["findings"]}
    assert (result.exit_code, report["healthy"]) == (0, True), report
    assert [states[name] for name in ("PostgreSQL", "graph", "outbox", "vector index")] == ["ok"] * 4


def test_old_schema_is_mended_by_the_command_that_it_names(postgres_url: str, cli: Cli, database: Database) -> None:
    with database.transaction() as connection:
        connection.execute(sa.text("DROP SCHEMA public CASCADE"))
        connection.execute(sa.text("CREATE SCHEMA public"))

    before = cli("doctor")
    mended = cli("doctor", "--migrate")

    assert before.exit_code == 1
    assert "creatorgraph doctor --migrate" in before.stdout
    assert mended.exit_code == 0, mended.output


def test_database_that_is_down(cli: Cli) -> None:
    nowhere = {**cli.environment, "CREATORGRAPH_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}

    result = Cli(data_dir=cli.data_dir, environment=nowhere)("doctor")

    assert result.exit_code == 1
    assert "down" in result.stdout


@pytest.mark.parametrize("url", ["redis://127.0.0.1:1", "no url"])
def test_redis_that_is_down(cli: Cli, url: str) -> None:
    result = Cli(data_dir=cli.data_dir, environment={**cli.environment, "CREATORGRAPH_REDIS_URL": url})("doctor")

    assert result.exit_code == 1
    assert "CREATORGRAPH_REDIS_URL" in result.stdout


def test_stop_ends_a_server_whose_user_was_killed(tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    start = "import os, pathlib, signal; from creatorgraph.store.embedded import start_embedded; "
    start += f"start_embedded(pathlib.Path({str(data_dir)!r})); os.kill(os.getpid(), signal.SIGKILL)"
    killed = subprocess.run([sys.executable, "-c", start], check=False, env=dict(os.environ))
    assert killed.returncode == -signal.SIGKILL
    assert is_running(data_dir)
    cli = Cli(data_dir=data_dir, environment={"CREATORGRAPH_DATA_DIR": str(data_dir)})

    result = cli("doctor", "--stop")

    assert result.exit_code == 0, result.output
    assert "PostgreSQL: stopped." in result.stdout
    assert not is_running(data_dir)
    assert "PostgreSQL: was not running." in cli("doctor", "--stop").stdout
