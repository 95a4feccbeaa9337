"""Writes what was resolved to files: creators, their profiles, and the links with evidence."""

import csv
import secrets
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from creatorgraph.domain.export import ExportFormat as ExportFormat
from creatorgraph.domain.progress import Progress, Silent
from creatorgraph.services.engines import Engines
from creatorgraph.store.read.export import EXPORTS, export_rows

ROWS_AT_ONCE = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedFile:
    path: Path
    rows: int


class _Writer(Protocol):
    def write(self, rows: list[dict[str, object]]) -> None: ...
    def close(self) -> None: ...


def export(engines: Engines, out: Path, file_format: ExportFormat, progress: Progress = Silent()) -> list[ExportedFile]:
    """Writes `creators`, `profiles` (each with its creator_id) and `links` below `out`, from one snapshot of the database.

    Each file appears whole or not at all. Contacts are not exported.
    """
    out.mkdir(parents=True, exist_ok=True)
    files: list[ExportedFile] = []
    snapshot = engines.database.engine.execution_options(isolation_level="REPEATABLE READ")
    with snapshot.begin() as connection:
        for name in EXPORTS:
            progress.stage(f"Exporting {name}")
            path = out / f"{name}.{file_format.value}"
            fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
            try:
                batches = export_rows(connection, name, batch_size=ROWS_AT_ONCE)
                rows = write_rows(fresh, file_format, EXPORTS[name], _told(batches, progress))
                fresh.replace(path)
            finally:
                fresh.unlink(missing_ok=True)
            files.append(ExportedFile(path=path, rows=rows))
    return files


def write_rows(
    path: Path, file_format: ExportFormat, schema: pa.Schema, batches: Iterable[list[dict[str, object]]]
) -> int:
    """Writes a file of the batches' rows; how many there were.

    Raises:
        OSError: such as a full disk. What there is of the file then is of no use.
    """
    count = 0
    writer = _WRITERS[file_format](path, schema)
    try:
        for rows in batches:
            writer.write(rows)
            count += len(rows)
    finally:
        writer.close()
    return count


def _told(batches: Iterator[list[dict[str, object]]], progress: Progress) -> Iterator[list[dict[str, object]]]:
    for rows in batches:
        yield rows
        progress.advance(len(rows))


class _Csv:
    """Lists and evidence are JSON in their cell."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self._file = path.open("w", newline="", encoding="utf-8")
        self._rows = csv.DictWriter(self._file, schema.names, lineterminator="\n")
        self._rows.writeheader()

    def write(self, rows: list[dict[str, object]]) -> None:
        self._rows.writerows({key: _cell(value) for key, value in row.items()} for row in rows)

    def close(self) -> None:
        self._file.close()


class _Jsonl:
    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self._file = path.open("wb")

    def write(self, rows: list[dict[str, object]]) -> None:
        self._file.writelines(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE) for row in rows)

    def close(self) -> None:
        self._file.close()


class _Parquet:
    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self._schema = schema
        self._writer = pq.ParquetWriter(path, schema, compression="zstd")

    def write(self, rows: list[dict[str, object]]) -> None:
        self._writer.write_table(pa.Table.from_pylist(rows, schema=self._schema))

    def close(self) -> None:
        self._writer.close()


def _cell(value: object) -> object:
    return orjson.dumps(value).decode() if isinstance(value, list | dict) else value


_WRITERS: dict[ExportFormat, Callable[[Path, pa.Schema], _Writer]] = {
    ExportFormat.CSV: _Csv,
    ExportFormat.JSONL: _Jsonl,
    ExportFormat.PARQUET: _Parquet,
}
