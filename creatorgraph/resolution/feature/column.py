"""Columns of the profile table as numbers: every distinct text is looked at once, and never all of them are Python objects."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

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
        kept = pc.utf8_length(self.texts).to_numpy(zero_copy_only=False) > length
        return self if kept.all() else Entries(rows=self.rows[kept], texts=self.texts.filter(pa.array(kept)))


def distinct(column: Column) -> Distinct:
    """The distinct texts of a column."""
    chunks = column if isinstance(column, pa.ChunkedArray) else pa.chunked_array([column], pa.string())
    if chunks.null_count == len(chunks):
        return Distinct(texts=pa.array([], pa.string()), number=np.full(len(chunks), -1, dtype=np.int64))
    encoded = pc.dictionary_encode(chunks).unify_dictionaries()
    texts = encoded.chunk(0).dictionary
    number = np.concatenate([_or_none(chunk.indices) for chunk in encoded.chunks])
    empty = np.flatnonzero(np.diff(ends_of(texts)) == 0)
    if len(empty):
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
        # methods, which cost a fifth of pyarrow.compute's functions of these names where there are few rows
        texts, parents = chunk.flatten(), chunk.value_parent_indices().to_numpy().astype(np.int64)
        if texts.null_count:
            known = pc.is_valid(texts)
            texts, parents = texts.filter(known), parents[as_flags(known)]
        rows.append(parents + begin)
        found.append(texts)
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
    if not len(vocabulary) or not len(texts):
        return np.full(len(texts), -1, dtype=np.int64)
    found = pc.index_in(texts, value_set=vocabulary)
    return _or_none(flat(found))


def _or_none(numbers: pa.Array) -> Indices:
    """Numbers of Arrow as numpy's; null is -1."""
    known = numbers.fill_null(-1) if numbers.null_count else numbers
    found: Indices = known.to_numpy(zero_copy_only=False).astype(np.int64)
    return found


def folded(texts: Column) -> pa.StringArray:
    """`fold` of every text, the ASCII ones all at once; null gives the empty text."""
    array = flat(texts)
    if array.null_count == len(array):
        return pa.repeat(pa.scalar("", pa.string()), len(array))
    array = without_nulls(array)
    ascii_only = pc.string_is_ascii(array)
    plain = pc.replace_substring(pc.replace_substring(pc.ascii_lower(array), "'", ""), "`", "")
    # for ASCII folding leaves letters and digits, and one space for whatever stands between them
    plain = pc.ascii_trim(pc.replace_substring_regex(plain, "[^a-z0-9]+", " "), " ")
    if ascii_only.true_count == len(array):
        return plain
    others = texts_by(array.filter(pc.invert(ascii_only)), fold)
    return pc.replace_with_mask(plain, pc.invert(ascii_only), others)


def without_nulls(texts: pa.StringArray) -> pa.StringArray:
    """The texts, null as the empty one."""
    return pc.fill_null(texts, "") if texts.null_count else texts


def ends_of(texts: pa.StringArray) -> NDArray[np.int32]:
    """Where the first of some texts begins among their bytes, and where each ends."""
    ends: NDArray[np.int32] = np.frombuffer(texts.buffers()[1], dtype=np.int32)
    return ends[texts.offset : texts.offset + len(texts) + 1]


def flat(column: Column) -> pa.Array:
    """The column as one array."""
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def joined(parts: Sequence[pa.StringArray]) -> pa.StringArray:
    """Text arrays one behind the other."""
    if len(parts) == 1:
        return parts[0]
    return pa.concat_arrays(list(parts)) if parts else pa.array([], pa.string())


def as_flags(values: pa.BooleanArray) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Arrow's truth values as numpy's; null is false."""
    known = pc.fill_null(values, False) if values.null_count else values
    flags: np.ndarray[tuple[int], np.dtype[np.bool_]] = known.to_numpy(zero_copy_only=False)
    return flags
