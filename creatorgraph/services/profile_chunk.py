"""Some records of a file on their way through a worker process: raw in, Arrow rows and refusals out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from creatorgraph.domain.profile import Profile
from creatorgraph.ingest.batch import content_of, outcome_of
from creatorgraph.ingest.contact import ContactHasher
from creatorgraph.ingest.reader.raw import BadLine, RawRecord
from creatorgraph.ingest.reject import Reject
from creatorgraph.resolution.profile_table import PROFILE_SCHEMA, to_table

SPOOL_SCHEMA: pa.Schema = pa.schema(
    [
        *PROFILE_SCHEMA,
        # where the row comes from, and 16 bytes that are equal for records of equal fields
        pa.field("file", pa.int32(), nullable=False),
        pa.field("line", pa.int64(), nullable=False),
        pa.field("content", pa.binary(16), nullable=False),
    ]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """The next records of the file at `path`, the `file`th of a run; `position` is how many bytes of it are read.

    A record is (line, data, raw): plain tuples cross to another process several times as fast as objects.
    """

    path: Path
    file: int
    position: int
    records: Sequence[tuple[int, Mapping[str, object], bytes] | BadLine]


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedChunk:
    """`rows` are an Arrow IPC stream of one batch of SPOOL_SCHEMA."""

    position: int
    rows: bytes
    rejects: list[Reject]


def parse_chunk(chunk: Chunk, key: bytes) -> ParsedChunk:
    """What parse_file() makes of these records, but for ids that occur twice. `key` hashes the contacts."""
    hasher = ContactHasher(key)
    profiles: list[Profile] = []
    lines: list[int] = []
    contents: list[bytes] = []
    rejects: list[Reject] = []
    for record in chunk.records:
        raw = record if isinstance(record, BadLine) else RawRecord(line=record[0], data=record[1], raw=record[2])
        outcome = outcome_of(raw, hasher=hasher, path=chunk.path, payload=False)
        if isinstance(outcome, Reject) or isinstance(raw, BadLine):
            if isinstance(outcome, Reject):
                rejects.append(outcome)
            continue
        profiles.append(outcome.profile)
        lines.append(raw.line)
        contents.append(content_of(raw))
    table = to_table(profiles, local_hash=hasher.local_value)
    places = [
        pa.repeat(pa.scalar(chunk.file, pa.int32()), len(profiles)),
        pa.array(lines, pa.int64()),
        pa.array(contents, pa.binary(16)),
    ]
    whole = pa.table([*table.columns, *places], schema=SPOOL_SCHEMA)
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, SPOOL_SCHEMA) as stream:
        stream.write_table(whole)
    return ParsedChunk(position=chunk.position, rows=sink.getvalue().to_pybytes(), rejects=rejects)
