"""A segment: vectors that never change, with their ids and digests; in memory, or mapped from two files.

What changes is which of its rows still count: a `Part` is a segment with the rows that are dead. Adding makes a new
segment, removing marks rows dead, merging writes the living rows of several anew. Searches hold on to the parts they
began with, so they need no lock.
"""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from errno import ENOENT
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import Any, cast

import faiss as faiss_library
import numpy as np
import pyarrow as pa

from creatorgraph.domain.error import DamagedError
from creatorgraph.embeddings.encoder import Vectors
from creatorgraph.embeddings.index_file import REBUILD
from creatorgraph.embeddings.index_filter import Allowed
from creatorgraph.embeddings.index_id import Hashes, IdLookup, Order, Rows, arrow_rows, strings
from creatorgraph.embeddings.index_manifest import SegmentRecord, Tuning
from creatorgraph.embeddings.index_structure import (
    Flags,
    ask,
    ask_each,
    cells_of,
    code_of,
    flat,
    inverted,
    is_inverted,
    selector,
    threads_for,
)
from creatorgraph.embeddings.index_tuning import UNMEASURED, tuned

# Below this, FAISS compares with every vector (exact; 100,000 x 384 take about 10 ms on one core). Above, with those of
# the nearest of 2 sqrt(n) cells (IVF). Not HNSW: it cannot be mapped from disk, costs half as much memory again and is
# built in minutes where IVF takes seconds. Of a filter that keeps no more than this, every row is compared too.
EXACT_BELOW = 50_000

