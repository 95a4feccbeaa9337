"""Columns of the profile table as numbers: every distinct text is looked at once, and never all of them are Python objects."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from creatorgraph.resolution.feature.incidence import Incidence, Indices, incidence_of
from creatorgraph.resolution.text.fold import fold

_BATCH = 50_000
"""Rows that are Python objects at a time; bounds that part of the memory to some tens of megabytes."""

Column: TypeAlias = pa.Array | pa.ChunkedArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Distinct:
    """`texts` the distinct texts in the order of their first rows, `number` per row which it is, -1 for null and empty."""

    texts: pa.StringArray
    number: Indices


@dataclass(frozen=True, slots=True, kw_only=True)
class Entries:
    """Texts that belong to rows: `texts[i]` to row `rows[i]`; rows ascend."""

    rows: Indices
    texts: pa.StringArray

    def longer_than(self, length: int) -> "Entries":
        """Those of more than `length` characters."""
        kept = pc.greater(pc.utf8_length(self.texts), length)
        return Entries(rows=self.rows[as_flags(kept)], texts=self.texts.filter(kept))


def distinct(column: Column) -> Distinct:
    """The distinct texts of a column."""
    chunks = column if isinstance(column, pa.ChunkedArray) else pa.chunked_array([column], pa.string())
    if not len(chunks):
        return Distinct(texts=pa.array([], pa.string()), number=np.zeros(0, dtype=np.int64))
    encoded = pc.dictionary_encode(chunks).unify_dictionaries()
    texts = encoded.chunk(0).dictionary
    number = np.concatenate([chunk.indices.fill_null(-1).to_numpy(zero_copy_only=False) for chunk in encoded.chunks])
    number = number.astype(np.int64)
    empty = pc.index(texts, "").as_py()
    if empty >= 0:
        number = np.where(number == empty, -1, number - (number > empty))
        texts = texts.filter(pc.not_equal(texts, ""))
    return Distinct(texts=texts, number=number)


def batches(*columns: Column) -> Iterator[tuple[list[Any], ...]]:
    """The values of the columns beside each other, some rows at a time."""
    for begin in range(0, len(columns[0]), _BATCH):
        yield tuple(column.slice(begin, _BATCH).to_pylist() for column in columns)


def texts_by(texts: Column, function: Callable[[str], str | None]) -> pa.StringArray:
    """The function of every text."""
    return joined([pa.array(map(function, batch), pa.string()) for (batch,) in batches(texts)])


def entries_by(texts: Column, function: Callable[[str], Sequence[str]]) -> Entries:
    """What the function finds in every text; row i is the i-th text, null has none."""
    rows, found = [], []
    begin = 0
    for (batch,) in batches(texts):
        lists = [function(text) if isinstance(text, str) else () for text in batch]
        rows.append(np.repeat(np.arange(begin, begin + len(lists), dtype=np.int64), [len(row) for row in lists]))
        found.append(pa.array([text for row in lists for text in row], pa.string()))
        begin += len(lists)
    return Entries(rows=np.concatenate(rows) if rows else np.zeros(0, dtype=np.int64), texts=joined(found))


def entries_of(column: Column) -> Entries:
    """The texts of a column of lists; nulls are left out."""
    chunks = column.chunks if isinstance(column, pa.ChunkedArray) else [column]
    rows, found = [], []
    begin = 0
    for chunk in chunks:
        texts = pc.list_flatten(chunk)
        known = pc.is_valid(texts)
        parents = pc.list_parent_indices(chunk).to_numpy(zero_copy_only=False).astype(np.int64)
        rows.append(parents[as_flags(known)] + begin)
        found.append(texts.filter(known))
        begin += len(chunk)
    return Entries(rows=np.concatenate(rows) if rows else np.zeros(0, dtype=np.int64), texts=joined(found))


def words_of(texts: pa.StringArray) -> Entries:
    """The words of folded texts."""
    words = entries_of(pc.split_pattern(texts, " "))
    return words.longer_than(0)


def numbered_entries(entries: Entries, height: int) -> tuple[Incidence, pa.StringArray]:
    """The table of the rows' texts, and the texts in the order of their numbers (first seen first)."""
    values = distinct(entries.texts)
    known = values.number >= 0
    table = incidence_of(entries.rows[known], values.number[known], height=height, width=len(values.texts))
    return table, values.texts


def looked_up(texts: Column, vocabulary: pa.StringArray) -> Indices:
    """The place of each text in the vocabulary, -1 where it is not there."""
    found = pc.index_in(texts, value_set=vocabulary)
    array = found.combine_chunks() if isinstance(found, pa.ChunkedArray) else found
    places: Indices = array.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
    return places


def folded(texts: Column) -> pa.StringArray:
    """`fold` of every text, the ASCII ones all at once; null gives the empty text."""
    array = pc.fill_null(flat(texts), "")
    ascii_only = pc.string_is_ascii(array)
    plain = pc.replace_substring_regex(pc.ascii_lower(array), "['`]+", "")
    # for ASCII folding leaves letters and digits, and one space for whatever stands between them
    plain = pc.ascii_trim(pc.replace_substring_regex(plain, "[^a-z0-9]+", " "), " ")
    others = texts_by(array.filter(pc.invert(ascii_only)), fold)
    return pc.replace_with_mask(plain, pc.invert(ascii_only), others)


def flat(column: Column) -> pa.Array:
    """The column as one array."""
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def joined(parts: Sequence[pa.StringArray]) -> pa.StringArray:
    """Text arrays one behind the other."""
    return pa.concat_arrays(list(parts)) if parts else pa.array([], pa.string())


def as_flags(values: pa.BooleanArray) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Arrow's truth values as numpy's; null is false."""
    flags: np.ndarray[tuple[int], np.dtype[np.bool_]] = pc.fill_null(values, False).to_numpy(zero_copy_only=False)
    return flags
