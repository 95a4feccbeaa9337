"""Exports inside the API's process, so that one process is enough where no worker runs."""

import logging
import time

from creatorgraph.domain.error import CreatorgraphError
from creatorgraph.services.engines import Engines
from creatorgraph.services.export_job.work import sweep_exports, work_on_exports
from creatorgraph.worker.pass_loop import SECONDS_BETWEEN, PassLoop

log = logging.getLogger(__name__)

SWEEP_SECONDS = 3600.0


class ExportLoop(PassLoop):
    """Writes what tenants have ordered, and lets go of what is over, until the block ends.

    A thread of its own beside the relay's: nobody's change waits for an export. A slice that is cut off is written again.
    A worker at the same time does no harm.
    """

    def __init__(self, engines: Engines, *, every: float = SECONDS_BETWEEN) -> None:
        super().__init__("export", every=every)
        self._engines = engines
        self._swept: float | None = None

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
