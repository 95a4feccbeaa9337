"""Engines without indexes over a fresh database, and brokers on its queue."""

import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from dramatiq import Broker

from creatorgraph.config import Settings
from creatorgraph.store.database import Database
from creatorgraph.worker.broker import open_broker, prepare_queue


@pytest.fixture
def broker(database: Database, tmp_path: Path) -> Iterator[Broker]:
    """dramatiq-pg on dramatiq 2, its tables made."""
    settings = Settings(data_dir=tmp_path)
    prepare_queue(settings, database)
    opened = open_broker(settings, _url(database))
    yield opened
    opened.close()
    opened.pool.closeall()  # type: ignore[attr-defined]  # dramatiq-pg leaves its connections open


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real Redis on a free port of the loopback, gone after the session."""
    executable = shutil.which("redis-server")
    if executable is None:
        pytest.skip("no redis-server on PATH")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    server = subprocess.Popen(
        [executable, *options, "--dir", str(tmp_path_factory.mktemp("redis"))], stdout=subprocess.PIPE, text=True
    )
    assert server.stdout is not None
    for line in server.stdout:
        if "Ready to accept connections" in line:
            break
    yield f"redis://127.0.0.1:{port}/0"
    server.terminate()
    server.communicate()


def _url(database: Database) -> str:
    return database.engine.url.render_as_string(hide_password=False)
