"""What a reader gives: a numbered record, or the line that was none."""

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
        raw = self.raw or orjson.dumps(dict(self.data), default=str, option=orjson.OPT_NON_STR_KEYS)[:KEPT_BYTES]
        return redact_raw(raw.decode("utf-8", "replace"))


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
