"""Profiles taken in and resolved at once; those that have to wait are resolved as soon as they can be."""

import logging
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import numpy as np
import sqlalchemy as sa

from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.error import UnavailableError
from creatorgraph.domain.profile import ProfileId
from creatorgraph.domain.progress import Progress, Silent
from creatorgraph.services.arrival.engine import ArrivalEngine, open_arrival_engine
from creatorgraph.services.arrival.resolution import resolve_arrivals
from creatorgraph.services.engines import Engines
from creatorgraph.services.identity_change import try_beside_others
from creatorgraph.services.recluster import run_options
from creatorgraph.services.suppression import suppressed
from creatorgraph.store.advisory import lock
from creatorgraph.store.read.arrival import count_waiting, waiting_arrivals
from creatorgraph.store.read.component import memberships_of
from creatorgraph.store.read.posting import stored_posting_model
from creatorgraph.store.write.arrival import dequeue_seen
from creatorgraph.store.write.profile import IncomingProfile, Upserted, upsert_profiles

log = logging.getLogger(__name__)

AT_ONCE = 64
"""Profiles that are resolved together: what a step costs hardly depends on how many there are."""
_TURN = "creatorgraph.arrive"


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """`creators` of those of the profiles that are resolved; the others wait: for the first run over everything, or for the end
    of one that is under way. `upserted` counts what was new and what differed; `erased` were not taken in, because their person
    asked to be erased."""

    upserted: Upserted
    creators: Mapping[ProfileId, CreatorId] = field(default_factory=dict)
    waiting: tuple[ProfileId, ...] = ()
    erased: tuple[ProfileId, ...] = ()


def take_turn(connection: sa.Connection) -> None:
    """One step of arrivals, or of profiles that go, at a time: waits for the one that is under way."""
    lock(connection, _TURN)


class Arrivals:
    """One per process: it keeps the model. Threads may share it; steps take turns, in this process and with others."""

    def __init__(self, engines: Engines) -> None:
        self._engines = engines
        self._engine: ArrivalEngine | None = None
        self._lock = threading.Lock()
        self._complaint = ""

    def take_in(self, incoming: Sequence[IncomingProfile], *, source: str) -> Arrived:
        """Stores the profiles and resolves those that are new or have changed; each id must be there once.

        One transaction for each AT_ONCE: who has an answer is stored and resolved, a kill leaves nothing half done. While a run
        over everything is under way, and where this machine lacks the model, profiles are stored and wait.
        """
        done = [self._take_in(incoming[begin : begin + AT_ONCE], source) for begin in range(0, len(incoming), AT_ONCE)]
        return Arrived(
            upserted=Upserted(
                added=sum(each.upserted.added for each in done),
                changed=sum(each.upserted.changed for each in done),
                unchanged=sum(each.upserted.unchanged for each in done),
            ),
            creators={profile: creator for each in done for profile, creator in each.creators.items()},
            waiting=tuple(profile for each in done for profile in each.waiting),
            erased=tuple(profile for each in done for profile in each.erased),
        )

    def resolve_waiting(self, *, limit: int = AT_ONCE) -> int:
        """Resolves the profiles that have waited longest; how many. 0 where nobody waits or nobody can be resolved now."""
        with self._engines.database.transaction() as connection:
            engine = self.ready(connection)
            if engine is None:
                return 0
            seen = waiting_arrivals(connection, limit=limit)
            if seen:
                _resolve(connection, engine, seen)
        return len(seen)

    def resolve_all_waiting(self, progress: Progress = Silent()) -> int:
        """Resolves whoever waits until nobody does, or a run over everything begins; how many."""
        with self._engines.database.transaction() as connection:
            progress.stage("Resolving arrivals", count_waiting(connection))
        resolved = 0
        while done := self.resolve_waiting():
            resolved += done
            progress.advance(done)
        return resolved

    def _take_in(self, incoming: Sequence[IncomingProfile], source: str) -> Arrived:
        expires = datetime.now(UTC) + timedelta(days=self._engines.settings.raw_payload_days)
        secret = self._engines.settings.contact_secret()
        with self._engines.database.transaction() as connection:
            # before any profile is written: who waits here must hold nothing that others want
            engine = self.ready(connection)
            erased = suppressed(connection, (item.profile for item in incoming), secret)
            kept = [item for item in incoming if item.profile.profile_id not in erased]
            ids = [item.profile.profile_id for item in kept]
            upserted = upsert_profiles(connection, kept, source=source, payloads_expire_at=expires)
            seen = [] if engine is None else waiting_arrivals(connection, among=ids)
            if engine is not None and seen:
                _resolve(connection, engine, seen)
            creators = memberships_of(connection, ids)
        return Arrived(
            upserted=upserted,
            creators=creators,
            waiting=tuple(each for each in ids if each not in creators),
            erased=tuple(sorted(erased)),
        )

    def ready(self, connection: sa.Connection) -> ArrivalEngine | None:
        """The engine of the stored postings, with the right to change them until the transaction ends; None where there is
        nothing to resolve by, or a run over everything is under way."""
        if not try_beside_others(connection):
            return None
        take_turn(connection)
        wanted = stored_posting_model(connection)
        if wanted is None:
            return None
        with self._lock:
            if self._engine is None or self._engine.version != wanted.model_version:
                try:
                    self._engine = open_arrival_engine(self._engines, wanted)
                except UnavailableError as error:
                    # of another machine, or of another version: the next run brings one that fits
                    self._warn(str(error))
                    return None
            return self._engine

    def _warn(self, complaint: str) -> None:
        """Once, not at every profile."""
        if complaint != self._complaint:
            log.warning("Profiles that arrive wait: %s", complaint)
        self._complaint = complaint


def _resolve(connection: sa.Connection, engine: ArrivalEngine, waiting: Sequence[tuple[int, datetime]]) -> None:
    """Resolves those who wait, as (row_id, at), and takes them out of the queue."""
    rows = np.array([row for row, _ in waiting], dtype=np.int64)
    resolve_arrivals(connection, engine, run_options(connection), rows)
    dequeue_seen(connection, waiting)
