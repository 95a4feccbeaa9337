"""A segment: vectors that never change, with their ids and digests; in memory, or mapped from two files.

What changes is which of its rows still count: a `Part` is a segment with the rows that are dead. Adding makes a new
segment, removing marks rows dead, merging writes the living rows of several anew. Searches hold on to the parts they
began with, so they need no lock.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Any, cast

import faiss as faiss_library
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from creatorgraph.domain.error import DamagedError
from creatorgraph.embeddings.encoder import Vectors
from creatorgraph.embeddings.index_file import REBUILD
from creatorgraph.embeddings.index_manifest import SegmentRecord

# Below this, FAISS compares with every vector (exact; 100,000 x 384 take about 10 ms on one core). Above, with the
# vectors of the PROBES nearest of 2 sqrt(n) cells (IVF): a fraction of a millisecond, and thousands of queries a second,
# where resolution asks for the neighbours of every bio; 64 of 632 cells find 0.97 of the ten nearest of 100,000
# (`make bench ONLY=search`). Not HNSW: it cannot be mapped from disk, costs half as much
# memory again and is built in minutes where IVF takes seconds.
EXACT_BELOW = 50_000
PROBES = 64
TRAINING_ROWS_PER_CELL = 64
# FAISS answers up to so many queries faster row by row, which it does when given a selection.
_FEW_QUERIES = 8

# The type stubs in FAISS's wheel lag behind its functions.
faiss: Any = faiss_library
Rows = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
_keys = count()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Segment:
    """`key` tells segments of this process apart; `record` is None until it is on disk."""

    key: int
    vectors: Any  # a faiss.Index
    ids: pa.StringArray
    digests: pa.StringArray
    record: SegmentRecord | None = None

    @classmethod
    def build(cls, ids: Sequence[str], digests: Sequence[str], vectors: Vectors) -> "Segment":
        """A segment in memory; row i is ids[i], digests[i], vectors[i]."""
        dimensions = vectors.shape[1]
        index = faiss.IndexFlatIP(dimensions)
        if len(ids) >= EXACT_BELOW:
            cells = int(2 * len(ids) ** 0.5)
            index = faiss.IndexIVFFlat(index, dimensions, cells, faiss.METRIC_INNER_PRODUCT)
            index.cp.max_points_per_centroid = TRAINING_ROWS_PER_CELL
            index.train(vectors)
            index.add(vectors)
            index.make_direct_map()
        else:
            index.add(vectors)
        return cls(key=next(_keys), vectors=index, ids=_strings(ids), digests=_strings(digests))

    @classmethod
    def open(cls, folder: Path, record: SegmentRecord, *, key: int | None = None) -> "Segment":
        """Maps the files of `record`, which the caller has verified. Raises DamagedError when they are not of one piece."""
        index = faiss.read_index(str(folder / record.vectors.name), faiss.IO_FLAG_MMAP_IFC)
        entries = pa.ipc.open_file(pa.memory_map(str(folder / record.entries.name))).read_all()
        if not index.ntotal == entries.num_rows == record.rows:
            raise DamagedError("vectors and ids differ in number", where=str(folder), mend=REBUILD)
        if isinstance(index, faiss.IndexIVFFlat):
            index.make_direct_map()
        return cls(
            key=next(_keys) if key is None else key,
            vectors=index,
            ids=_column(entries, "id"),
            digests=_column(entries, "digest"),
            record=record,
        )

    @property
    def rows(self) -> int:
        return len(self.ids)

    def write_vectors(self, send: Callable[[bytes], int]) -> None:
        faiss.write_index(self.vectors, faiss.PyCallbackIOWriter(send))

    def write_entries(self, send: Callable[[bytes], int]) -> None:
        table = pa.table({"id": self.ids, "digest": self.digests})
        sink = pa.BufferOutputStream()
        with pa.ipc.new_file(sink, table.schema) as writer:
            writer.write_table(table, max_chunksize=max(1, self.rows))
        send(sink.getvalue().to_pybytes())

    def vectors_of(self, rows: Rows) -> Vectors:
        """Copies of these rows, shape (len(rows), dimensions)."""
        found: Vectors = self.vectors.reconstruct_batch(rows)
        return found


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Part:
    """A segment and which of its rows are dead (None: none is)."""

    segment: Segment
    dead: Flags | None = None

    @property
    def living(self) -> int:
        return self.segment.rows - (0 if self.dead is None else int(self.dead.sum()))

    def living_rows(self) -> Rows:
        return np.arange(self.segment.rows) if self.dead is None else np.flatnonzero(~self.dead)

    def without(self, rows: Sequence[int]) -> "Part":
        """The part with these rows dead too; its own flags are never changed, a search may be reading them."""
        dead = np.zeros(self.segment.rows, dtype=np.bool_) if self.dead is None else self.dead.copy()
        dead[rows] = True
        record = self.segment.record
        # The file of dead rows is out of date with this.
        segment = replace(self.segment, record=replace(record, dead=None)) if record else self.segment
        return Part(segment=segment, dead=dead)

    def entries(self) -> tuple[list[str], list[str]]:
        """Ids and digests of the living rows."""
        rows = None if self.dead is None else self.living_rows()
        ids, digests = (
            each if rows is None else each.take(arrow_rows(rows)) for each in (self.segment.ids, self.segment.digests)
        )
        return cast("list[str]", ids.to_pylist()), cast("list[str]", digests.to_pylist())

    def search(self, queries: Vectors, k: int) -> tuple[Vectors, Rows]:
        """Inner products and rows of the k best per query, both (n, k); row -1 where there are fewer."""
        index = self.segment.vectors
        options: dict[str, Any] = {}
        if self.dead is not None:
            options["sel"] = faiss.IDSelectorBitmap(np.packbits(~self.dead, bitorder="little"))
        if isinstance(index, faiss.IndexIVFFlat):
            # A large k needs more cells than hold so many vectors.
            options["nprobe"] = min(index.nlist, max(PROBES, 4 * k * index.nlist // index.ntotal))
            return index.search(queries, k, params=faiss.SearchParametersIVF(**options))  # type: ignore[no-any-return]
        if not options and len(queries) <= _FEW_QUERIES:
            options["sel"] = faiss.IDSelectorAll()
        parameters = faiss.SearchParameters(**options) if options else None
        return index.search(queries, k, params=parameters)  # type: ignore[no-any-return]


def arrow_rows(rows: Rows) -> pa.Int64Array:
    """Row numbers for `take`, around pa.array: given numpy it asks pandas, whose import costs the first search a second."""
    numbers = np.ascontiguousarray(rows, dtype=np.int64)
    return pa.Array.from_buffers(pa.int64(), len(numbers), [None, pa.py_buffer(numbers)])


def _strings(values: Sequence[str]) -> pa.StringArray:
    return pa.array(values, pa.string())


def _column(table: pa.Table, name: str) -> pa.StringArray:
    """A column in one piece; it is written as one, so nothing is copied from the mapped file."""
    column = table.column(name)
    return cast("pa.StringArray", column.chunk(0) if column.num_chunks == 1 else column.combine_chunks())
