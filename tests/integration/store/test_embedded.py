"""The server of a data folder, and what a server that was killed leaves there."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from creatorgraph.store.embedded import is_running, shut_down, start_embedded

START_AND_DIE = """
import os, pathlib, signal, sys
from creatorgraph.store.embedded import start_embedded
start_embedded(pathlib.Path(sys.argv[1]))
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def stranger() -> Iterator[subprocess.Popen[bytes]]:
    """A program of somebody else."""
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        yield process
        process.kill()


def test_process_number_of_a_killed_server_that_another_program_has(
    tmp_path: Path, stranger: subprocess.Popen[bytes]
) -> None:
    killed = subprocess.run([sys.executable, "-c", START_AND_DIE, str(tmp_path)], check=False)
    assert killed.returncode == -signal.SIGKILL
    pid_file = tmp_path / "postgres" / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    assert is_running(tmp_path)
    assert shut_down(tmp_path)
    pid_file.write_text("\n".join([str(stranger.pid), *lines[1:], ""]))

    assert not is_running(tmp_path)
    assert not shut_down(tmp_path)
    assert stranger.poll() is None
    url = start_embedded(tmp_path)
    try:
        with psycopg.connect(url.replace("postgresql+psycopg", "postgresql")) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
        assert is_running(tmp_path)
    finally:
        shut_down(tmp_path)
    assert stranger.poll() is None
    assert not is_running(tmp_path)


@pytest.mark.parametrize("text", ["", "no number\n", f"{os.getpid()}\n"], ids=["empty", "words", "another program"])
def test_file_that_names_no_server(tmp_path: Path, text: str) -> None:
    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres" / "postmaster.pid").write_text(text)

    assert not is_running(tmp_path)
    assert not shut_down(tmp_path)
