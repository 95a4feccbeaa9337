"""JSON lines: one object per line."""

import json
from collections.abc import Iterable, Iterator
from typing import IO

import orjson

from creatorgraph.ingest.reader.line import Line, read_lines
from creatorgraph.ingest.reader.raw import KEPT_BYTES, BadLine, RawRecord
from creatorgraph.ingest.reject import RejectReason

MAX_NESTING = 512
"""Levels of lists and objects; a line with more is refused, since not all that follows could write or pass it on."""


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
    if _too_deep(text, value):
        return _bad(line, RejectReason.INVALID_JSON, f"nested more than {MAX_NESTING} levels deep")
    if not isinstance(value, dict):
        return _bad(line, RejectReason.NOT_AN_OBJECT, "JSON, but not an object")
    return RawRecord(line=line.number, data=value, raw=text[:KEPT_BYTES])


def _too_deep(text: bytes, value: object) -> bool:
    """Whether what `text` says is nested too deeply. Most lines have too few brackets for it, which is all that is looked at."""
    if text.count(b"[") + text.count(b"{") <= MAX_NESTING:
        return False
    inner, levels = [value], 0
    while inner and levels <= MAX_NESTING:
        inner = [each for item in inner for each in _inside(item)]
        levels += 1
    return bool(inner)


def _inside(item: object) -> Iterable[object]:
    if isinstance(item, dict):
        return item.values()
    return item if isinstance(item, list) else ()


def _lenient(text: bytes) -> object:
    """What orjson refuses and other writers make: NUL bytes inside strings, NaN and Infinity, lone surrogates."""
    decoded = text.decode()
    # as an escape the byte stays visible, so that its removal is noted on the record
    return json.loads(decoded.replace("\x00", "\\u0000"))


def _bad(line: Line, reason: RejectReason, detail: str) -> BadLine:
    return BadLine(line=line.number, reason=reason, detail=detail, raw=line.text[:KEPT_BYTES])
