"""A run of the resolver that kills itself, as the tests of kills start it: killed_run.py WHEN STEPS stored|files FILE OUT."""

import os
import signal
import sys
from pathlib import Path

from creatorgraph.bootstrap import open_encoder, open_engines
from creatorgraph.config import Settings
from creatorgraph.resolution.option import ResolveOptions
from creatorgraph.services.resolve import resolve_all
from creatorgraph.services.resolve_file import resolve_files


class Deadly:
    """SIGKILL at the given number of steps into a stage of the progress; none is the stage's begin."""

    def __init__(self, stage: str, steps: int) -> None:
        self._stage, self._left = stage, steps
        self._now = ""

    def stage(self, name: str, total: int | None = None) -> None:
        self._now = name
        self._fall(0)

    def advance(self, steps: int = 1) -> None:
        self._fall(1)

    def _fall(self, steps: int) -> None:
        if self._now != self._stage:
            return
        self._left -= steps
        if self._left <= 0:
            os.kill(os.getpid(), signal.SIGKILL)


def main() -> None:
    when, steps, path, file, out = sys.argv[1:]
    settings, progress = Settings(), Deadly(when, int(steps))
    if path == "stored":
        resolve_all(open_engines(settings), progress)
    else:
        resolve_files(
            [Path(file)],
            Path(out),
            encoder=lambda: open_encoder(settings),
            options=ResolveOptions(),
            encode_limit=settings.encode_limit,
            progress=progress,
        )


if __name__ == "__main__":
    main()
