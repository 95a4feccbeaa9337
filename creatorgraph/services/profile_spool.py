"""Files of profiles as one table on disk: parsed by all cores, mapped into memory, never held as objects."""

import heapq
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
import orjson
import pyarrow as pa

from creatorgraph.domain.progress import Progress, Silent
from creatorgraph.ingest.batch import duplicate_of
from creatorgraph.ingest.reader.raw import BadLine
from creatorgraph.ingest.reader.source import Source
from creatorgraph.ingest.reject import RejectWriter
from creatorgraph.resolution.profile_table import PROFILE_SCHEMA
from creatorgraph.services.duplicate_profile import Duplicates, Lines, find_duplicates
from creatorgraph.services.input_file import check_files
from creatorgraph.services.parse_pool import ParsePool, workers_for
from creatorgraph.services.profile_chunk import SPOOL_SCHEMA, Chunk

ROWS_AT_ONCE = 5_000
_BYTES_AT_ONCE = 4 << 20
"""Raw bytes that end a chunk early: records may be very long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spooled:
    """How many records became a row, and how many were refused."""

    profiles: int
    rejected: int


def spool_profiles(
    paths: Sequence[Path],
    table: Path,
    rejects: Path,
    *,
    key: bytes,
    threads: int | None = None,
    progress: Progress = Silent(),
) -> Spooled:
    """Writes the profiles to `table` (Arrow IPC, SPOOL_SCHEMA) and what was refused to `rejects`, both for the owner alone.

    Rows and refusals stand in the order of files and lines, whatever the number of processes. `key` hashes contacts.

    Raises:
        InvalidInputError: a file is missing, empty or of no known format, or one profile id is in two files.
        UnavailableError: a process that parses was ended from outside.
    """
    check_files(paths)
    refused = [rejects.with_name(f"{rejects.name}.{number}") for number in range(len(paths))]
    for path in (table, rejects, *refused):
        path.unlink(missing_ok=True)
        path.touch(mode=0o600)
    rejected = 0
    with ParsePool(key=key, workers=workers_for(paths, threads)) as pool, _writer(table) as writer:
        for number, path in enumerate(paths):
            rejected += _append(path, number, pool, writer, refused[number], progress)
    progress.stage("Looking for ids that occur twice")
    found = find_duplicates(_mapped(table), paths)
    if found.rows:
        _leave_out(table, found.rows)
    rejected += _join_rejects(paths, refused, found, rejects)
    return Spooled(profiles=_mapped(table).num_rows, rejected=rejected)


def open_spool(table: Path) -> pa.Table:
    """The profiles that spool_profiles() wrote (PROFILE_SCHEMA), read from disk as they are looked at."""
    return _mapped(table).select(PROFILE_SCHEMA.names)


def _append(
    path: Path, number: int, pool: ParsePool, writer: pa.ipc.RecordBatchFileWriter, refused: Path, progress: Progress
) -> int:
    rejected = told = 0
    with Source(path) as source, RejectWriter(refused, source=path.name) as rejects:
        progress.stage(f"Reading {path.name}", source.size)
        for parsed in pool.map(_chunks(source, number)):
            writer.write_table(pa.ipc.open_stream(parsed.rows).read_all())
            rejected += rejects.write(parsed.rejects)
            progress.advance(parsed.position - told)
            told = parsed.position
        progress.advance(source.size - told)
    return rejected


def _chunks(source: Source, number: int) -> Iterator[Chunk]:
    records: list[tuple[int, Mapping[str, object], bytes] | BadLine] = []
    size = 0
    for raw in source:
        records.append(raw if isinstance(raw, BadLine) else (raw.line, raw.data, raw.raw))
        size += len(raw.raw)
        if len(records) >= ROWS_AT_ONCE or size >= _BYTES_AT_ONCE:
            yield Chunk(path=source.path, file=number, position=source.position(), records=records)
            records, size = [], 0
    if records:
        yield Chunk(path=source.path, file=number, position=source.position(), records=records)


def _writer(table: Path) -> pa.ipc.RecordBatchFileWriter:
    return pa.ipc.new_file(str(table), SPOOL_SCHEMA)


def _mapped(table: Path) -> pa.Table:
    return pa.ipc.open_file(pa.memory_map(str(table))).read_all()


def _leave_out(table: Path, rows: Sequence[int]) -> None:
    """Writes the table anew without these rows, batch by batch."""
    fresh = table.with_name(f"{table.name}.fresh")
    fresh.touch(mode=0o600)
    unwanted = np.asarray(rows)
    begin = 0
    with _writer(fresh) as writer:
        for batch in _mapped(table).to_batches():
            keep = np.ones(batch.num_rows, dtype=bool)
            inside = np.searchsorted(unwanted, [begin, begin + batch.num_rows])
            keep[unwanted[inside[0] : inside[1]] - begin] = False
            writer.write_batch(batch.filter(pa.array(keep)))
            begin += batch.num_rows
    fresh.replace(table)


def _join_rejects(paths: Sequence[Path], refused: Sequence[Path], found: Duplicates, rejects: Path) -> int:
    """All refusals in one file, those of duplicates at their lines; how many duplicates were refused."""
    for number, (path, part) in enumerate(zip(paths, refused, strict=True)):
        parts = [part]
        if number in found.refused:
            parts.append(_refuse_duplicates(path, found.refused[number], part.with_name(f"{part.name}.twice")))
        with ExitStack() as stack, rejects.open("ab") as joined:
            records = [stack.enter_context(each.open("rb")) for each in parts]
            merged: Iterator[bytes] = heapq.merge(*records, key=_line_of)
            joined.writelines(merged)
        for each in parts:
            each.unlink()
    return sum(map(len, found.refused.values()))


def _refuse_duplicates(path: Path, lines: Lines, target: Path) -> Path:
    """The file is read again for the text of its duplicates: they are few, and not known before its end."""
    with Source(path) as source, RejectWriter(target, source=path.name) as writer:
        twice = (duplicate_of(raw, lines[raw.line]) for raw in source if raw.line in lines)
        while batch := list(islice(twice, ROWS_AT_ONCE)):
            writer.write(batch)
    return target


def _line_of(record: bytes) -> int:
    line: int = orjson.loads(record)["line"]
    return line