# The type stubs in FAISS's wheel lag behind its functions.
faiss: Any = faiss_library
_keys = count()
_HASH, _ROW = "sorted_hash", "row_of_hash"
"""Columns of the file of entries that are in the order of the hashes, not in that of the rows."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Segment:
    """`key` tells segments of this process apart; `record` is None until it is on disk."""

    key: int
    vectors: Any  # a faiss.Index
    ids: pa.StringArray
    digests: pa.StringArray
    lookup: IdLookup
    tuning: Tuning = UNMEASURED
    record: SegmentRecord | None = None

    @classmethod
    def of(
        cls,
        index: Any,
        ids: pa.StringArray,
        digests: pa.StringArray,
        tuning: Tuning,
        record: SegmentRecord | None = None,
        order: Order | None = None,
    ) -> "Segment":
        return cls(
            key=next(_keys),
            vectors=index,
            ids=ids,
            digests=digests,
            lookup=IdLookup(ids, order),
            tuning=tuning,
            record=record,
        )

    @classmethod
    def build(
        cls,
        ids: Sequence[str] | pa.StringArray,
        digests: Sequence[str] | pa.StringArray,
        vectors: Vectors,
        *,
        recall: float,
        exact_below: int | None = None,
    ) -> "Segment":
        """A segment in memory; row i is ids[i], digests[i], vectors[i]. Inverted from `exact_below` rows."""
        rows, dimensions = vectors.shape

        def gather(wanted: Rows) -> Vectors:
            return np.ascontiguousarray(vectors[wanted])

        with threads_for(rows):
            if rows < (EXACT_BELOW if exact_below is None else exact_below):
                return cls.of(flat(dimensions, gather, rows), strings(ids), strings(digests), UNMEASURED)
            index = inverted(dimensions, gather, rows)
            return cls.of(index, strings(ids), strings(digests), tuned(index, gather, rows, recall))

    @classmethod
    def open(cls, folder: Path, record: SegmentRecord, *, like: "Segment | None" = None) -> "Segment":
        """Maps the files of `record`, which the caller has verified; as `like`, which they were written from, where given.

        Raises DamagedError when they are not of one piece, FileNotFoundError when another process has removed them since.
        """
        path = folder / record.vectors.name
        try:
            index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
        except RuntimeError as error:
            if path.exists():
                raise
            raise FileNotFoundError(ENOENT, os.strerror(ENOENT), str(path)) from error
        entries = pa.ipc.open_file(pa.memory_map(str(folder / record.entries.name))).read_all()
        if not index.ntotal == entries.num_rows == record.rows:
            raise DamagedError("vectors and ids differ in number", where=str(folder), mend=REBUILD)
        if is_inverted(index):
            index.make_direct_map()
        ids, digests = _column(entries, "id"), _column(entries, "digest")
        found = cls.of(index, ids, digests, record.tuning or UNMEASURED, record, _order(entries))
        # Equal ids in equal rows: what was looked up in the one is right in the other.
        return found if like is None else replace(found, key=like.key)

    @property
    def rows(self) -> int:
        return len(self.ids)

    @property
    def lossy(self) -> bool:
        """Whether it keeps codes and not the vectors."""
        return code_of(self.vectors) is not None

    def write_vectors(self, send: Callable[[bytes], int]) -> None:
        faiss.write_index(self.vectors, faiss.PyCallbackIOWriter(send))

    def write_entries(self, send: Callable[[bytes], int]) -> None:
        hashes, rows = self.lookup.order()
        order = {
            name: pa.Array.from_buffers(kind, self.rows, [None, pa.py_buffer(np.ascontiguousarray(values))])
            for name, kind, values in ((_HASH, pa.uint64(), hashes), (_ROW, pa.int32(), rows))
        }
        table = pa.table({"id": self.ids, "digest": self.digests, **order})
        sink = pa.BufferOutputStream()
        with pa.ipc.new_file(sink, table.schema) as writer:
            writer.write_table(table, max_chunksize=max(1, self.rows))
        send(sink.getvalue().to_pybytes())

    def vectors_of(self, rows: Rows) -> Vectors:
        """Copies of these rows, shape (len(rows), dimensions); of a lossy segment, what their codes stand for."""
        with threads_for(len(rows)):
            found: Vectors = self.vectors.reconstruct_batch(np.ascontiguousarray(rows))
        return found


@dataclass(frozen=True, kw_only=True, eq=False)
class Part:
    """A segment and which of its rows are dead (None: none is)."""

    segment: Segment
    dead: Flags | None = field(default=None)

    @cached_property
    def living(self) -> int:
        return self.segment.rows - (0 if self.dead is None else int(self.dead.sum()))

    @cached_property
    def _selector(self) -> Any:
        """Of the living rows; None where all live."""
        return None if self.dead is None else selector(self.segment.rows, ~self.dead)

    def living_rows(self) -> Rows:
        return np.arange(self.segment.rows) if self.dead is None else np.flatnonzero(~self.dead)

    def without(self, rows: Sequence[int] | Rows) -> "Part":
        """The part with these rows dead too; its own flags are never changed, a search may be reading them."""
        dead = np.zeros(self.segment.rows, dtype=np.bool_) if self.dead is None else self.dead.copy()
        dead[rows] = True
        record = self.segment.record
        # The file of dead rows is out of date with this.
        segment = replace(self.segment, record=replace(record, dead=None)) if record else self.segment
        return Part(segment=segment, dead=dead)

    def rows_of(self, ids: pa.StringArray, hashes: Hashes) -> Rows:
        """The living row of each id, -1 where there is none."""
        rows = self.segment.lookup.rows_of(ids, hashes)
        if self.dead is not None:
            rows[(rows >= 0) & self.dead[rows]] = -1
        return rows

    def columns(self) -> tuple[pa.StringArray, pa.StringArray]:
        """Ids and digests of the living rows, as Arrow arrays."""
        if self.dead is None:
            return self.segment.ids, self.segment.digests
        rows = arrow_rows(self.living_rows())
        return self.segment.ids.take(rows), self.segment.digests.take(rows)

    def entries(self) -> tuple[list[str], list[str]]:
        """The same, as lists."""
        ids, digests = self.columns()
        return cast("list[str]", ids.to_pylist()), cast("list[str]", digests.to_pylist())

    def search(self, queries: Vectors, k: int, among: Allowed | None = None) -> tuple[Vectors, Rows]:
        """Inner products and rows of the k best per query, both (n, at most k); row -1 where there are fewer."""
        segment = self.segment
        if among is None:
            return ask(segment.vectors, queries, min(k, segment.rows), segment.tuning, among=self._selector)
        rows = among.rows_in(segment.key, segment.lookup)
        if self.dead is not None:
            rows = rows[~self.dead[rows]]
        if len(rows) <= EXACT_BELOW or not cells_of(segment.vectors):
            return ask_each(segment.vectors, queries, k, rows)
        allowed = np.zeros(segment.rows, dtype=np.bool_)
        allowed[rows] = True
        share = len(rows) / segment.rows
        chosen = selector(segment.rows, allowed)
        return ask(segment.vectors, queries, min(k, len(rows)), segment.tuning, among=chosen, share=share)


def _column(table: pa.Table, name: str) -> Any:
    """A column in one piece; it is written as one, so nothing is copied from the mapped file."""
    column = table.column(name)
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()


def _order(entries: pa.Table) -> Order | None:
    """The order of the ids' hashes as it was written; None in a file from before it was, and in an empty one."""
    count = entries.num_rows
    if not count or _HASH not in entries.column_names:
        return None
    hashes, rows = (_column(entries, name).buffers()[1] for name in (_HASH, _ROW))
    return np.frombuffer(hashes, dtype=np.uint64, count=count), np.frombuffer(rows, dtype=np.int32, count=count)
