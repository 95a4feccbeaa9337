"""Parquet, a batch of rows at a time."""

from collections.abc import Iterator
from decimal import Decimal
from typing import IO

import pyarrow as pa
import pyarrow.parquet as pq

from creatorgraph.domain.error import InvalidInputError
from creatorgraph.ingest.reader.column import ColumnCheck, check_columns, column_name
from creatorgraph.ingest.reader.line import BROKEN_GZIP
from creatorgraph.ingest.reader.link_in_bio import PAGE_KEYS
from creatorgraph.ingest.reader.raw import BadLine, RawRecord
from creatorgraph.ingest.reject import RejectReason

_ROWS = 1024
_NO_VALUE = (OverflowError, ValueError, LookupError)
"""What cells raise that Python has no value for, such as times after the year 9999."""
_NO_TEXT = object()
"""Stands for a cell whose bytes are not UTF-8."""


def read_parquet(stream: IO[bytes], *, where: str, check: ColumnCheck = check_columns) -> Iterator[RawRecord | BadLine]:
    """The rows of `stream`, numbered from 1. Raises InvalidInputError for a damaged file or wrong columns."""
    try:
        table = pq.ParquetFile(stream)
        names = [column_name(name) for name in table.schema_arrow.names]
    except (pa.ArrowException, OSError, ValueError, *BROKEN_GZIP) as error:
        raise InvalidInputError(
            "not a Parquet file, or a damaged one",
            where=where,
            mend="Write the file again; a killed writer leaves no footer.",
        ) from error
    check(names, where=where, whole=PAGE_KEYS)
    row = 0
    try:
        for batch in table.iter_batches(batch_size=_ROWS):
            for data in _rows(batch.rename_columns(names)):
                row += 1
                if data is None:
                    detail = "a text cell has bytes that are not UTF-8"
                    yield BadLine(line=row, reason=RejectReason.INVALID_UTF8, detail=detail)
                else:
                    yield RawRecord(line=row, data=data)
    except (pa.ArrowException, OSError, *BROKEN_GZIP) as error:
        raise InvalidInputError(
            f"the file is damaged after row {row}",
            where=where,
            mend="Write the file again for the rows after it.",
        ) from error


def _rows(batch: pa.RecordBatch) -> Iterator[dict[str, object] | None]:
    try:
        rows = batch.to_pylist()
    except _NO_VALUE:
        columns = [_cells(column) for column in batch.columns]
        rows = [dict(zip(batch.schema.names, cells, strict=True)) for cells in zip(*columns, strict=True)]
    return map(_decoded, rows)


def _cells(column: pa.Array) -> list[object]:
    try:
        return list(column.to_pylist())
    except _NO_VALUE:
        return [_cell(value) for value in column]


def _cell(value: pa.Scalar) -> object:
    try:
        return value.as_py()
    except UnicodeDecodeError:
        return _NO_TEXT
    except _NO_VALUE:
        return _told(value)


def _told(value: pa.Scalar) -> object:
    """What Arrow writes for the cell, so that who reads the field says what is wrong with it; None where that is nothing."""
    try:
        if pa.types.is_timestamp(value.type) and value.type.tz:
            # the moment is known, though its zone is not
            return value.cast(pa.timestamp(value.type.unit)).as_py()
        return value.cast(pa.string()).as_py()
    except (pa.ArrowException, *_NO_VALUE):
        return None


def _decoded(data: dict[str, object]) -> dict[str, object] | None:
    """Without empty cells, binary cells as text and decimals as plain numbers; None for a row with a cell that is no text."""
    row: dict[str, object] = {}
    for name, value in data.items():
        if value is _NO_TEXT:
            return None
        if isinstance(value, bytes):
            try:
                row[name] = value.decode()
            except UnicodeDecodeError:
                return None
        elif isinstance(value, Decimal):
            whole, parts = value.as_integer_ratio()
            row[name] = whole if parts == 1 else float(value)
        elif value is not None:
            row[name] = value
    return row
