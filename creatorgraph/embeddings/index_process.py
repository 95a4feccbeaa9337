"""Rebuilds an index in a process of its own, so that neither its threads nor its interpreter lock slow a search.

python -m creatorgraph.embeddings.index_process FOLDER SETTINGS(JSON)
"""

import contextlib
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import orjson

from creatorgraph.domain.error import CreatorgraphError
from creatorgraph.embeddings.index_manifest import Manifest
from creatorgraph.embeddings.index_option import IndexOptions
from creatorgraph.embeddings.index_rebuild import rebuild
from creatorgraph.embeddings.index_structure import use_threads

_LOWEST = 19
_MODULE = "creatorgraph.embeddings.index_process"


def start_rebuild(folder: Path, base: Manifest, options: IndexOptions) -> subprocess.Popen[bytes]:
    """Starts it and does not wait. Killed or failed, it leaves the index as it was; the next one begins anew."""
    said = orjson.dumps({"encoder": base.encoder, "dimensions": base.dimensions, "options": asdict(options)})
    return subprocess.Popen(  # noqa: S603 - our own interpreter and module
        [sys.executable, "-m", _MODULE, str(folder.absolute()), said.decode()],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        # a thread that waits in a loop for the other takes the time of those who search
        env={**os.environ, "OMP_WAIT_POLICY": "passive"},
    )


def give_way() -> None:
    """From now on this process has the processor time that nobody else wants. For good: no process may raise itself again.

    As idle work, where the system knows it, it never keeps a waking thread of others waiting, which the lowest priority may
    for some milliseconds. Not for a process that also serves: its searches would wait for the interpreter lock.
    """
    os.nice(_LOWEST)
    if hasattr(os, "SCHED_IDLE"):
        # a container may forbid the call
        with contextlib.suppress(OSError):
            os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))


def main() -> int:
    """0 when it is rebuilt or there was nothing to do, 1 when it failed, with a line that says why."""
    give_way()
    use_threads(max(1, (os.cpu_count() or 1) // 2))
    given = orjson.loads(sys.argv[2])
    base = Manifest.empty(encoder=given["encoder"], dimensions=given["dimensions"])
    try:
        rebuild(Path(sys.argv[1]), base, IndexOptions(**given["options"]))
    except CreatorgraphError as error:
        sys.stderr.write(f"the vector index was not rebuilt: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
