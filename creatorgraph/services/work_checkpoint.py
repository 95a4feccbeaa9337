"""The resolver's checkpoints in a work folder: one file of arrays per stage, whole or not used."""

import hashlib
from contextlib import suppress
from functools import cache
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from creatorgraph.resolution.checkpoint import Kept
from creatorgraph.services.work_folder import WorkFolder

_CODE = ("creatorgraph.domain", "creatorgraph.resolution")
_LIBRARIES = ("creatorgraph", "numpy", "scipy", "pyarrow", "rapidfuzz", "faiss-cpu", "anyascii")


@cache
def code_version() -> str:
    """A digest of the code that finds candidates and patterns: its sources and what they compute with.

    The version number alone would do for releases, but whoever changes a signal and runs again must not get the old one's
    levels.
    """
    digest = hashlib.sha256("\0".join(f"{name} {version(name)}" for name in _LIBRARIES).encode())
    for package in _CODE:
        folder = Path(import_module(package).__path__[0])
        for source in sorted(folder.rglob("*.py")):
            digest.update(f"\0{source.relative_to(folder)}\0".encode())
            digest.update(source.read_bytes())
    return digest.hexdigest()


class WorkCheckpoint:
    """Keeps stages in `work`; fits creatorgraph.resolution.checkpoint.Checkpoint.

    A stage is used with the same key and code only, and only where its file is what was written. Where one cannot be
    written, a full disk most often, the run goes on without it and `warnings` say so: what was found is not lost because
    its copy is.
    """

    def __init__(self, work: WorkFolder) -> None:
        self._work = work
        self.warnings: tuple[str, ...] = ()

    def load(self, stage: str, key: str) -> Kept | None:
        told = self._work.finished(stage, _settings(key))
        if told is None:
            return None
        file = self._file(stage)
        try:
            if _digest(file) != told["digest"]:
                return None
            with np.load(file, allow_pickle=False) as held:
                return Kept(arrays={name: held[name] for name in held.files}, facts=told["told"])
        except OSError:
            return None

    def save(self, stage: str, key: str, kept: Kept) -> None:
        file = self._file(stage)
        try:
            self._work.begin(stage, [file])
            file.touch(mode=0o600)
            arrays: dict[str, Any] = dict(kept.arrays)
            with file.open("wb") as target:
                np.savez(target, allow_pickle=False, **arrays)
            self._work.finish(stage, [file], settings=_settings(key), digest=_digest(file), told=dict(kept.facts))
        except OSError as error:
            # what is half written may be what fills the disk
            with suppress(OSError):
                self._work.begin(stage, [file])
            why = f"the stage '{stage}' could not be kept ({error.strerror}): were this run killed, it would be done again"
            self.warnings = (*self.warnings, why)

    def _file(self, stage: str) -> Path:
        return self._work.file(f"{stage}.npz")


def _settings(key: str) -> str:
    return f"{key} {code_version()}"


def _digest(file: Path) -> str:
    with file.open("rb") as held:
        return hashlib.file_digest(held, "sha256").hexdigest()
