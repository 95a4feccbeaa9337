"""Reads the parts of an index from its folder, and writes them with a new manifest."""

import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from creatorgraph.domain.error import DamagedError, UnavailableError
from creatorgraph.embeddings.index_file import REBUILD, FileRecord, remove_others, unwritable, write_file
from creatorgraph.embeddings.index_id import arrow_rows, id_hashes
from creatorgraph.embeddings.index_manifest import Manifest, SegmentRecord, read_manifest
from creatorgraph.embeddings.index_segment import Part, Segment

# A writer may remove files between our reading of the manifest and of them; each time the manifest is newer.
_ATTEMPTS = 10


def read_parts(
    folder: Path, known: Iterable[Part], *, gently: bool = False
) -> tuple[Manifest | None, tuple[Part, ...]]:
    """The folder's manifest (None: no index yet) and its parts; those that `known` has open are not read again.

    `gently` takes several times as long and leaves the processor to those who search.
    Raises DamagedError when a file is missing or not as written, UnavailableError when one cannot be read.
    """
    opened = {part.segment.record.vectors: part.segment for part in known if part.segment.record}
    for attempt in range(_ATTEMPTS):
        try:
            manifest = read_manifest(folder)
            if manifest is None:
                return None, ()
            # who was too slow for the writers hurries
            slow = gently and not attempt
            return manifest, tuple(_read_part(folder, record, opened, gently=slow) for record in manifest.segments)
        except FileNotFoundError as error:
            if read_manifest(folder) == manifest:
                raise DamagedError("a file of the index is missing", where=str(error.filename), mend=REBUILD) from error
        except OSError as error:
            reason = error.strerror or str(error)
            raise UnavailableError(f"the vector index cannot be read ({reason})", where=str(folder)) from error
    raise UnavailableError("the vector index changes faster than it can be read", where=str(folder))


def write_parts(folder: Path, parts: Sequence[Part], base: Manifest) -> tuple[Manifest, tuple[Part, ...]]:
    """Writes what is not on disk yet, then the manifest, then removes what it no longer names.

    The caller holds the writer lock. Encoder and dimensions are those of `base`. Hands back the parts mapped from disk.
    Raises UnavailableError when the disk is full or the folder cannot be written; the saved index is then untouched.
    """
    generation = max(base.generation, last_generation(folder)) + 1
    try:
        records = [_write_part(folder, part, f"{generation}-{number}") for number, part in enumerate(parts)]
        manifest = replace(
            base,
            count=sum(part.living for part in parts),
            generation=generation,
            created=datetime.now(UTC),
            segments=tuple(records),
        )
        manifest.write(folder)
    except OSError as error:
        _discard_unnamed(folder)
        raise unwritable(folder, error) from error
    remove_others(folder, manifest.names())
    saved = [
        Part(segment=_mapped(folder, part.segment, record), dead=part.dead)
        for part, record in zip(parts, records, strict=True)
    ]
    return manifest, tuple(saved)


def replace_parts(
    folder: Path, old: Sequence[Part], new: Part, record: SegmentRecord, base: Manifest
) -> tuple[Manifest, tuple[Part, ...]] | None:
    """Puts a rebuilt part, whose files lie in the folder already, in the place of those it was made of, and all that was
    removed meanwhile dies in it too. None, and nothing is changed, where one of them is gone.

    The caller holds the writer lock.
    """
    manifest, parts = read_parts(folder, old)
    keys = [part.segment.key for part in old]
    places = [place for place, part in enumerate(parts) if part.segment.key in keys]
    if manifest is None or len(places) != len(old):
        _discard_unnamed(folder)
        return None
    gone = [
        now.segment.ids.take(arrow_rows(np.flatnonzero(now.dead & ~was)))
        for then in old
        for now in parts
        if now.segment.key == then.segment.key and now.dead is not None
        for was in [np.zeros(then.segment.rows, dtype=np.bool_) if then.dead is None else then.dead]
    ]
    part = Part(segment=replace(new.segment, record=record))
    for ids in gone:
        if len(ids):
            part = part.without(part.rows_of(ids, id_hashes(ids)))
    kept = [each for place, each in enumerate(parts) if place not in places]
    kept.insert(places[0], part)
    return write_parts(folder, kept, replace(base, generation=manifest.generation))


def _read_part(folder: Path, record: SegmentRecord, opened: dict[FileRecord, Segment], *, gently: bool) -> Part:
    segment = opened.get(record.vectors)
    if segment is None:
        record.vectors.verify(folder, gently=gently)
        record.entries.verify(folder, gently=gently)
        segment = opened[record.vectors] = Segment.open(folder, record)
    elif segment.record != record:
        segment = replace(segment, record=record)
    if record.dead is None:
        return Part(segment=segment)
    dead = np.zeros(record.rows, dtype=np.bool_)
    dead[np.load(record.dead.verify(folder, gently=gently), allow_pickle=False)] = True
    return Part(segment=segment, dead=dead)


def _write_part(folder: Path, part: Part, suffix: str) -> SegmentRecord:
    record = part.segment.record
    if record is None:
        record = SegmentRecord(
            rows=part.segment.rows,
            vectors=write_file(folder, f"vectors-{suffix}.faiss", part.segment.write_vectors),
            entries=write_file(folder, f"entries-{suffix}.arrow", part.segment.write_entries),
            dead=None,
            tuning=part.segment.tuning,
        )
    if part.dead is None or record.dead is not None:
        return record
    rows = np.flatnonzero(part.dead)

    def write_dead(send: Callable[[bytes], int]) -> None:
        buffer = io.BytesIO()
        np.save(buffer, rows, allow_pickle=False)
        send(buffer.getvalue())

    return replace(record, dead=write_file(folder, f"dead-{suffix}.npy", write_dead))


def _mapped(folder: Path, segment: Segment, record: SegmentRecord) -> Segment:
    """The segment read from disk where it was in memory, so that its memory is the page cache's to give and take."""
    if segment.record is None:
        return Segment.open(folder, record, like=segment)
    return segment if segment.record == record else replace(segment, record=record)


def last_generation(folder: Path) -> int:
    """The highest generation in a file name: an index made anew beside a damaged one must not write over its files."""
    numbers = (
        path.name.split("-")[1] for path in folder.iterdir() if path.name.startswith(("vectors-", "entries-", "dead-"))
    )
    return max((int(number) for number in numbers if number.isdecimal()), default=0)


def _discard_unnamed(folder: Path) -> None:
    """Gives back the room of a failed save. The manifest is read again: it may have got into place before the failure."""
    try:
        manifest = read_manifest(folder)
    except (DamagedError, OSError):
        return
    remove_others(folder, manifest.names() if manifest else set())
