"""Parquet, a batch of rows at a time."""

from collections.abc import Iterator
from typing import IO

import pyarrow as pa
import pyarrow.parquet as pq

from creatorgraph.domain.error import InvalidInputError
from creatorgraph.ingest.reader.column import ColumnCheck, check_columns, column_name
from creatorgraph.ingest.reader.link_in_bio import PAGE_KEYS
from creatorgraph.ingest.reader.raw import BadLine, RawRecord
from creatorgraph.ingest.reject import RejectReason

_ROWS = 1024


def read_parquet(stream: IO[bytes], *, where: str, check: ColumnCheck = check_columns) -> Iterator[RawRecord | BadLine]:
    """The rows of `stream`, numbered from 1. Raises InvalidInputError for a damaged file or wrong columns."""
    try:
        table = pq.ParquetFile(stream)
        names = [column_name(name) for name in table.schema_arrow.names]
    except (pa.ArrowException, OSError, ValueError) as error:
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
    except (pa.ArrowException, OSError) as error:
        raise InvalidInputError(
            f"the file is damaged after row {row}",
            where=where,
            mend="Write the file again for the rows after it.",
        ) from error


def _rows(batch: pa.RecordBatch) -> Iterator[dict[str, object] | None]:
    try:
        rows = batch.to_pylist()
    except UnicodeDecodeError:
        rows = [_row(batch.slice(index, 1)) for index in range(batch.num_rows)]
    for data in rows:
        yield None if data is None else _decoded(data)


def _row(one: pa.RecordBatch) -> dict[str, object] | None:
    try:
        return dict(one.to_pylist()[0])
    except UnicodeDecodeError:
        return None


def _decoded(data: dict[str, object]) -> dict[str, object] | None:
    """Without empty cells, binary cells as text."""
    row: dict[str, object] = {}
    for name, value in data.items():
        if isinstance(value, bytes):
            try:
                row[name] = value.decode()
            except UnicodeDecodeError:
                return None
        elif value is not None:
            row[name] = value
    return row
