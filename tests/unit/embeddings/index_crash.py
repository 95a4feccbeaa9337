"""A program that test_index_crash.py starts: it saves an index while it is being killed or the disk is full.

    python index_crash.py kill FOLDER       one copy of FOLDER/base for each moment of a save, killed at that moment
    python index_crash.py limit FOLDER      saves FOLDER/base under ever larger limits on the size of a file
    python index_crash.py full FOLDER       the same on a file system of its own with ever more room

Prints a JSON list with one entry for each try.
"""

import json
import os
import resource
import shutil
import signal
import sys
from pathlib import Path
from typing import Any

import numpy as np

from creatorgraph.domain.error import UnavailableError
from creatorgraph.embeddings.encoder import Vectors
from creatorgraph.embeddings.index import VectorIndex
from creatorgraph.embeddings.index_manifest import read_manifest

DIMENSIONS = 16
OLD = {f"id{row}": "old" for row in range(150)}
NEW = {f"id{row}": "new" if row % 2 else "old" for row in range(20, 220)}


def vectors_of(names: list[str], digest: str) -> Vectors:
    """Unit vectors that depend on id and digest alone."""
    rows = [
        np.random.default_rng([int(name[2:]), len(digest), ord(digest[0])]).standard_normal(DIMENSIONS)
        for name in names
    ]
    normalised: Vectors = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    return normalised


def open_index(folder: Path) -> VectorIndex:
    return VectorIndex.open(folder, encoder_name="e", dimensions=DIMENSIONS)


def make_base(folder: Path) -> None:
    """The old state, in two segments one of which has a dead row, so that a save has files of each kind to remove."""
    index = open_index(folder)
    for part in ([*list(OLD)[:120], "id999"], list(OLD)[120:]):
        index.upsert(part, ["old"] * len(part), vectors_of(part, "old"))
        index.save()
    index.remove(["id999"])
    index.save()


def change(index: VectorIndex) -> None:
    """From the old state to the new one."""
    index.remove([name for name in OLD if name not in NEW])
    for digest in ("old", "new"):
        names = [name for name, wanted in NEW.items() if wanted == digest and OLD.get(name) != digest]
        index.upsert(names, [digest] * len(names), vectors_of(names, digest))


def kill_at_each_moment(folder: Path) -> list[Any]:
    for moment in range(1000):
        copy = folder / f"killed-{moment:03}"
        shutil.copytree(folder / "base", copy)
        child = os.fork()
        if not child:
            _kill_at(moment, copy)
            index = open_index(copy)
            change(index)
            index.save()
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if os.WIFEXITED(status):
            return [copy.name, os.WEXITSTATUS(status)]
        assert os.WTERMSIG(status) == signal.SIGKILL
    raise AssertionError("a save has no end")


def _kill_at(moment: int, folder: Path) -> None:
    """kill -9 at the so-manieth time that a file of the folder is opened for writing, renamed or removed."""
    seen = 0

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal seen
        if event not in ("open", "os.rename", "os.remove") or not str(arguments[0]).startswith(f"{folder}/"):
            return
        if event == "open" and not str(arguments[0]).endswith(".part"):
            return
        if seen == moment:
            os.kill(os.getpid(), signal.SIGKILL)
        seen += 1

    sys.addaudithook(hook)


def save_in_each_room(folder: Path, *, limited: bool) -> list[Any]:
    """Tries again with more room until the save succeeds; what was raised, what another process would then see."""
    index = open_index(folder / "base")
    change(index)
    tries: list[Any] = []
    for step in range(1, 1000):
        _give_room(folder, step, limited=limited)
        try:
            index.save()
            error = None
        except UnavailableError as raised:
            error = str(raised)
        _give_room(folder, 10_000, limited=limited)
        manifest = read_manifest(folder / "base")
        named = manifest.names() if manifest else set()
        left = sorted({path.name for path in (folder / "base").iterdir()} - named - {"manifest.json", "writer.lock"})
        serves = index.digests() == NEW and bool(index.search(vectors_of(["id21"], "new"), 1)[0][0].id == "id21")
        seen = dict(open_index(folder / "base").digests())
        tries.append({"error": error, "left": left, "serves": serves, "seen": "old" if seen == OLD else seen == NEW})
        if error is None:
            return tries
    raise AssertionError("no room was enough")


def _give_room(folder: Path, step: int, *, limited: bool) -> None:
    """Room for files of 64 * step bytes, or for `step` pages on the file system."""
    if limited:
        _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (64 * step, hard))
        return
    filler = folder / "filler"
    filler.unlink(missing_ok=True)
    disk = os.statvfs(folder)
    taken = max(0, disk.f_bavail - (step - 1)) * disk.f_bsize
    with filler.open("wb") as handle:
        os.posix_fallocate(handle.fileno(), 0, max(1, taken))


def main() -> None:
    how, folder = sys.argv[1], Path(sys.argv[2])
    make_base(folder / "base")
    tries = kill_at_each_moment(folder) if how == "kill" else save_in_each_room(folder, limited=how == "limit")
    sys.stdout.write(json.dumps(tries))


if __name__ == "__main__":
    main()
