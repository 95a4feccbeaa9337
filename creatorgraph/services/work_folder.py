"""What a long run has finished, so that the same command goes on after a kill."""

import fcntl
import hashlib
import os
import secrets
from collections.abc import Sequence
from contextlib import AbstractContextManager, suppress
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import orjson

from creatorgraph.config import Settings
from creatorgraph.domain.error import InvalidInputError
from creatorgraph.resolution.profile_table import PROFILE_SCHEMA
from creatorgraph.services.whole_file import replace_file

_SAMPLE = 1 << 16
"""Bytes at the start, the middle and the end of a file that are looked at: whole files of gigabytes take too long."""
_KEY_BYTES = 32
_PREFIX = "stage-"


def fingerprint(paths: Sequence[Path]) -> str:
    """A digest of the files (place, size, time of change, parts of the content), this version and its columns."""
    digest = hashlib.sha256(f"{version('creatorgraph')}\0{PROFILE_SCHEMA}".encode())
    for path in paths:
        stat = path.stat()
        digest.update(f"\0{path.resolve()}\0{stat.st_size}\0{stat.st_mtime_ns}\0".encode())
        with path.open("rb") as file:
            for place in (0, stat.st_size // 2, max(0, stat.st_size - _SAMPLE)):
                file.seek(place)
                digest.update(file.read(_SAMPLE))
    return digest.hexdigest()


def work_path(settings: Settings) -> Path:
    """Where the stages of a run over what is stored lie until it is committed."""
    return settings.data_dir / "work"


class WorkFolder(AbstractContextManager["WorkFolder"]):
    """A folder of finished stages of one input; used by one run at a time.

    It is removed at the end (unless others keep something there), and also where the input is at fault, and kept where the
    run was stopped. Contacts lie in it hashed only. Their key is new for each run, so that no result can be matched with
    another's, but a run that goes on has to hash as before: so the key is kept here, for the owner alone (0600), and goes
    with the folder.
    """

    def __init__(self, path: Path, *, inputs: str, wait: bool = False) -> None:
        """What was finished for other `inputs` (a fingerprint) is thrown away.

        Where another run uses the folder, `wait` for its end; else InvalidInputError is raised.
        """
        self.path = path
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._lock = self._locked(wait)
        run = self.file("run.json")
        if not run.exists() or orjson.loads(run.read_bytes()) != {"inputs": inputs}:
            self._clear()
            self._write(run, orjson.dumps({"inputs": inputs}))

    @property
    def key(self) -> bytes:
        """The key that hashes this run's contacts; made where it is asked for first."""
        path = self.file("contact.key")
        if not path.exists():
            self._write(path, secrets.token_bytes(_KEY_BYTES))
        return path.read_bytes()

    def file(self, name: str) -> Path:
        """Where a file of the run lies."""
        return self.path / f"{_PREFIX}{name}"

    def finished(self, stage: str, settings: str = "") -> dict[str, Any] | None:
        """What finish() was told of the stage, None where it has not been finished with these settings."""
        mark = self.file(f"{stage}.done")
        if not mark.exists():
            return None
        told: dict[str, Any] = orjson.loads(mark.read_bytes())
        return told["facts"] if told["settings"] == settings else None

    def begin(self, stage: str, files: Sequence[Path]) -> None:
        """The stage is made anew: its mark goes before its files do, so that none speaks for what is half written."""
        self.file(f"{stage}.done").unlink(missing_ok=True)
        for file in files:
            file.unlink(missing_ok=True)

    def finish(self, stage: str, files: Sequence[Path], *, settings: str = "", **facts: object) -> None:
        """The stage is done; its files are on the disk before the mark that says so."""
        for file in files:
            with file.open("rb") as written:
                os.fsync(written.fileno())
        self._write(self.file(f"{stage}.done"), orjson.dumps({"settings": settings, "facts": facts}))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None or issubclass(kind, InvalidInputError):
            self._clear()
            self.file("lock").unlink(missing_ok=True)
            # others may keep something there, or begin to
            with suppress(OSError):
                self.path.rmdir()
        os.close(self._lock)

    def _locked(self, wait: bool) -> int:
        path = self.file("lock")
        while True:
            try:
                lock = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
            except FileNotFoundError:
                # a run that ended just now took the folder away
                self.path.mkdir(mode=0o700, exist_ok=True)
                continue
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
                # or the file alone
                if os.fstat(lock).st_ino == path.stat().st_ino:
                    return lock
            except FileNotFoundError:
                pass
            except BlockingIOError:
                os.close(lock)
                raise InvalidInputError(
                    "another run is at work in this folder",
                    where=str(self.path),
                    mend="Wait for it, or name another folder with --work.",
                ) from None
            os.close(lock)

    def _clear(self) -> None:
        for path in (*self.path.glob(f"{_PREFIX}*"), *self.path.glob(f".{_PREFIX}*.part")):
            if path != self.file("lock"):
                path.unlink(missing_ok=True)

    def _write(self, path: Path, content: bytes) -> None:
        def write(fresh: Path) -> None:
            fresh.touch(mode=0o600)
            with fresh.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())

        replace_file(path, write)
