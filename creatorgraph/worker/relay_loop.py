"""Arrivals and the relay inside the API's process, so that one process is enough where no worker runs."""

import logging
from contextlib import suppress

from creatorgraph.domain.error import CreatorgraphError, UnavailableError
from creatorgraph.services.arrival.match import Matching
from creatorgraph.services.arrival.service import Arrivals
from creatorgraph.services.engines import Engines
from creatorgraph.services.erasure import carry_out_erasures
from creatorgraph.services.private.matching import match_waiting
from creatorgraph.services.relay import relay
from creatorgraph.worker.pass_loop import SECONDS_BETWEEN, PassLoop

log = logging.getLogger(__name__)


class RelayLoop(PassLoop):
    """Resolves whoever has arrived, erases whoever asked for it and relays, again and again until the block ends.

    A worker at the same time does no harm: they take turns.
    """

    def __init__(self, engines: Engines, *, every: float = SECONDS_BETWEEN) -> None:
        super().__init__("relay", every=every)
        self._engines = engines
        self._arrivals = Arrivals(engines)
        self._matching = Matching(engines)

    def _match_private(self) -> None:
        # where nothing was resolved yet there is nothing to match with, and nothing amiss
        with suppress(UnavailableError):
            match_waiting(self._engines, self._matching)

    def _pass(self, *, quiet: bool) -> bool:
        """Whether something failed; said once, not at every try."""
        try:
            self._arrivals.resolve_all_waiting()
            carry_out_erasures(self._engines, arrivals=self._arrivals)
            failures = list(relay(self._engines).failures.values())
            self._match_private()
        except CreatorgraphError as error:
            failures = [str(error)]
        except Exception:
            # a fault of ours must not end the loop: the outbox would grow unseen
            log.exception("The relay failed and will be tried again")
            return True
        if failures and not quiet:
            log.warning("The relay waits and will be tried again: %s", "; ".join(failures))
        return bool(failures)
