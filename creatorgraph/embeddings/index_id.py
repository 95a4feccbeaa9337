"""Which row of a segment an id has: by a 64-bit hash of the id, sorted; the id itself decides.

A dictionary of a million ids takes a quarter of a gigabyte and seconds to make; this takes 12 bytes a row, is made column by
column, and lies in the file of a saved segment: to sort a million hashes anew slows who searches beside it for a quarter of a
second.
"""

import threading
from collections.abc import Iterable
from typing import cast

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from creatorgraph.domain.error import InvalidInputError

Rows = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]
Order = tuple[Hashes, npt.NDArray[np.int32]]
"""Hashes in ascending order, and the row of each."""
_LANE = 8
_MOST_BYTES = 2**31 - 1
"""Of the text of an Arrow array of strings."""
# Odd constants of the 64-bit finaliser of MurmurHash3 (Austin Appleby, public domain).
_FIRST, _SECOND = np.uint64(0xFF51AFD7ED558CCD), np.uint64(0xC4CEB9FE1A85EC53)
_SHIFT = np.uint64(33)


def strings(values: Iterable[str]) -> pa.StringArray:
    """An Arrow array of strings, from one or from any iterable of str.

    Around pa.array, as in `arrow_rows`: it asks pandas, whose import would hold up every thread for a second.
    """
    if isinstance(values, pa.StringArray):
        return values
    texts = list(values)
    joined = "".join(texts)
    sizes = map(len, texts) if joined.isascii() else (len(text.encode()) for text in texts)
    offsets = np.zeros(len(texts) + 1, dtype=np.int64)
    np.cumsum(np.fromiter(sizes, dtype=np.int64, count=len(texts)), out=offsets[1:])
    if offsets[-1] > _MOST_BYTES:
        raise InvalidInputError(f"the ids or digests of a segment take more than {_MOST_BYTES:,} bytes")
    buffers = [None, pa.py_buffer(offsets.astype(np.int32)), pa.py_buffer(joined.encode())]
    return cast("pa.StringArray", pa.Array.from_buffers(pa.string(), len(texts), buffers))


def id_hashes(ids: pa.StringArray) -> Hashes:
    """One number an id, the same on every machine and in every process; shape (len(ids),)."""
    count = len(ids)
    if not count:
        return np.zeros(0, dtype=np.uint64)
    _, offset_buffer, data = ids.buffers()
    offsets = np.frombuffer(offset_buffer, dtype=np.int32, count=count + 1 + ids.offset)[ids.offset :].astype(np.int64)
    # Eight zero bytes at the end: the last lane of the last id may be read whole.
    begin, end = int(offsets[0]), int(offsets[-1])
    padded = np.zeros(end - begin + _LANE, dtype=np.uint8)
    if end > begin:
        padded[:-_LANE] = np.frombuffer(data, dtype=np.uint8)[begin:end]
    lanes = np.ndarray((len(padded) - _LANE + 1,), dtype="<u8", buffer=padded.data, strides=(1,))
    starts, lengths = offsets[:-1] - begin, np.diff(offsets)
    hashes = _mixed(lengths.astype(np.uint64) + np.uint64(1))
    for place in range(0, int(lengths.max()), _LANE):
        rows = np.flatnonzero(lengths > place)
        spare = np.maximum(0, _LANE - (lengths[rows] - place)).astype(np.uint64) * np.uint64(8)
        lane = (lanes[starts[rows] + place] << spare) >> spare
        hashes[rows] = _mixed(hashes[rows] ^ lane)
    return hashes


def _mixed(values: Hashes) -> Hashes:
    values = (values ^ (values >> _SHIFT)) * _FIRST
    values = (values ^ (values >> _SHIFT)) * _SECOND
    return values ^ (values >> _SHIFT)


class IdLookup:
    """Rows by id, for ids that are each there once; `order` is theirs, None where it is to be found when it is first needed."""

    def __init__(self, ids: pa.StringArray, order: Order | None = None) -> None:
        self._ids = ids
        self._order = order
        self._lock = threading.Lock()

    def rows_of(self, ids: pa.StringArray, hashes: Hashes) -> Rows:
        """The row of each id, -1 for one that is not there; `hashes` are those of `ids`."""
        found = np.full(len(ids), -1, dtype=np.int64)
        if not len(self._ids) or not len(ids):
            return found
        known, order = self.order()
        asked = np.arange(len(ids), dtype=np.int64)
        places = np.searchsorted(known, hashes)
        # Ids of one hash lie side by side; usually there is one, and the loop runs once.
        while len(asked):
            inside = places < len(known)
            asked, places = asked[inside], places[inside]
            same = known[places] == hashes[asked]
            asked, places = asked[same], places[same]
            if not len(asked):
                break
            rows = order[places].astype(np.int64)
            right = equal_places(self._ids.take(arrow_rows(rows)), ids.take(arrow_rows(asked)))
            found[asked[right]] = rows[right]
            asked, places = np.delete(asked, right), np.delete(places, right) + 1
        return found

    def order(self) -> Order:
        """The hashes of all ids, sorted, with their rows."""
        with self._lock:
            if self._order is None:
                hashes = id_hashes(self._ids)
                rows = np.argsort(hashes, kind="stable")
                self._order = hashes[rows], rows.astype(np.int32)
            return self._order


def equal_places(left: pa.StringArray, right: pa.StringArray) -> Rows:
    """Where two arrays of one length have the same string. Around `to_numpy`, for the reason of `arrow_rows`."""
    places = pc.indices_nonzero(pc.equal(left, right))
    return np.frombuffer(places.buffers()[1], dtype=np.uint64, count=len(places)).astype(np.int64)


def arrow_rows(rows: Rows) -> pa.Int64Array:
    """Row numbers for `take`, around pa.array: given numpy it asks pandas, whose import costs the first search a second."""
    numbers = np.ascontiguousarray(rows, dtype=np.int64)
    return pa.Array.from_buffers(pa.int64(), len(numbers), [None, pa.py_buffer(numbers)])
