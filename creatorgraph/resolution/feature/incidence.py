"""Which profile has which value: a sparse table that finds what two profiles share, for many pairs at once."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Incidence:
    """Rows (profiles) by values, as compressed rows; `values` ascend within a row and each occurs once there."""

    starts: Indices
    values: Indices
    width: int

    @property
    def rows(self) -> int:
        return len(self.starts) - 1

    @property
    def degree(self) -> Indices:
        """How many values each row has."""
        return np.diff(self.starts)

    @property
    def row_of_entry(self) -> Indices:
        return np.repeat(np.arange(self.rows, dtype=np.int64), self.degree)

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

    def has(self, rows: Indices, values: Indices) -> tuple[NDArray[np.bool_], Indices]:
        """Whether each row has the value beside it, and the entry where it does."""
        codes = self.row_of_entry * self.width + self.values
        if not len(codes):
            return np.zeros(len(rows), dtype=bool), np.zeros(len(rows), dtype=np.int64)
        wanted = rows * self.width + values
        at = np.minimum(np.searchsorted(codes, wanted), len(codes) - 1)
        return codes[at] == wanted, at

    def shared(self, left: Indices, right: Indices) -> Shared:
        """The values that both sides of each pair have."""
        codes = self.row_of_entry * self.width + self.values
        found: list[tuple[Indices, Indices, Indices]] = []
        for begin, end in _steps(self.degree[left], _STEP):
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


def _steps(degree: Indices, limit: int) -> Iterable[tuple[int, int]]:
    """Ranges of pairs whose entries together stay near the limit."""
    total = np.cumsum(degree)
    begin = 0
    while begin < len(degree):
        done = int(total[begin - 1]) if begin else 0
        end = max(begin + 1, int(np.searchsorted(total, done + limit, side="right")))
        yield begin, end
        begin = end


def incidence_of(rows: Indices, values: Indices, *, height: int, width: int) -> Incidence:
    """The table of (row, value) entries given in any order, repeats dropped."""
    codes = np.unique(np.asarray(rows, dtype=np.int64) * max(width, 1) + np.asarray(values, dtype=np.int64))
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
