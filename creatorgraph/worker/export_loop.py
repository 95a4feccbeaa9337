"""Exports inside the API's process, so that one process is enough where no worker runs."""

import logging
import threading
import time
from typing import Self

from creatorgraph.domain.error import CreatorgraphError
from creatorgraph.services.engines import Engines
from creatorgraph.services.export_job.work import sweep_exports, work_on_exports

log = logging.getLogger(__name__)

SECONDS_BETWEEN = 1.0
SECONDS_AT_MOST = 30.0
"""Between two tries while PostgreSQL is down, and to wait for a slice when the block ends."""
SWEEP_SECONDS = 3600.0


class ExportLoop:
    """Writes what tenants have ordered, and lets go of what is over, until the block ends.

    A thread of its own beside the relay's: nobody's change waits for an export. A worker at the same time does no harm.
    """

    def __init__(self, engines: Engines, *, every: float = SECONDS_BETWEEN) -> None:
        self._engines = engines
        self._every = every
        self._swept: float | None = None
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="export", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        # a slice that is cut off is written again by whoever comes next
        self._thread.join(timeout=SECONDS_AT_MOST)

    def _run(self) -> None:
        wait, failing = self._every, False
        while True:
            failed = self._pass(quiet=failing)
            failing = failed
            wait = min(wait * 2, SECONDS_AT_MOST) if failed else self._every
            if self._stop.wait(wait):
                return

    def _pass(self, *, quiet: bool) -> bool:
        """Whether something failed; said once, not at every try."""
        try:
            while not self._stop.is_set() and work_on_exports(self._engines, slices=1):
                pass
            if self._swept is None or time.monotonic() - self._swept > SWEEP_SECONDS:
                sweep_exports(self._engines)
                self._swept = time.monotonic()
        except CreatorgraphError as error:
            if not quiet:
                log.warning("Exports wait and will be tried again: %s", error)
            return True
        except Exception:
            # a fault of ours must not end the loop: whoever has ordered would wait for ever
            log.exception("Exports have failed and will be tried again")
            return True
        return False
