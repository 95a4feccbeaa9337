"""Which ids a search may find."""

import threading
from collections.abc import Iterable

import numpy as np

from creatorgraph.embeddings.index_id import Hashes, IdLookup, Rows, arrow_rows, id_hashes, strings

_SEGMENTS = 64


class Allowed:
    """A set of ids to search among, prepared once and then used for any number of searches, pages and threads.

    It holds ids, not places: it stays right when the index changes, is saved, rebuilt or reloaded.
    """

    def __init__(self, ids: Iterable[str]) -> None:
        given = strings(ids if isinstance(ids, set | frozenset) else dict.fromkeys(ids))
        hashes = id_hashes(given)
        # Looked up in the order in which a large segment lies, each page of it is read once.
        order = np.argsort(hashes, kind="stable")
        self._ids = given.take(arrow_rows(order))
        self._hashes: Hashes = hashes[order]
        self._rows: dict[int, Rows] = {}
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._ids)

    def rows_in(self, key: int, lookup: IdLookup) -> Rows:
        """The rows, ascending, that these ids have in the segment of this key; kept for the next search."""
        with self._lock:
            known = self._rows.get(key)
        if known is not None:
            return known
        rows = lookup.rows_of(self._ids, self._hashes)
        rows = np.sort(rows[rows >= 0])
        with self._lock:
            # Segments come and go while a selection lives; the oldest are those that went.
            while len(self._rows) >= _SEGMENTS:
                del self._rows[next(iter(self._rows))]
            self._rows[key] = rows
        return rows
