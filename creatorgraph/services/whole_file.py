"""Files that are written whole or not at all."""

import secrets
from collections.abc import Callable
from pathlib import Path


def replace_file(path: Path, write: Callable[[Path], object]) -> None:
    """`write` gets a path beside `path`, which then takes its place: a full disk or a kill leaves the old file."""
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        write(fresh)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
