"""What an install takes: bytes on disk and bytes to download.

uv does not report bytes. So the download is the sum of the sizes of the locked files, as `make lock` measured them
on Linux x86-64 with Python 3.11 (download_size.csv), and not of what this machine happened to have cached.

    python -m requirements.size [LOCK]          prints both for one lock (default: run.txt)
    python -m requirements.size --measure DIR   writes download_size.csv from a folder of downloaded wheels
"""

import argparse
import csv
import hashlib
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.utils import parse_wheel_filename

from requirements.lock import FOLDER, Pin, read_lock

TABLE = FOLDER / "download_size.csv"
COLUMNS = ("distribution", "version", "bytes", "sha256")
INSTALLER = FOLDER / "uv.txt"
"""uv itself is downloaded too, so it counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """The cost of one lock on this machine, in bytes. `unknown` names what the table has no size for."""

    lock: str
    distributions: int
    on_disk: int
    download: int
    environment: int
    unknown: tuple[str, ...]

    def __str__(self) -> str:
        line = (
            f"install of {self.lock}: {self.distributions} distributions, {megabytes(self.on_disk)} on disk, "
            f"{megabytes(self.download)} to download; the whole environment holds {megabytes(self.environment)}"
        )
        return f"{line} (download size not known: {', '.join(self.unknown)})" if self.unknown else line


def megabytes(count: int) -> str:
    return f"{count / 1e6:,.0f} MB"


def measure_lock(path: Path) -> Size:
    """The size of what `path` (and uv.txt) put into the running environment."""
    pins = (*read_lock(path), *read_lock(INSTALLER))
    sizes = read_table(TABLE)
    known = {pin: sizes[pin.name, pin.version] for pin in pins if (pin.name, pin.version) in sizes}
    return Size(
        lock=path.name,
        distributions=len(pins),
        on_disk=sum(size_on_disk(found) for found in map(_installed, pins) if found is not None),
        download=sum(known.values()),
        environment=folder_size(Path(sys.prefix)),
        unknown=tuple(pin.name for pin in pins if pin not in known),
    )


def _installed(pin: Pin) -> Distribution | None:
    try:
        return distribution(pin.name)
    except PackageNotFoundError:
        return None


def size_on_disk(found: Distribution) -> int:
    """Bytes of the files that the distribution recorded, with the bytecode that Python made of them since."""
    paths: set[Path] = set()
    for file in found.files or ():
        path = Path(str(found.locate_file(file)))
        paths.add(path)
        if path.suffix == ".py":
            paths.update((path.parent / "__pycache__").glob(f"{path.stem}.*.pyc"))
    return sum(path.stat().st_size for path in paths if path.is_file())


def folder_size(folder: Path) -> int:
    """Bytes of the regular files below `folder`; links are not followed."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def read_table(path: Path) -> dict[tuple[str, str], int]:
    """(distribution, version) -> bytes of its wheel."""
    with path.open(encoding="utf-8", newline="") as file:
        return {(row["distribution"], row["version"]): int(row["bytes"]) for row in csv.DictReader(file)}


def measure_wheels(wheels: Iterable[Path]) -> list[tuple[str, str, int, str]]:
    """The rows of the table for downloaded wheels, sorted by name."""
    rows = []
    for wheel in wheels:
        name, version, _, _ = parse_wheel_filename(wheel.name)
        content = wheel.read_bytes()
        rows.append((str(name), str(version), len(content), hashlib.sha256(content).hexdigest()))
    return sorted(rows)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m requirements.size", description="What an install takes.")
    parser.add_argument("lock", nargs="?", type=Path, default=FOLDER / "run.txt")
    parser.add_argument("--measure", metavar="DIR", type=Path, help="write download_size.csv from the wheels in DIR")
    options = parser.parse_args(arguments)
    if options.measure is None:
        sys.stdout.write(f"{measure_lock(options.lock)}\n")
        return
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(COLUMNS)
        table.writerows(measure_wheels(options.measure.glob("*.whl")))


if __name__ == "__main__":
    main()
