"""What the launcher writes down about its server, in the server's home folder."""

import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from creatorgraph.graph.neo4j.local.process import ProcessIdentity

USER = "neo4j"
INITIAL_PASSWORD = "neo4j"  # noqa: S105 - what every new Neo4j has until it is changed, which start() does


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerState:
    """The last server of a home folder; its port is kept for the next one, so that clients find it again."""

    pid: int
    started: int
    port: int

    @property
    def process(self) -> ProcessIdentity:
        return ProcessIdentity(pid=self.pid, started=self.started)

    @property
    def url(self) -> str:
        return f"bolt://127.0.0.1:{self.port}"


def read_state(home: Path) -> ServerState | None:
    try:
        return ServerState(**json.loads((home / "state.json").read_text()))
    except (FileNotFoundError, ValueError, TypeError):
        return None


def write_state(home: Path, state: ServerState) -> None:
    replace_text(home / "state.json", json.dumps(asdict(state)))


def read_password(home: Path) -> str:
    """The password of the server of `home`; made at first use, in a file that only its owner can read."""
    path = home / "password"
    if not path.exists():
        replace_text(path, secrets.token_urlsafe(24))
    return path.read_text()


def replace_text(path: Path, text: str) -> None:
    """Readers see the old text or the new, never half of it; only the owner can read it."""
    fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as stream:
        stream.write(text)
    fresh.replace(path)
