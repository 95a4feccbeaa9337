"""`creatorgraph serve` as people run it: a process, a port, a signal."""

import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from creatorgraph.services.relay import CONSUMERS
from creatorgraph.store.database import Database
from tests.database_wait import wait_until
from tests.integration.cli.conftest import Cli


@contextmanager
def served(cli: Cli, *options: str) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    process = cli.start("serve", "--port", "0", *options)
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        if not line.startswith("Serving http://127.0.0.1:"):
            pytest.fail(f"it does not serve: {line} {process.communicate()[1]}")
        yield process, line.split()[1].rstrip(".")
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_serves_until_it_is_told_to_stop(resolved: Cli, stop: signal.Signals) -> None:
    with served(resolved) as (process, url):
        answer = httpx.post(url, json={"query": "{ stats { profiles } }"}, timeout=240)
        process.send_signal(stop)
        _, errors = process.communicate()

    assert answer.json()["data"] == {"stats": {"profiles": 120}}
    assert process.returncode == 0
    assert errors.strip() == "Stopped."


def test_relays_what_changes_meanwhile(cli: Cli, database: Database, profiles: Path) -> None:
    with served(cli, "--relay") as (_, _):
        cli("ingest", profiles)
        read = f"(SELECT count(*) FROM outbox_cursor) = {len(CONSUMERS)} AND (SELECT count(*) FROM outbox) = 0"  # noqa: S608
        wait_until(database, read)


def test_port_in_use_is_named(cli: Cli) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = cli("serve", "--port", port)

    assert result.exit_code == 3
    assert f"port {port} is in use" in result.stderr
    assert "--port" in result.stderr


def test_development_profile_stays_on_loopback_unless_told_on_the_command_line(cli: Cli) -> None:
    elsewhere = Cli(data_dir=cli.data_dir, environment={**cli.environment, "CREATORGRAPH_HOST": "192.0.2.1"})

    result = elsewhere("serve", "--port", "0")

    assert result.exit_code == 2
    assert "CREATORGRAPH_PROFILE=production" in result.stderr


def test_database_that_does_not_answer(cli: Cli) -> None:
    nowhere = {**cli.environment, "CREATORGRAPH_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}

    result = Cli(data_dir=cli.data_dir, environment=nowhere)("serve", "--port", "0")

    assert result.exit_code == 3
    assert "PostgreSQL" in result.stderr
    assert "doctor" in result.stderr
