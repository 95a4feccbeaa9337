"""Files that are written whole or not at all."""

from collections.abc import Callable
from pathlib import Path


def replace_file(path: Path, write: Callable[[Path], object]) -> None:
    """`write` gets a path beside `path`, which then takes its place: a full disk or a kill leaves the old file.

    What a killed run left beside it is written over by the next, so that nothing gathers there.
    """
    fresh = path.with_name(f".{path.name}.part")
    try:
        fresh.unlink(missing_ok=True)
        write(fresh)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
