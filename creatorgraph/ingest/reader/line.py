"""Lines of a byte stream with their numbers, none of them held in memory beyond a limit."""

import gzip
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from creatorgraph.ingest.reader.raw import KEPT_BYTES, MAX_LINE, BadLine
from creatorgraph.ingest.reject import RejectReason

BOM = b"\xef\xbb\xbf"
BROKEN_GZIP = (EOFError, gzip.BadGzipFile, zlib.error)
"""What reading compressed data raises where they break off or are damaged."""
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """`text` has no line end; `ended` says that it had one, which only a file's last line may lack."""

    number: int
    text: bytes
    ended: bool


def read_lines(stream: IO[bytes], *, blank: bool = False) -> Iterator[Line | BadLine]:
    """Every line, blank ones only where asked for. A too long line and compressed data that breaks off come as BadLine."""
    number = 0
    while True:
        number += 1
        try:
            text = stream.readline(MAX_LINE)
            too_long = len(text) >= MAX_LINE and not text.endswith(b"\n")
            while too_long and (rest := stream.readline(_CHUNK)) and not rest.endswith(b"\n"):
                pass
        except BROKEN_GZIP:
            yield BadLine(line=number, reason=RejectReason.TORN_LINE, detail="the compressed data breaks off here")
            return
        if not text:
            return
        if number == 1:
            text = text.removeprefix(BOM)
        if too_long:
            detail = f"longer than {MAX_LINE >> 20} MiB"
            yield BadLine(line=number, reason=RejectReason.LINE_TOO_LONG, detail=detail, raw=text[:KEPT_BYTES])
            continue
        stripped = text.rstrip(b"\r\n")
        if blank or stripped.strip():
            yield Line(number=number, text=stripped, ended=text.endswith(b"\n"))
