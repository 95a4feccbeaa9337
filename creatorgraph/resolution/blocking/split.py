"""Crowded blocks, split by what else their profiles share.

A value that too many profiles have brings nobody together by itself: `james` is no reason to compare two thousand
profiles with each other. Those of them that share a second value, a rung of a ladder, are compared again; where that is too
many still, another is asked for.

The ladder has one rung, whole names. A place or a rare word of a bio is none: who is found because of it would be believed
because of it again, and strangers who share a name and a word of their bios are many where profiles are.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from creatorgraph.resolution.feature.incidence import Incidence, Indices, counted, steps
from creatorgraph.resolution.feature.population import Population

_STEP = 2_000_000
"""Pairs, or entries, that are written out at a time; bounds the memory beside the result itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocks:
    """Rows by block, ascending by `value` and then by `row`; `guess` is 1 where the profile does not show the value."""

    value: Indices
    row: Indices
    guess: Indices

    def where(self, kept: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> "Blocks":
        return Blocks(value=self.value[kept], row=self.row[kept], guess=self.guess[kept])

    @property
    def size_of_block(self) -> Indices:
        """Per entry, how many rows its block has."""
        begin = np.searchsorted(self.value, self.value, side="left")
        return np.searchsorted(self.value, self.value, side="right") - begin

    def codes(self, size: int) -> Iterator[Indices]:
        """The pairs `left * size + right` within each block, except between two guesses; some blocks at a time."""
        later = np.searchsorted(self.value, self.value, side="right") - np.arange(len(self.value)) - 1
        for begin, end in steps(later, _STEP):
            count = later[begin:end]
            first = np.repeat(np.arange(begin, end, dtype=np.int64), count)
            second = first + 1 + np.arange(len(first)) - np.repeat(np.cumsum(count) - count, count)
            shown = (self.guess[first] & self.guess[second]) == 0
            yield counted(self.row[first[shown]] * size + self.row[second[shown]])[0]


def blocks_of(value: Indices, row: Indices, guess: Indices, size: int) -> Blocks:
    """From entries in any order; `size` is the number of profiles."""
    packed = np.sort((value * max(size, 1) + row) * 2 + guess)
    entry = packed // 2
    return Blocks(value=entry // max(size, 1), row=entry % max(size, 1), guess=packed % 2)


def ladder(population: Population) -> tuple[Incidence, ...]:
    """What crowded blocks are split by: whole names."""
    names = population.names
    bags = Incidence(
        starts=np.arange(len(names.unordered) + 1),
        values=names.unordered,
        width=int(names.unordered.max(initial=-1)) + 1,
    )
    return (names.entries.through(bags),)


def split_codes(crowded: Blocks, rungs: Sequence[Incidence], cap: int, size: int) -> list[Indices]:
    """The pairs of the parts of crowded blocks that have at most `cap` rows."""
    found: list[Indices] = []
    for part in _portions(crowded, rungs):
        open_ = part
        for rung in rungs:
            owner, entry = rung.unfold(open_.row)
            values, _ = counted(open_.value)
            place = np.searchsorted(values, open_.value)
            both = blocks_of(
                place[owner] * max(rung.width, 1) + rung.values[entry], open_.row[owner], open_.guess[owner], size
            )
            rows = both.size_of_block
            found += both.where((rows > 1) & (rows <= cap)).codes(size)
            open_ = _joined(open_, both.where(rows > cap), size)
    return found


def _portions(crowded: Blocks, rungs: Sequence[Incidence]) -> Iterator[Blocks]:
    """Whole blocks, so many at a time that their entries on any rung stay near the limit."""
    begin = np.flatnonzero(np.diff(crowded.value, prepend=-1))
    if not len(begin) or not rungs:
        return
    most = np.max([rung.degree[crowded.row] for rung in rungs], axis=0)
    edges = np.append(begin, len(crowded.value))
    for first, last in steps(np.add.reduceat(most, begin), _STEP):
        part = slice(int(edges[first]), int(edges[last]))
        yield Blocks(value=crowded.value[part], row=crowded.row[part], guess=crowded.guess[part])


def _joined(one: Blocks, two: Blocks, size: int) -> Blocks:
    """Both, each with its own blocks."""
    behind = int(one.value.max(initial=-1)) + 1
    return blocks_of(
        np.concatenate([one.value, behind + two.value]),
        np.concatenate([one.row, two.row]),
        np.concatenate([one.guess, two.guess]),
        size,
    )
