"""What cannot be used: why, where it stood, and the file in which it is kept for repair."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Self

import orjson


class RejectReason(StrEnum):
    INVALID_JSON = "invalid_json"
    TORN_LINE = "torn_line"
    """The last line of a file: it ends in the middle of a record."""
    INVALID_UTF8 = "invalid_utf8"
    LINE_TOO_LONG = "line_too_long"
    NOT_AN_OBJECT = "not_an_object"
    WRONG_CELL_COUNT = "wrong_cell_count"
    MISSING_PROFILE_ID = "missing_profile_id"
    MISSING_PLATFORM = "missing_platform"
    WRONG_TYPE = "wrong_type"
    FIELD_TOO_LARGE = "field_too_large"
    DUPLICATE_PROFILE_ID = "duplicate_profile_id"
    ERASED = "erased"
    """Its person asked to be erased; nothing of the record is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """A record that cannot be used. `detail` quotes no values; `field` names the field at fault where there is one."""

    reason: RejectReason
    detail: str
    field: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reject:
    """A rejected record of a file. `line` counts from 1 (rows for Parquet); `payload` is bounded and free of plain contacts."""

    line: int
    reason: RejectReason
    detail: str
    field: str | None
    payload: str


class RejectWriter:
    """Appends rejects to a file of JSON lines that only its owner may read.

    Each batch is one write to a descriptor opened for appending, so a killed run leaves whole lines; a torn end left by
    a full disk is closed with a newline before the next batch.
    """

    def __init__(self, path: Path, *, source: str) -> None:
        """`source` is the name of the file that the rejects come from."""
        self._path = path
        self._source = source
        self._descriptor = -1

    def __enter__(self) -> Self:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._descriptor = os.open(self._path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
        size = os.fstat(self._descriptor).st_size
        if size and os.pread(self._descriptor, 1, size - 1) != b"\n":
            os.write(self._descriptor, b"\n")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.fsync(self._descriptor)
        os.close(self._descriptor)

    def write(self, rejects: Iterable[Reject]) -> int:
        """Append `rejects`; how many there were."""
        lines = [
            orjson.dumps(
                {
                    "file": self._source,
                    "line": reject.line,
                    "reason": reject.reason,
                    "field": reject.field,
                    "detail": reject.detail,
                    "payload": reject.payload,
                },
                option=orjson.OPT_APPEND_NEWLINE,
            )
            for reject in rejects
        ]
        rest = memoryview(b"".join(lines))
        while rest:
            rest = rest[os.write(self._descriptor, rest) :]
        return len(lines)
