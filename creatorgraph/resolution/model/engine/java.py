"""Finds the Java that Spark needs. The runtime of the extra `neo4j` will not do: it lacks modules that Spark loads."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from creatorgraph.domain.error import UnavailableError

VERSIONS = (17, 21)
"""Major versions that Spark 4 is released for (Spark's documentation, "Downloading")."""
MODULE = "jdk.incubator.vector"
"""Spark's launcher opens it; a runtime that was cut down does not have it, and then Spark does not start."""
_MEND = (
    "Install a full Java 17 or 21 (Debian, Ubuntu: `apt-get install openjdk-17-jre-headless`; "
    "Red Hat: `dnf install java-17-openjdk-headless`), or set JAVA_HOME to one, or leave the engine at duckdb."
)
_SECONDS = 60


def require_java() -> int:
    """The major version of the Java that Spark will start: JAVA_HOME's, else the first on PATH.

    Raises:
        UnavailableError: there is none, it is of another version, or it is a runtime without all modules.
    """
    home = os.environ.get("JAVA_HOME")
    java = shutil.which("java", path=str(Path(home) / "bin")) if home else shutil.which("java")
    where = "JAVA_HOME" if home else "PATH"
    if java is None:
        raise UnavailableError("Spark needs Java, and there is none", where=where, mend=_MEND)
    version = _major(java)
    if version not in VERSIONS:
        found = f"Java {version}" if version else "one that does not say its version"
        raise UnavailableError(f"Spark needs Java 17 or 21, and this is {found}", where=java, mend=_MEND)
    if _asked(java, "--add-modules", MODULE, "-version").returncode:
        raise UnavailableError(f"this Java lacks the module {MODULE}, which Spark loads", where=java, mend=_MEND)
    return version


def _major(java: str) -> int | None:
    found = re.search(r'version "(\d+)', _asked(java, "-version").stderr)
    return int(found[1]) if found else None


def _asked(*command: str) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired) as error:
        raise UnavailableError("this Java does not run", where=command[0], mend=_MEND) from error
