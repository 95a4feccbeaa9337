"""Exports in bulk: what a tenant has ordered, how far it is, and the parts to fetch."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from creatorgraph.domain.tenant import TenantId

ExportId = NewType("ExportId", str)
"""A UUID in its canonical text form."""

SCHEMA_VERSION = 1
"""Of the columns of the parts; it goes up when one is renamed, removed or means something else."""


class ExportFormat(StrEnum):
    CSV = "csv"
    JSONL = "jsonl"
    PARQUET = "parquet"


class ExportState(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    READY = "ready"
    FAILED = "failed"
    CANCELLED = "cancelled"
    DELETED = "deleted"
    """Its owner has deleted the files. It can still be what a later one goes on from."""
    EXPIRED = "expired"
    """The days for fetching it are over. It can still be what a later one goes on from."""

    @property
    def open(self) -> bool:
        """Whether there is still something to write."""
        return self in (ExportState.WAITING, ExportState.RUNNING)


class ExportData(StrEnum):
    """What a part holds."""

    CREATORS = "creators"
    PROFILES = "profiles"
    """Profiles that are members of the creators."""
    LINKS = "links"
    """Links between two profiles of one creator, with their evidence."""
    RETIRED = "retired"
    """Ids that stand for nobody any more, and where they lead; of exports of changes alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """One order. It is of everything, or of what changed `since` a time or after the export `since_export`.

    `total` are the creators that it is about, as counted when it began (None: it has not), `done` those that are written.
    `failure` says why it FAILED. `finished_at` is when the last part was written for the first time.
    """

    export_id: ExportId
    tenant_id: TenantId
    format: ExportFormat
    since: datetime | None
    since_export: ExportId | None
    state: ExportState
    asked_by: str
    asked_at: datetime
    finished_at: datetime | None
    expires_at: datetime | None
    failure: str | None
    total: int | None
    done: int
    parts: int
    bytes: int

    @property
    def of_changes(self) -> bool:
        return self.since is not None or self.since_export is not None

    @property
    def data(self) -> tuple[ExportData, ...]:
        """What there are parts of, in the order of their numbers."""
        return tuple(each for each in ExportData if self.of_changes or each is not ExportData.RETIRED)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportPart:
    """One file. It holds creators with ids in (`after`, `upto`] as the `snapshot` of PostgreSQL saw them.

    `sha256` (hexadecimal), `rows` and `bytes` are None while the file is to be written anew, because somebody in it was erased.
    """

    number: int
    slice: int
    data: ExportData
    after: str
    upto: str
    snapshot: str
    rows: int | None
    bytes: int | None
    sha256: str | None
