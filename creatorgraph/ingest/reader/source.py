"""A file of records in any of the formats: tells which it is, and reads it."""

import gzip
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import IO, Self, cast

from creatorgraph.domain.error import InvalidInputError
from creatorgraph.ingest.reader.column import ColumnCheck, check_columns
from creatorgraph.ingest.reader.csv_file import read_csv
from creatorgraph.ingest.reader.jsonl_file import read_jsonl
from creatorgraph.ingest.reader.line import BOM, BROKEN_GZIP
from creatorgraph.ingest.reader.link_in_bio import page_record
from creatorgraph.ingest.reader.parquet_file import read_parquet
from creatorgraph.ingest.reader.raw import BadLine, RawRecord

_GZIP = b"\x1f\x8b"
_PARQUET = b"PAR1"
_SUFFIXES = {
    ".csv": "csv",
    ".tsv": "csv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "jsonl",
    ".parquet": "parquet",
    ".pq": "parquet",
}
_PEEK = 65536


class Source(AbstractContextManager["Source"]):
    """An open file of records. `size` and `position()` are bytes on disk, compressed or not."""

    def __init__(self, path: Path, *, check: ColumnCheck = check_columns, pages: bool = True) -> None:
        """`check` judges the header of a table; `pages` says that records may be link-in-bio pages.

        Raises InvalidInputError where the file is missing, empty, or of no known format.
        """
        self.path, self._check, self._pages = path, check, pages
        try:
            self._file = path.open("rb")
        except OSError as error:
            raise InvalidInputError(
                f"cannot be read ({os.strerror(error.errno or 0)})",
                where=str(path),
                mend="Check the path and its permissions.",
            ) from None
        try:
            self.size = os.fstat(self._file.fileno()).st_size
            head = self._file.peek(2)[:2]
            self._stream: IO[bytes] = self._file
            if head == _GZIP:
                self._stream = cast(IO[bytes], gzip.GzipFile(fileobj=self._file))
            self.format = self._format()
        except BaseException:
            self._file.close()
            raise

    def __iter__(self) -> Iterator[RawRecord | BadLine]:
        where = str(self.path)
        if self.format == "parquet":
            records = read_parquet(self._stream, where=where, check=self._check)
        elif self.format == "csv":
            records = read_csv(self._stream, where=where, check=self._check)
        else:
            records = read_jsonl(self._stream)
        for record in records:
            page = page_record(record.data) if self._pages and isinstance(record, RawRecord) else None
            yield RawRecord(line=record.line, data=page, raw=record.raw) if page is not None else record

    def position(self) -> int:
        """Bytes of the file read so far."""
        return min(self._file.tell(), self.size)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stream.close()
        self._file.close()

    def _format(self) -> str:
        where = str(self.path)
        try:
            start = cast(gzip.GzipFile, self._stream).peek(_PEEK)[:_PEEK]
        except BROKEN_GZIP:
            raise InvalidInputError(
                "the compressed data is damaged", where=where, mend="Compress the file again."
            ) from None
        text = start.removeprefix(BOM).lstrip()
        if not text:
            raise InvalidInputError(
                "the file is empty", where=where, mend="Give CSV, JSON lines or Parquet with profiles."
            )
        if start.startswith(_PARQUET):
            return "parquet"
        suffixes = [suffix.lower() for suffix in self.path.suffixes]
        known = next((_SUFFIXES[suffix] for suffix in reversed(suffixes) if suffix in _SUFFIXES), None)
        if text.startswith(b"[") and known in (None, "jsonl"):
            raise InvalidInputError(
                "a JSON array, not one object per line", where=where, mend="Convert it: jq -c '.[]' FILE > FILE.jsonl"
            )
        if known is not None:
            return known
        if text.startswith(b"{"):
            return "jsonl"
        header = text.splitlines()[0]
        if any(mark in header for mark in (b",", b";", b"\t", b"|")):
            return "csv"
        raise InvalidInputError(
            "neither CSV, JSON lines nor Parquet",
            where=where,
            mend="Name the file .csv, .jsonl or .parquet (.gz may follow).",
        )


def read_records(path: Path) -> Iterator[RawRecord | BadLine]:
    """The records of the file at `path`, link-in-bio pages as records of their platform. Raises InvalidInputError."""
    with Source(path) as source:
        yield from source
