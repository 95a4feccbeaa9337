"""The jars that the local Neo4j is made of: the committed lock, and the folder that must match it."""

import hashlib
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from creatorgraph.domain.error import DamagedError, UnavailableError

LOCK = Path(__file__).with_name("jar.lock")
INSTALL_COMMAND = "creatorgraph neo4j install"
PLUGIN_GROUP = "org.neo4j.gds"
"""Neo4j loads procedures from jars in its plugin folder only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Jar:
    """One line of the lock: Maven coordinates, SHA-256 in hex, size in bytes."""

    group: str
    artifact: str
    version: str
    classifier: str
    sha256: str
    size: int

    @property
    def coordinates(self) -> str:
        return ":".join(part for part in (self.group, self.artifact, self.version, self.classifier) if part)

    @property
    def file_name(self) -> str:
        return "-".join(part for part in (self.artifact, self.version, self.classifier) if part) + ".jar"

    @property
    def place(self) -> Path:
        """Where it lies in the folder of jars."""
        return Path("plugin" if self.group == PLUGIN_GROUP else "lib") / self.file_name


def jar_folder() -> Path:
    """Where jars are kept for every data folder of this user: CREATORGRAPH_NEO4J_JARS, else below the user's cache."""
    chosen = os.environ.get("CREATORGRAPH_NEO4J_JARS")
    if chosen:
        return Path(chosen).expanduser()
    cache = os.environ.get("XDG_CACHE_HOME")
    return (Path(cache) if cache else Path.home() / ".cache") / "creatorgraph" / "neo4j-jars"


def read_lock(path: Path = LOCK) -> tuple[Jar, ...]:
    """The jars of a lock file: lines of `group:artifact:version[:classifier] sha256=hex size=bytes`, `#` for comments.

    Raises:
        DamagedError: a line has another form, or two jars would share a file name.
    """
    jars: dict[Path, Jar] = {}
    for number, line in enumerate(path.read_text().splitlines(), start=1):
        if not line or line.startswith("#"):
            continue
        try:
            coordinates, digest, size = line.split(" ")
            group, artifact, version, *rest = coordinates.split(":")
            jar = Jar(
                group=group,
                artifact=artifact,
                version=version,
                classifier=":".join(rest),
                sha256=digest.removeprefix("sha256="),
                size=int(size.removeprefix("size=")),
            )
            bytes.fromhex(jar.sha256)
        except ValueError as error:
            raise _lock_fault(path, number, "this line is not `coordinates sha256=hex size=bytes`") from error
        if len(jar.sha256) != 64 or "/" in coordinates or jar.place in jars:
            raise _lock_fault(path, number, f"{coordinates} is malformed or listed twice")
        jars[jar.place] = jar
    return tuple(jars.values())


def verified(jar: Jar, folder: Path) -> bool:
    """Whether the jar lies in `folder`, byte for byte as locked."""
    path = folder / jar.place
    try:
        if path.stat().st_size != jar.size:
            return False
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest() == jar.sha256
    except FileNotFoundError:
        return False


def unverified(jars: tuple[Jar, ...], folder: Path) -> list[Jar]:
    """Those that are missing or differ. Hashing releases the interpreter lock, so threads share the work."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return [
            jar for jar, good in zip(jars, pool.map(lambda jar: verified(jar, folder), jars), strict=True) if not good
        ]


def require_jars(folder: Path, lock: Path = LOCK) -> tuple[Path, ...]:
    """The paths of every jar, each checked against the lock now.

    Raises:
        UnavailableError: jars are missing.
        DamagedError: a jar's bytes are not those of the lock.
    """
    jars = read_lock(lock)
    bad = unverified(jars, folder)
    for jar in bad:
        if (folder / jar.place).exists():
            raise DamagedError(
                f"{jar.coordinates} does not match its SHA-256",
                where=str(folder / jar.place),
                mend=f"Run `{INSTALL_COMMAND}` to fetch it again.",
            )
    if bad:
        raise UnavailableError(
            f"{len(bad)} of the {len(jars)} jars of Neo4j are not installed",
            where=str(folder),
            mend=f"Run `{INSTALL_COMMAND}`.",
        )
    return tuple(folder / jar.place for jar in jars)


def _lock_fault(path: Path, line: int, what: str) -> DamagedError:
    return DamagedError(what, where=f"{path}:{line}", mend="Restore the lock file from the repository.")
