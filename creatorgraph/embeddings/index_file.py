"""The index's files on disk: each written whole and checked by size and SHA-256, or not there."""

import contextlib
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fcntl import LOCK_EX, LOCK_NB, LOCK_UN, flock
from io import RawIOBase
from pathlib import Path
from time import sleep

from creatorgraph.domain.error import DamagedError, UnavailableError

REBUILD = "Run `creatorgraph index rebuild`."
_LOCK = "writer.lock"
_REBUILD_LOCK = "rebuild.lock"
_REBUILDING = "rebuild"
_SLICE_BYTES, _PAUSE_SECONDS = 2**18, 0.0005


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRecord:
    """A file as the manifest names it: `sha256` in hex, `bytes` its size."""

    name: str
    sha256: str
    bytes: int

    def renamed(self, name: str) -> "FileRecord":
        return replace(self, name=name)

    def verify(self, folder: Path, *, gently: bool = False) -> Path:
        """Its path. FileNotFoundError when it is gone, DamagedError when it is not what was written.

        `gently` is for a thread beside those that serve: it never works for longer than a third of a millisecond.
        """
        path = folder / self.name
        with path.open("rb", buffering=0) as handle:
            same = os.fstat(handle.fileno()).st_size == self.bytes
            if not same or _digest(handle, _PAUSE_SECONDS if gently else 0) != self.sha256:
                raise DamagedError("this file is not as it was written", where=str(path), mend=REBUILD)
        return path


def _digest(handle: RawIOBase, pause: float) -> str:
    """SHA-256 in hex of what is left to read, with so many seconds' rest after each slice."""
    digest, room = hashlib.sha256(), bytearray(_SLICE_BYTES)
    while size := handle.readinto(room):
        digest.update(memoryview(room)[:size])
        if pause:
            sleep(pause)
    return digest.hexdigest()


def write_file(folder: Path, name: str, write: Callable[[Callable[[bytes], int]], None]) -> FileRecord:
    """Lets `write` send its bytes to a file in `folder`, and returns once they are on disk under `name`.

    A file of that name is replaced at once: readers see the old one or the new one whole. OSError leaves nothing behind.
    """
    path, fresh = folder / name, folder / f".{name}.{os.getpid()}.part"
    digest, size = hashlib.sha256(), 0
    try:
        with fresh.open("wb") as handle:

            def send(data: bytes) -> int:
                nonlocal size
                digest.update(data)
                size += len(data)
                return handle.write(data)

            write(send)
            handle.flush()
            os.fsync(handle.fileno())
        fresh.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise
    sync_folder(folder)
    return FileRecord(name=name, sha256=digest.hexdigest(), bytes=size)


def sync_folder(folder: Path) -> None:
    """Makes renames in the folder survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def one_writer(folder: Path) -> Iterator[None]:
    """Holds the folder's writer lock among processes; the system frees it when a process dies."""
    with (folder / _LOCK).open("ab") as handle:
        flock(handle, LOCK_EX)
        try:
            yield
        finally:
            flock(handle, LOCK_UN)


@contextlib.contextmanager
def one_rebuild(folder: Path) -> Iterator[Path | None]:
    """An empty folder in the index's, for the files of a rebuild; None where another process is at one.

    What a killed one left there goes at the next.
    """
    room = folder / _REBUILDING
    with (folder / _REBUILD_LOCK).open("ab") as handle:
        try:
            flock(handle, LOCK_EX | LOCK_NB)
        except BlockingIOError:
            yield None
            return
        try:
            shutil.rmtree(room, ignore_errors=True)
            room.mkdir()
            yield room
        finally:
            shutil.rmtree(room, ignore_errors=True)
            flock(handle, LOCK_UN)


def remove_others(folder: Path, keep: set[str]) -> None:
    """Removes the index's files that no manifest names any more, those of killed writers among them."""
    for path in folder.iterdir():
        ours = path.name.startswith(("vectors-", "entries-", "dead-")) or path.suffix == ".part"
        if ours and path.name not in keep:
            # Left behind, it costs space, not truth; the next save tries again.
            with contextlib.suppress(OSError):
                path.unlink()


def unwritable(folder: Path, error: OSError) -> UnavailableError:
    """The error of a save that found no room or no right to write."""
    return UnavailableError(
        f"the vector index cannot be written ({error.strerror or error})",
        where=str(folder),
        mend="Make room there and run again; until then the last saved index serves.",
    )
