"""Which profile has which value: a sparse table that finds what two profiles share, for many pairs at once."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Indices = NDArray[np.int64]

# Entries that one step of `shared` may unfold; bounds its memory to some tens of megabytes.
_STEP = 4_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """One row per (pair, value that both have): `pair` indexes the pairs asked for, the entries index `values`."""

    pair: Indices
    left_entry: Indices
    right_entry: Indices


@dataclass(frozen=True, kw_only=True)
class Incidence:
    """Rows (profiles) by values, as compressed rows; `values` ascend within a row and each occurs once there.

    No slots, for the cached property.
    """

    starts: Indices
    values: Indices
    width: int

    @property
    def rows(self) -> int:
        return len(self.starts) - 1

    @property
    def degree(self) -> Indices:
        """How many values each row has."""
        degree: Indices = self.starts[1:] - self.starts[:-1]
        return degree

    @property
    def row_of_entry(self) -> Indices:
        return np.repeat(np.arange(self.rows, dtype=np.int64), self.degree)

    @cached_property
    def codes(self) -> Indices:
        """`row * width + value` of every entry; ascending."""
        return self.row_of_entry * self.width + self.values

    def frequency(self) -> Indices:
        """How many rows have each value."""
        return np.bincount(self.values, minlength=self.width).astype(np.int64)

    def unfold(self, rows: Indices) -> tuple[Indices, Indices]:
        """Every entry of the given rows: (index into `rows`, entry)."""
        degree = self.degree[rows]
        owner = np.repeat(np.arange(len(rows), dtype=np.int64), degree)
        ends = np.cumsum(degree)
        entry = np.arange(len(owner), dtype=np.int64) - np.repeat(ends - degree - self.starts[rows], degree)
        return owner, entry

    def through(self, other: "Incidence") -> "Incidence":
        """The values of `other`, whose rows are this table's values, by the rows of this table."""
        owner, entry = other.unfold(self.values)
        return incidence_of(self.row_of_entry[owner], other.values[entry], height=self.rows, width=other.width)

    def take(self, rows: Indices) -> tuple["Incidence", Indices]:
        """Row i is the row `rows[i]` of this table, empty for -1; and the entry here that each entry comes from."""
        degree = np.where(rows >= 0, self.degree[rows], 0) if self.rows else np.zeros(len(rows), dtype=np.int64)
        starts = np.zeros(len(rows) + 1, dtype=np.int64)
        np.cumsum(degree, out=starts[1:])
        entry = np.arange(starts[-1]) - np.repeat(starts[:-1] - self.starts[rows] * (rows >= 0), degree)
        return Incidence(starts=starts, values=self.values[entry], width=self.width), entry

    def only(self, values: NDArray[np.bool_]) -> "Incidence":
        """The table of some of the values, numbered anew without gaps."""
        kept = values[self.values]
        starts = np.concatenate([[0], np.cumsum(kept)])[self.starts]
        place = np.cumsum(values) - 1
        return Incidence(starts=starts, values=place[self.values[kept]], width=int(values.sum()))

    def turned(self) -> "Incidence":
        """Values by rows."""
        return incidence_of(self.values, self.row_of_entry, height=self.width, width=self.rows)

    def has(self, rows: Indices, values: Indices) -> tuple[NDArray[np.bool_], Indices]:
        """Whether each row has the value beside it, and the entry where it does."""
        codes = self.codes
        if not len(codes):
            return np.zeros(len(rows), dtype=bool), np.zeros(len(rows), dtype=np.int64)
        wanted = rows * self.width + values
        at = np.minimum(np.searchsorted(codes, wanted), len(codes) - 1)
        return codes[at] == wanted, at

    def shared(self, left: Indices, right: Indices) -> Shared:
        """The values that both sides of each pair have."""
        codes = self.codes
        found: list[tuple[Indices, Indices, Indices]] = []
        for begin, end in steps(self.degree[left], _STEP):
            owner, entry = self.unfold(left[begin:end])
            if not len(owner):
                continue
            wanted = right[begin:end][owner] * self.width + self.values[entry]
            at = np.minimum(np.searchsorted(codes, wanted), len(codes) - 1)
            hit = codes[at] == wanted
            found.append((owner[hit] + begin, entry[hit], at[hit]))
        if not found:
            none = np.zeros(0, dtype=np.int64)
            return Shared(pair=none, left_entry=none, right_entry=none)
        pair, left_entry, right_entry = (np.concatenate(part) for part in zip(*found, strict=True))
        return Shared(pair=pair, left_entry=left_entry, right_entry=right_entry)


def steps(degree: Indices, limit: int) -> Iterable[tuple[int, int]]:
    """Ranges of pairs whose entries together stay near the limit."""
    total = np.cumsum(degree)
    begin = 0
    while begin < len(degree):
        done = int(total[begin - 1]) if begin else 0
        end = max(begin + 1, int(np.searchsorted(total, done + limit, side="right")))
        yield begin, end
        begin = end


def counted(codes: NDArray[np.int64]) -> tuple[Indices, Indices]:
    """The distinct codes, ascending, and how often each occurs.

    By sorting: numpy sorts integers with vector instructions, many times as fast as its `unique` hashes them.
    """
    ordered = np.sort(codes)
    first = np.ones(len(ordered), dtype=bool)
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    begin = np.flatnonzero(first)
    times = np.empty_like(begin)
    np.subtract(begin[1:], begin[:-1], out=times[:-1])
    times[-1:] = len(ordered) - begin[-1:]
    return ordered[begin], times


def incidence_of(rows: Indices, values: Indices, *, height: int, width: int) -> Incidence:
    """The table of (row, value) entries given in any order, repeats dropped."""
    codes, _ = counted(np.asarray(rows, dtype=np.int64) * max(width, 1) + np.asarray(values, dtype=np.int64))
    row = codes // max(width, 1)
    starts = np.zeros(height + 1, dtype=np.int64)
    np.cumsum(np.bincount(row, minlength=height), out=starts[1:])
    return Incidence(starts=starts, values=codes % max(width, 1), width=width)


def numbered(lists: Sequence[Iterable[Hashable]]) -> tuple[Incidence, list[Hashable]]:
    """The table of rows of hashable values, and the values in the order of their numbers (first seen first)."""
    number: dict[Hashable, int] = {}
    row: list[int] = []
    value: list[int] = []
    for index, items in enumerate(lists):
        for item in items:
            row.append(index)
            value.append(number.setdefault(item, len(number)))
    table = incidence_of(
        np.asarray(row, dtype=np.int64), np.asarray(value, dtype=np.int64), height=len(lists), width=len(number)
    )
    return table, list(number)
