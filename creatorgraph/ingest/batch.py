"""A file as batches of parsed profiles and rejects, streaming, with duplicates found."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

from creatorgraph.domain.progress import Progress, Silent
from creatorgraph.ingest.contact import ContactHasher
from creatorgraph.ingest.reader.raw import BadLine, RawRecord, as_json
from creatorgraph.ingest.reader.source import Source
from creatorgraph.ingest.record import Parsed, parse_record
from creatorgraph.ingest.reject import Reject, RejectReason


@dataclass(slots=True, kw_only=True)
class Batch:
    """The next records of a file. `parsed` are (line, record) pairs.

    `bytes_read` counts from the start of the file; `next_line` is where a killed ingest that stored this batch goes on.
    `repeated` counts identical repeats of earlier records, which are left out.
    """

    parsed: list[tuple[int, Parsed]] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    bytes_read: int = 0
    next_line: int = 1
    repeated: int = 0


def parse_file(
    path: Path,
    *,
    hasher: ContactHasher,
    batch_size: int = 5000,
    resume_from_line: int = 1,
    progress: Progress | None = None,
) -> Iterator[Batch]:
    """The batches of the file at `path`, of at most `batch_size` records and rejects together.

    Of two records with one profile_id the second is rejected, or left out where the two are equal. Lines before
    `resume_from_line` are read again, so that their ids count, but not given. Memory grows by about 200 bytes a record.
    Raises InvalidInputError where the file as a whole cannot be used.
    """
    listener = progress or Silent()
    seen = _Seen()
    batch = Batch(next_line=resume_from_line)
    with Source(path) as source:
        listener.stage(f"Reading {path.name}", source.size)
        told = 0
        for raw in source:
            outcome = _outcome(raw, hasher, path, seen)
            if raw.line < resume_from_line:
                continue
            if isinstance(outcome, Reject):
                batch.rejects.append(outcome)
            elif outcome is None:
                batch.repeated += 1
            else:
                batch.parsed.append((raw.line, outcome))
            batch.next_line = raw.line + 1
            if len(batch.parsed) + len(batch.rejects) >= batch_size:
                batch.bytes_read = source.position()
                listener.advance(batch.bytes_read - told)
                told = batch.bytes_read
                yield batch
                batch = Batch(next_line=batch.next_line)
        batch.bytes_read = source.size
        listener.advance(source.size - told)
        if batch.parsed or batch.rejects or batch.repeated:
            yield batch


def outcome_of(raw: RawRecord | BadLine, *, hasher: ContactHasher, path: Path, payload: bool = True) -> Parsed | Reject:
    """What becomes of one record of the file at `path`, whatever came before it. Without `payload` its redacted copy, which
    takes a third of the time and only the database keeps, is left empty."""
    if isinstance(raw, BadLine):
        return Reject(line=raw.line, reason=raw.reason, detail=raw.detail, field=None, payload=raw.safe_text())
    where = f"{path.name}:{raw.line}"
    result = parse_record(raw.data, hasher=hasher, where=where, folder=path.parent, payload=payload)
    if isinstance(result, Parsed):
        return result
    return Reject(
        line=raw.line, reason=result.reason, detail=result.detail, field=result.field, payload=raw.safe_text()
    )


def duplicate_of(raw: RawRecord | BadLine, first: int) -> Reject:
    """The refusal of a record whose id line `first` has with other content."""
    return Reject(
        line=raw.line,
        reason=RejectReason.DUPLICATE_PROFILE_ID,
        detail=f"line {first} has the same profile_id with other content",
        field="profile_id",
        payload=raw.safe_text(),
    )


def content_of(raw: RawRecord) -> bytes:
    """16 bytes that are equal for records of equal fields, in any order."""
    return _digest(as_json(raw.data))


def _outcome(raw: RawRecord | BadLine, hasher: ContactHasher, path: Path, seen: "_Seen") -> Parsed | Reject | None:
    result = outcome_of(raw, hasher=hasher, path=path)
    if isinstance(result, Reject) or isinstance(raw, BadLine):
        return result
    first = seen.first_line(result, raw)
    if first is None:
        return result
    return duplicate_of(raw, first) if first else None


class _Seen:
    """The ids so far, as 16-byte digests, with the line and a digest of the content."""

    def __init__(self) -> None:
        self._lines: dict[bytes, tuple[int, bytes]] = {}

    def first_line(self, parsed: Parsed, raw: RawRecord) -> int | None:
        """None: a new id; 0: the same record again; else the line that has the id with other content."""
        key = _digest(parsed.profile.profile_id.encode())
        content = content_of(raw)
        line, first = self._lines.setdefault(key, (raw.line, content))
        if line == raw.line:
            return None
        return 0 if first == content else line


def _digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=16).digest()
