"""Makes one segment of several, with codes where they are many, while others search and write.

The segment is built from a state of the index that its process keeps open, into a folder of its own; only its files' move
and a new manifest take the writer's lock. What was removed meanwhile dies in the new segment as well. Killed at any
moment, the folder holds the old state or the new one.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa

from creatorgraph.embeddings.encoder import Vectors
from creatorgraph.embeddings.index_compaction import columns_of, due, merged
from creatorgraph.embeddings.index_file import one_rebuild, one_writer, sync_folder, unwritable, write_file
from creatorgraph.embeddings.index_folder import last_generation, read_parts, replace_parts
from creatorgraph.embeddings.index_id import Rows, arrow_rows, id_hashes
from creatorgraph.embeddings.index_manifest import Manifest, SegmentRecord
from creatorgraph.embeddings.index_option import IndexOptions
from creatorgraph.embeddings.index_segment import Part, Segment
from creatorgraph.embeddings.index_structure import Gather, code_of, compressed
from creatorgraph.embeddings.index_tuning import tuned

_LIST_BYTES = 8
"""The number of its row that each short code carries."""
_HASH_BYTES = 8
"""What the look-up of ids holds in memory, a row."""


def rebuild(
    folder: Path, base: Manifest, options: IndexOptions, known: Sequence[Part] = (), *, scrub: bool = False
) -> bool:
    """Merges what saves leave apart; whether there was anything, and nobody else was at it.

    With `scrub`, rows that were removed are gone from the disk afterwards, vectors and ids. Raises UnavailableError when
    the disk is full, DamagedError when a file is not as written: the index then stays as it was.
    """
    manifest, parts = read_parts(folder, known)
    if manifest is None or not due(parts, options, scrub=scrub):
        return False
    try:
        with one_rebuild(folder) as room:
            if room is None:
                return False
            manifest, parts = read_parts(folder, parts)
            old = due(parts, options, scrub=scrub)
            if manifest is None or not old:
                return False
            new = _made_one(old, base.dimensions, options)
            record = SegmentRecord(
                rows=new.segment.rows,
                vectors=write_file(room, "vectors", new.segment.write_vectors),
                entries=write_file(room, "entries", new.segment.write_entries),
                dead=None,
                tuning=new.segment.tuning,
            )
            with one_writer(folder):
                record = _moved(room, folder, record)
                return replace_parts(folder, old, new, record, base) is not None
    except OSError as error:
        raise unwritable(folder, error) from error


def _made_one(parts: Sequence[Part], dimensions: int, options: IndexOptions) -> Part:
    if not options.compresses(sum(part.living for part in parts)):
        return merged(parts, options)
    ids, digests = columns_of(parts)
    # By a hash of the id: the order does not depend on who came first, and the first rows are a sample of all.
    order = np.lexsort((np.arange(len(ids)), id_hashes(ids)))
    ids, digests = ids.take(arrow_rows(order)), digests.take(arrow_rows(order))
    gather = _gatherer(parts, order, dimensions)
    like = next((part.segment.vectors for part in parts if part.segment.lossy), None)
    code = code_of(like) if like is not None else _code(ids, digests, dimensions, options)
    index = compressed(dimensions, gather, len(ids), code=code or "SQ6", like=like)
    return Part(segment=Segment.of(index, ids, digests, tuned(index, gather, len(ids), options.recall)))


def _code(ids: pa.StringArray, digests: pa.StringArray, dimensions: int, options: IndexOptions) -> str:
    """The longest code that the bytes of a row have room for; the shorter where neither has."""
    entries = sum(array.get_total_buffer_size() for array in (ids, digests)) / len(ids)
    room = options.bytes_per_vector - entries - _LIST_BYTES - _HASH_BYTES - dimensions / 8
    return "SQ8" if room >= dimensions else "SQ6"


def _gatherer(parts: Sequence[Part], order: Rows, dimensions: int) -> Gather:
    """Vectors by their place in `order`, which numbers the living rows of the parts one after the other."""
    living = [part.living_rows() for part in parts]
    starts = np.cumsum([0, *(len(rows) for rows in living)])

    def gather(rows: Rows) -> Vectors:
        places = order[rows]
        found = np.empty((len(rows), dimensions), dtype=np.float32)
        for part, own, start, end in zip(parts, living, starts[:-1], starts[1:], strict=True):
            targets = np.flatnonzero((places >= start) & (places < end))
            if len(targets):
                found[targets] = part.segment.vectors_of(own[places[targets] - start])
        return found

    return gather


def _moved(room: Path, folder: Path, record: SegmentRecord) -> SegmentRecord:
    """The files of a rebuild under names of the index; no manifest names them yet."""
    generation = last_generation(folder) + 1
    vectors, entries = f"vectors-{generation}-r.faiss", f"entries-{generation}-r.arrow"
    (room / record.vectors.name).rename(folder / vectors)
    (room / record.entries.name).rename(folder / entries)
    sync_folder(folder)
    return SegmentRecord(
        rows=record.rows,
        vectors=record.vectors.renamed(vectors),
        entries=record.entries.renamed(entries),
        dead=None,
        tuning=record.tuning,
    )
