"""A process that writes exports and kills itself, as the test of a kill starts it: export_killed.py BATCHES."""

import os
import signal
import sys

from creatorgraph.bootstrap import open_engines
from creatorgraph.config import Settings
from creatorgraph.services.export_job.work import work_on_exports


class Deadly:
    """SIGKILL once so many batches are written, in the midst of the file that the last one belongs to."""

    def __init__(self, batches: int) -> None:
        self._left = batches

    def stage(self, name: str, total: int | None = None) -> None:
        pass

    def advance(self, steps: int = 1) -> None:
        self._left -= 1
        if self._left <= 0:
            os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    work_on_exports(open_engines(Settings()), Deadly(int(sys.argv[1])))
