"""Metering: what partners use, counted in memory and added to the table every few seconds, by one statement for all."""

import asyncio
import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime

from creatorgraph.domain.caller import Caller
from creatorgraph.domain.error import CreatorgraphError
from creatorgraph.domain.tenant import KeyId, TenantId
from creatorgraph.domain.usage import PEOPLE, UsageHour, Use
from creatorgraph.store.database import Database
from creatorgraph.store.write.tenant import add_usage, note_keys_used

FLUSH_SECONDS = 5.0
"""How much at most a process that is killed forgets."""
_LOG = logging.getLogger("creatorgraph.meter")

_Place = tuple[TenantId, str, datetime]


def _now() -> datetime:
    return datetime.now(UTC)


class Meter:
    """The counts of one process. `run` writes them until it is cancelled, and then once more."""

    def __init__(
        self, database: Database, *, seconds: float = FLUSH_SECONDS, now: Callable[[], datetime] = _now
    ) -> None:
        self._database = database
        self._seconds = seconds
        self._now = now
        self._used: dict[_Place, Use] = {}
        self._keys: set[KeyId] = set()
        self._lock = threading.Lock()

    def note(self, caller: Caller, use: Use) -> None:
        """Counts for the caller's tenant; what the operator's people and those without a tenant use is not metered."""
        if caller.tenant_id is None or caller.steward is not None:
            return
        hour = self._now().replace(minute=0, second=0, microsecond=0)
        place = (caller.tenant_id, caller.key_id or PEOPLE, hour)
        with self._lock:
            self._used[place] = self._used.get(place, Use()) + use
            if caller.key_id is not None:
                self._keys.add(caller.key_id)

    async def run(self) -> None:
        try:
            while True:
                await asyncio.sleep(self._seconds)
                await asyncio.to_thread(self.flush)
        finally:
            # cancelled: what is left must not go with the process
            self.flush()

    def flush(self) -> None:
        """Writes what was counted; where PostgreSQL does not answer it is kept for the next time."""
        with self._lock:
            used, keys, self._used, self._keys = self._used, self._keys, {}, set()
        if not used:
            return
        rows = [
            UsageHour(
                tenant_id=tenant,
                source=source,
                hour=hour,
                requests=use.requests,
                refused=use.refused,
                cost=use.cost,
                rows=use.rows,
            )
            # one order for all processes: none waits for another that waits for it
            for (tenant, source, hour), use in sorted(used.items(), key=lambda each: each[0])
        ]
        try:
            with self._database.for_operator() as connection:
                add_usage(connection, rows)
                if keys:
                    note_keys_used(connection, sorted(keys), self._now().date())
        except CreatorgraphError as error:
            _LOG.warning("what was used is kept for later: %s", error)
            with self._lock:
                for place, use in used.items():
                    self._used[place] = self._used.get(place, Use()) + use
                self._keys |= keys
