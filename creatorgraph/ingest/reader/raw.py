"""What a reader gives: a numbered record, or the line that was none."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

import orjson

from creatorgraph.ingest.redaction import MAX_RAW, redact_raw
from creatorgraph.ingest.reject import RejectReason

MAX_LINE = 64 << 20
"""Bytes of one line; a longer one is skipped without being held in memory."""
KEPT_BYTES = 4 * (MAX_RAW + 512)
"""Bytes of a line that are kept for a reject."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawRecord:
    """One record of a file. `line` counts from 1 (rows for Parquet); `raw` is the start of the line as it was read."""

    line: int
    data: Mapping[str, object]
    raw: bytes = b""

    def safe_text(self) -> str:
        """The bounded text of the record with emails and phone numbers masked."""
        raw = self.raw or as_json(self.data)[:KEPT_BYTES]
        return redact_raw(raw.decode("utf-8", "replace"))


def as_json(data: Mapping[str, object]) -> bytes:
    """A record in JSON, equal for records of equal fields in any order."""
    try:
        return orjson.dumps(dict(data), default=str, option=orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS)
    except TypeError:
        # lone surrogates, numbers over 64 bits and deep nesting, which only the slower library writes
        return json.dumps(dict(data), default=str, sort_keys=True).encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class BadLine:
    """A line that holds no record. `detail` quotes nothing of it."""

    line: int
    reason: RejectReason
    detail: str
    raw: bytes = b""

    def safe_text(self) -> str:
        """The bounded text of the line with emails and phone numbers masked."""
        return redact_raw(self.raw.decode("utf-8", "replace"))
