"""Fetches the locked jars at set-up, checks each, and writes the lock for maintainers."""

import argparse
import hashlib
import shutil
import sys
import tempfile
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import TYPE_CHECKING

from creatorgraph.domain.error import DamagedError, UnavailableError
from creatorgraph.domain.progress import Progress, Silent
from creatorgraph.graph.neo4j.extra import require_extra
from creatorgraph.graph.neo4j.local.jar import INSTALL_COMMAND, LOCK, Jar, jar_folder, read_lock, unverified

if TYPE_CHECKING:
    from jgo.maven import MavenContext

NEO4J_VERSION = "2026.05.0"
GDS_VERSION = "2.26.0"
COORDINATES = (
    f"org.neo4j:neo4j:{NEO4J_VERSION}",
    f"org.neo4j.gds:proc:{GDS_VERSION}",
    f"org.neo4j.gds:opengds-extension:{GDS_VERSION}",
)
DOWNLOADS_AT_ONCE = 8
TIMEOUT_SECONDS = 30


def install_jars(folder: Path | None = None, *, lock: Path = LOCK, progress: Progress = Silent()) -> int:
    """Makes `folder` (None: `jar_folder()`) hold every jar of the lock; returns how many had to be fetched.

    Jars that are there and match stay; a jar enters the folder only once its SHA-256 is right, by a rename, so that a
    killed run goes on where it was. Jars that the lock no longer names are removed.

    Raises:
        DamagedError: what was fetched is not what the lock names.
        UnavailableError: a jar cannot be fetched, or the extra is not installed.
    """
    folder = folder or jar_folder()
    jars = read_lock(lock)
    wanted = unverified(jars, folder)
    _drop_unlocked(jars, folder)
    if not wanted:
        return 0
    require_extra("jgo")
    progress.stage("Fetching the jars of Neo4j", len(wanted))
    for name in ("lib", "plugin"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="incoming-", dir=folder) as incoming:
        maven = _maven(Path(incoming))
        with ThreadPoolExecutor(DOWNLOADS_AT_ONCE) as pool:
            futures = [pool.submit(_fetch, maven, jar, folder) for jar in wanted]
            _collect(futures, pool, progress)
    return len(wanted)


def write_lock(lock: Path = LOCK, *, coordinates: Iterable[str] = COORDINATES) -> int:
    """Resolves the coordinates anew and writes the lock, without addresses; returns the number of jars. For maintainers."""
    import jgo

    with tempfile.TemporaryDirectory() as scratch:
        environment = jgo.build("+".join(coordinates), cache_dir=Path(scratch))
        paths = {path.name: path for path in map(Path, environment.all_jars)}
        lines = []
        for artifact in jgo.resolve("+".join(coordinates)):
            path = paths.pop(artifact.filename, None)
            if path is None:
                continue
            parts = (artifact.groupId, artifact.artifactId, artifact.version, artifact.classifier)
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            lines.append(f"{':'.join(p for p in parts if p)} sha256={digest} size={path.stat().st_size}")
    if paths:
        raise DamagedError(f"no coordinates were resolved for {', '.join(sorted(paths))}", where=str(lock))
    head = "# The jars of the local Neo4j. Written by `python -m creatorgraph.graph.neo4j.local.install --lock`.\n"
    lock.write_text(head + "".join(f"{line}\n" for line in sorted(lines)))
    return len(lines)


def _maven(repository: Path) -> "MavenContext":
    """jgo looks only into its own empty repository, so that nothing unchecked on the machine is taken for a jar."""
    from jgo.maven import MavenContext

    return MavenContext(repo_cache=repository, timeout=TIMEOUT_SECONDS)


def _fetch(maven: "MavenContext", jar: Jar, folder: Path) -> None:
    import requests

    artifact = maven.project(jar.group, jar.artifact).at_version(jar.version).artifact(jar.classifier, "jar")
    try:
        fetched = Path(artifact.resolve())
    except (requests.RequestException, RuntimeError, OSError) as error:
        raise UnavailableError(
            f"{jar.coordinates} could not be fetched ({type(error).__name__})",
            mend=f"Look at the network, then run `{INSTALL_COMMAND}` again: it goes on where it stopped.",
        ) from error
    with fetched.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    if digest != jar.sha256:
        raise DamagedError(
            f"what was fetched as {jar.coordinates} does not match its SHA-256",
            where=jar.file_name,
            mend="Do not use this source of jars: its files are not the ones that were locked.",
        )
    fetched.replace(folder / jar.place)


def _collect(futures: list[Future[None]], pool: ThreadPoolExecutor, progress: Progress) -> None:
    try:
        for future in as_completed(futures):
            future.result()
            progress.advance()
    except BaseException:
        pool.shutdown(wait=True, cancel_futures=True)
        raise


def _drop_unlocked(jars: tuple[Jar, ...], folder: Path) -> None:
    """A jar of an older lock beside the new one would put two versions on the class path."""
    locked = {jar.place for jar in jars}
    for name in ("lib", "plugin"):
        for path in (folder / name).glob("*.jar"):
            if path.relative_to(folder) not in locked:
                path.unlink(missing_ok=True)
    for left_over in folder.glob("incoming-*"):
        shutil.rmtree(left_over, ignore_errors=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Fetch the locked jars of the local Neo4j.")
    parser.add_argument("--lock", action="store_true", help="resolve anew and write the lock (for maintainers)")
    sys.stdout.write(f"{write_lock() if parser.parse_args().lock else install_jars()} jars\n")
