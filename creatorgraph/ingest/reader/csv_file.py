"""CSV with a header line; comma, semicolon, tab or bar between cells."""

import csv
from collections import deque
from collections.abc import Iterator
from typing import IO

from creatorgraph.domain.error import InvalidInputError
from creatorgraph.ingest.reader.column import ColumnCheck, check_columns, column_name
from creatorgraph.ingest.reader.line import Line, read_lines
from creatorgraph.ingest.reader.raw import KEPT_BYTES, MAX_LINE, BadLine, RawRecord
from creatorgraph.ingest.reject import RejectReason

MAX_ROW_LINES = 10_000
"""Lines that one quoted cell may run over; beyond it the quote counts as never closed."""
_MAX_ROW_BYTES = 16 << 20


class _UnclosedQuoteError(Exception):
    """A row did not end within the limits."""


def read_csv(stream: IO[bytes], *, where: str, check: ColumnCheck = check_columns) -> Iterator[RawRecord | BadLine]:
    """The rows of `stream`, and a BadLine for each row that cannot be one. Raises InvalidInputError for a wrong header."""
    if csv.field_size_limit() < MAX_LINE:
        csv.field_size_limit(MAX_LINE)
    rows = _Rows(read_lines(stream, blank=True))
    names: list[str] | None = None
    for row in rows:
        if isinstance(row, BadLine):
            if names is None and b"\r" in row.raw:
                raise InvalidInputError(
                    "the lines end in CR alone",
                    where=where,
                    mend="Save it with the line ends of Windows or Unix: tr '\\r' '\\n' < FILE > NEW.csv",
                )
            if names is None:
                raise InvalidInputError(
                    f"the header cannot be read: {row.detail}", where=where, mend="Save it as UTF-8 CSV."
                )
            yield row
        elif names is None:
            names = [column_name(cell) for cell in row[1]]
            check(names, where=where)
        else:
            yield _record(names, *row)


def _record(names: list[str], line: Line, cells: list[str]) -> RawRecord | BadLine:
    if len(cells) != len(names):
        torn = not line.ended and len(cells) < len(names)
        reason = RejectReason.TORN_LINE if torn else RejectReason.WRONG_CELL_COUNT
        detail = f"has {len(cells)} cells where the header has {len(names)}"
        return BadLine(line=line.number, reason=reason, detail=detail, raw=line.text[:KEPT_BYTES])
    data = {name: cell for name, cell in zip(names, cells, strict=True) if cell and name}
    return RawRecord(line=line.number, data=data, raw=line.text[:KEPT_BYTES])


class _Rows:
    """Rows of cells with their first line. A row with a quote that never closes costs its first line only."""

    def __init__(self, lines: Iterator[Line | BadLine]) -> None:
        self._lines = lines
        self._again: deque[Line | BadLine] = deque()
        self._row: list[Line] = []
        self._bad: deque[BadLine] = deque()
        self._delimiter = ""

    def __iter__(self) -> Iterator[tuple[Line, list[str]] | BadLine]:
        reader = None
        while True:
            if reader is None:
                reader = self._reader()
            self._row = []
            error: Exception | None = None
            cells: list[str] | None = None
            try:
                cells = next(reader)
            except StopIteration:
                yield from self._bad
                return
            except (csv.Error, _UnclosedQuoteError) as raised:
                error = raised
            while self._bad:
                yield self._bad.popleft()
            if error is None and cells is not None:
                yield self._checked(self._row, cells)
                continue
            reader = None
            first, *rest = self._row
            self._again.extendleft(reversed(rest))
            yield self._broken(first, torn=not self._row[-1].ended)

    def _reader(self) -> Iterator[list[str]]:
        if not self._delimiter:
            first = next((line for line in self._lines if isinstance(line, BadLine) or line.text.strip()), None)
            if first is not None:
                self._again.appendleft(first)
                text = first.text if isinstance(first, Line) else b""
                self._delimiter = max(",;\t|", key=lambda mark: text.count(mark.encode()))
        return csv.reader(self._texts(), delimiter=self._delimiter or ",", strict=True)

    def _texts(self) -> Iterator[str]:
        size = 0
        while True:
            line = self._again.popleft() if self._again else next(self._lines, None)
            if line is None:
                return
            if isinstance(line, BadLine):
                self._bad.append(line)
                continue
            if not self._row and not line.text.strip():
                continue  # between rows; in a quoted cell it is a paragraph's end
            size = size + len(line.text) if self._row else len(line.text)
            if self._row and (len(self._row) >= MAX_ROW_LINES or size > _MAX_ROW_BYTES):
                self._again.appendleft(line)
                raise _UnclosedQuoteError
            self._row.append(line)
            # bytes that are not UTF-8 survive as surrogates until the row is whole, and are found there
            yield line.text.decode("utf-8", "surrogateescape") + "\n"

    def _checked(self, lines: list[Line], cells: list[str]) -> tuple[Line, list[str]] | BadLine:
        first = lines[0]
        if any(not cell.isascii() and not _is_text(cell) for cell in cells):
            detail = "has bytes that are not UTF-8"
            return BadLine(line=first.number, reason=RejectReason.INVALID_UTF8, detail=detail, raw=_raw(lines))
        return Line(number=first.number, text=_raw(lines), ended=lines[-1].ended), cells

    def _broken(self, line: Line, *, torn: bool) -> BadLine:
        reason = RejectReason.TORN_LINE if torn else RejectReason.WRONG_CELL_COUNT
        detail = "a quote is opened and not closed, or text follows a closing quote"
        return BadLine(line=line.number, reason=reason, detail=detail, raw=line.text[:KEPT_BYTES])


def _is_text(cell: str) -> bool:
    try:
        cell.encode()
    except UnicodeEncodeError:
        return False
    return True


def _raw(lines: list[Line]) -> bytes:
    return lines[0].text[:KEPT_BYTES] if len(lines) == 1 else b"\n".join(line.text for line in lines[:100])[:KEPT_BYTES]
