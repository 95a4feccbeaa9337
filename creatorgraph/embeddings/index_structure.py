"""The FAISS index of a segment: how it is built, and how it is asked.

Three kinds, by rows. Flat compares with every vector: exact. Inverted compares with the vectors of the nearest cells.
Compressed looks through short codes (product quantisation, 4 bits for every 4 dimensions) of the nearest cells and ranks
the best again by longer ones (scalar quantisation); it holds no vector, and what it gives back for one is decoded from
the longer code. How many cells and how many to rank again is measured when it is built (`index_tuning.py`).
"""

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

import faiss as faiss_library
import numpy as np
import numpy.typing as npt

from creatorgraph.embeddings.encoder import Vectors
from creatorgraph.embeddings.index_id import Rows
from creatorgraph.embeddings.index_manifest import Tuning

# The type stubs in FAISS's wheel lag behind its functions.
faiss: Any = faiss_library
Gather = Callable[[Rows], Vectors]
Flags = npt.NDArray[np.bool_]

TRAINING_ROWS_PER_CELL = 64
"""Of an inverted segment; FAISS asks for at least 39."""
CHUNK = 65_536
"""Rows that are in memory as vectors at a time while a segment is compressed."""
_COMPRESSED_TRAINING = 40
_ROUNDS = 8
"""Of k-means on the cells of a compressed segment: later rounds move recall by less than a thousandth."""
_DEVIATIONS = 3.5
"""The longer code spans so many standard deviations of each dimension: fewer cut off what is rare, more are coarser."""
_LEAST_PRODUCT_ROWS = 640
TEAM_ROWS = 50_000
"""From so many rows on, work is shared among threads."""
_FEW_QUERIES = 8
"""FAISS answers up to so many queries faster row by row, which it does when given a selection."""


def flat(dimensions: int, gather: Gather, rows: int) -> Any:
    index = faiss.IndexFlatIP(dimensions)
    index.add(gather(np.arange(rows)))
    return index


def inverted(dimensions: int, gather: Gather, rows: int) -> Any:
    """2 sqrt(n) cells: FAISS's own guideline for this size."""
    vectors = gather(np.arange(rows))
    index = faiss.IndexIVFFlat(
        faiss.IndexFlatIP(dimensions), dimensions, int(2 * rows**0.5), faiss.METRIC_INNER_PRODUCT
    )
    index.cp.max_points_per_centroid = TRAINING_ROWS_PER_CELL
    index.train(vectors)
    index.add(vectors)
    index.make_direct_map()
    return index


