"""JSON lines: one object per line."""

import json
from collections.abc import Iterator
from typing import IO

import orjson

from creatorgraph.ingest.reader.line import Line, read_lines
from creatorgraph.ingest.reader.raw import KEPT_BYTES, BadLine, RawRecord
from creatorgraph.ingest.reject import RejectReason


def read_jsonl(stream: IO[bytes]) -> Iterator[RawRecord | BadLine]:
    """The objects of `stream`, and a BadLine for each line that is none."""
    for line in read_lines(stream):
        yield _record(line) if isinstance(line, Line) else line


def _record(line: Line) -> RawRecord | BadLine:
    text = line.text
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError:
        try:
            value = _lenient(text)
        except UnicodeDecodeError as error:
            return _bad(line, RejectReason.INVALID_UTF8, f"not UTF-8 at byte {error.start + 1} of the line")
        except (ValueError, RecursionError):
            if not line.ended:
                return _bad(line, RejectReason.TORN_LINE, "the file ends in the middle of this record")
            return _bad(line, RejectReason.INVALID_JSON, "not a JSON object")
    if not isinstance(value, dict):
        return _bad(line, RejectReason.NOT_AN_OBJECT, "JSON, but not an object")
    return RawRecord(line=line.number, data=value, raw=text[:KEPT_BYTES])


def _lenient(text: bytes) -> object:
    """What orjson refuses and other writers make: NUL bytes inside strings, NaN and Infinity, lone surrogates."""
    decoded = text.decode()
    # as an escape the byte stays visible, so that its removal is noted on the record
    return json.loads(decoded.replace("\x00", "\\u0000"))


def _bad(line: Line, reason: RejectReason, detail: str) -> BadLine:
    return BadLine(line=line.number, reason=reason, detail=detail, raw=line.text[:KEPT_BYTES])
