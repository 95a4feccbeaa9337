"""Reads a lock file: which distributions, at which version, this machine takes from it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """One distribution of a lock; `name` is in the canonical form (lower case, dashes)."""

    name: str
    version: str
    hashes: frozenset[str]


def read_lock(path: Path) -> tuple[Pin, ...]:
    """The pins whose markers hold on this Python and platform.

    Raises:
        ValueError: an entry has no exact version or no hash.
    """
    return tuple(
        pin for requirement, pin in read_all(path) if requirement.marker is None or requirement.marker.evaluate()
    )


def read_all(path: Path) -> Iterator[tuple[Requirement, Pin]]:
    """Every entry of the lock, for all Pythons and platforms."""
    for entry in path.read_text(encoding="utf-8").replace("\\\n", " ").splitlines():
        if not entry.strip() or entry.startswith("#"):
            continue
        head, *options = entry.split(" --hash=")
        requirement = Requirement(head.strip())
        (specifier, *others) = requirement.specifier
        if specifier.operator != "==" or others or not options:
            raise ValueError(f"{path.name}: {requirement.name} has no exact version with hashes")
        hashes = frozenset(option.strip() for option in options)
        yield requirement, Pin(name=canonicalize_name(requirement.name), version=specifier.version, hashes=hashes)