def compressed(dimensions: int, gather: Gather, rows: int, *, code: str, like: Any = None) -> Any:
    """4 sqrt(n) cells, trained on the first rows, so these should be a sample; `code` is SQ6 or SQ8.

    `like`, a compressed index of these dimensions, lends its longer code: what it decodes is then encoded to the same
    bytes again, so that no merge makes a vector worse.
    """
    cells = max(1, min(int(4 * rows**0.5), rows // _COMPRESSED_TRAINING))
    parts = max(part for part in range(1, max(1, dimensions // 4) + 1) if dimensions % part == 0)
    index = faiss.index_factory(dimensions, f"IVF{cells},PQ{parts}x4fs,Refine({code})", faiss.METRIC_INNER_PRODUCT)
    index.own_fields = True
    base = faiss.downcast_index(index.base_index)
    base.cp.niter = _ROUNDS
    base.cp.max_points_per_centroid = _COMPRESSED_TRAINING
    sample = gather(np.arange(min(rows, max(_COMPRESSED_TRAINING * cells, _LEAST_PRODUCT_ROWS))))
    base.train(sample)
    longer = faiss.downcast_index(index.refine_index)
    lender = None if like is None else faiss.downcast_index(like.refine_index)
    if lender is not None and lender.sq.qtype == longer.sq.qtype:
        faiss.copy_array_to_vector(faiss.vector_to_array(lender.sq.trained), longer.sq.trained)
        longer.is_trained = True
    else:
        longer.sq.rangestat = faiss.ScalarQuantizer.RS_meanstd
        longer.sq.rangestat_arg = _DEVIATIONS
        longer.train(sample)
    index.is_trained = True
    for start in range(0, rows, CHUNK):
        index.add(gather(np.arange(start, min(rows, start + CHUNK))))
    return index


def code_of(index: Any) -> str | None:
    """The longer code of a compressed index, None for another kind."""
    if not isinstance(index, faiss.IndexRefine):
        return None
    return "SQ6" if faiss.downcast_index(index.refine_index).sq.qtype == faiss.ScalarQuantizer.QT_6bit else "SQ8"


def is_inverted(index: Any) -> bool:
    return isinstance(index, faiss.IndexIVFFlat)


def cells_of(index: Any) -> int:
    """The number of cells; 0 for a flat index."""
    base = faiss.downcast_index(index.base_index) if isinstance(index, faiss.IndexRefine) else index
    return int(base.nlist) if isinstance(base, faiss.IndexIVF) else 0


def ask(
    index: Any, queries: Vectors, k: int, tuning: Tuning, *, among: Any = None, share: float = 1.0
) -> tuple[Vectors, Rows]:
    """Inner products and rows of the k best per query, both (n, k); row -1 where there are fewer.

    `among`, a faiss.IDSelector, keeps a `share` of the rows. The k best of a share s are about the k / s best of all, so
    that is how deep the search goes.
    """
    cells = cells_of(index)
    options: dict[str, Any] = {} if among is None else {"sel": among}
    if not cells:
        if not options and len(queries) <= _FEW_QUERIES:
            options["sel"] = faiss.IDSelectorAll()
        parameters = faiss.SearchParameters(**options) if options else None
        return index.search(queries, k, params=parameters)  # type: ignore[no-any-return]
    rows = int(index.ntotal)
    deep = min(rows, int(k / max(share, 1e-9)))
    # Recall is measured for ten; deeper neighbours lie in more cells, by no more than the square root.
    probes = int(tuning.probes * max(1.0, (deep / tuning.neighbours) ** 0.5))
    # And cells enough to hold so many rows at all.
    options["nprobe"] = min(cells, max(probes, 4 * deep * cells // rows))
    parameters = faiss.SearchParametersIVF(**options)
    if isinstance(index, faiss.IndexRefine):
        # Fewer neighbours than were measured are not sought among fewer candidates.
        factor = tuning.ranked * max(1.0, tuning.neighbours / k)
        parameters = faiss.IndexRefineSearchParameters(
            k_factor=min(factor, max(1.0, rows / k)), base_index_params=parameters
        )
    return index.search(queries, k, params=parameters)  # type: ignore[no-any-return]


def ask_each(index: Any, queries: Vectors, k: int, rows: Rows) -> tuple[Vectors, Rows]:
    """The same among these rows alone, each of which is compared: as exact as what the segment keeps of a vector."""
    wanted = min(k, len(rows))
    if not wanted:
        return np.empty((len(queries), 0), dtype=np.float32), np.empty((len(queries), 0), dtype=np.int64)
    if isinstance(index, faiss.IndexRefine):
        near, places = _some(faiss.downcast_index(index.refine_index), rows).search(queries, wanted)
        return near, np.where(places < 0, -1, rows[places])
    near = queries @ index.reconstruct_batch(rows).T
    places = np.argsort(-near, axis=1, kind="stable")[:, :wanted]
    return np.take_along_axis(near, places, axis=1), rows[places]


def _some(store: Any, rows: Rows) -> Any:
    """A scalar quantiser's index of these rows of `store` alone: FAISS has no search of it among given rows, and its scan
    with a selector visits them all, ten times as long."""
    size = int(store.code_size)
    codes = faiss.rev_swig_ptr(store.codes.data(), int(store.ntotal) * size).reshape(-1, size)
    index = faiss.IndexScalarQuantizer(store.d, store.sq.qtype, faiss.METRIC_INNER_PRODUCT)
    faiss.copy_array_to_vector(faiss.vector_to_array(store.sq.trained), index.sq.trained)
    index.is_trained = True
    index.add_sa_codes(codes[rows])
    return index


def selector(rows: int, allowed: Flags) -> Any:
    """A faiss.IDSelector of the rows that are allowed; keep it, the bitmap of a million takes a fifth of a millisecond."""
    return faiss.IDSelectorBitmap(np.packbits(allowed[:rows], bitorder="little"))


def use_threads(count: int) -> None:
    """How many threads FAISS may use from now on for what this thread asks of it."""
    faiss.omp_set_num_threads(count)


@contextlib.contextmanager
def threads_for(rows: int) -> Iterator[None]:
    """FAISS uses this thread alone in the block where so few rows are to be worked on. Its team would take every core from
    those who search meanwhile, wait in a loop for the next task, and where cores are shared not even end sooner.
    """
    before = faiss.omp_get_max_threads()
    if rows < TEAM_ROWS:
        use_threads(1)
    try:
        yield
    finally:
        use_threads(before)
