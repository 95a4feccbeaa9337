"""Work that is done again and again in a thread of its own, less often while it fails."""

import threading
from abc import ABC, abstractmethod
from typing import Self

SECONDS_BETWEEN = 1.0
SECONDS_AT_MOST = 30.0
"""Between two passes while something is down, and what ending may take."""


class PassLoop(ABC):
    """Makes passes until the block ends. One that is under way then gets SECONDS_AT_MOST: whoever comes next does the rest."""

    def __init__(self, name: str, *, every: float) -> None:
        self._every = every
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join(timeout=SECONDS_AT_MOST)

    @abstractmethod
    def _pass(self, *, quiet: bool) -> bool:
        """Whether something failed; it raises nothing. `quiet`: the pass before has failed and has said so."""

    def _run(self) -> None:
        wait, failing = self._every, False
        while True:
            failing = self._pass(quiet=failing)
            wait = min(wait * 2, SECONDS_AT_MOST) if failing else self._every
            if self._stop.wait(wait):
                return
