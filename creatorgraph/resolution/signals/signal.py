"""What a signal is: one way to compare two profiles, in levels, with the words to explain it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from creatorgraph.resolution.comparison.pairs import Pairs
from creatorgraph.resolution.feature.population import Population

Levels = NDArray[np.int8]
MISSING = -1
"""The level where one side has no data: neutral, whatever the rest says."""


class NonMatches(StrEnum):
    """Where the share of different people at each level (u) is counted: pairs known not to be one person."""

    ONE_PLATFORM = "pairs with different usernames on one platform"
    NAMES_APART = "pairs whose full names share no word"
    RANDOM = "pairs drawn at random"


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One outcome. `m` and `u` are what to believe of its share among same and different people before any data."""

    name: str
    text: str
    m: float
    u: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """What the model has to know of a comparison; `levels[0]` is plain difference.

    `chains` list levels that may only grow in weight, weakest first. `context` marks evidence that people who merely
    belong together share too; `kindred` what people of one name share more than others do (language, place, trade), so that
    u is counted among look-alikes. `decisive` marks evidence from which training may start, `start_limits` the (level, most)
    probability from which it does so; `irreplaceable` marks evidence that is trained on its own word too, as no other could tell;
    `believed` evidence whose m is not trained, because it is about look-alikes, whom all the rest takes for matches.
    """

    name: str
    levels: tuple[Level, ...]
    chains: tuple[tuple[int, ...], ...] = ()
    context: bool = False
    kindred: bool = False
    decisive: bool = False
    start_limits: tuple[tuple[int, float], ...] = ()
    irreplaceable: bool = False
    believed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal(Scale):
    """One comparison of two profiles.

    `compare` gives the level of each pair (MISSING where a side has no data), `values` the two texts that it looked at
    (null where they are secret), `present` which profiles have data at all; `columns` of PROFILE_SCHEMA are what it
    looks at.
    """

    columns: tuple[str, ...]
    compare: Callable[[Pairs], Levels]
    values: Callable[[Pairs], tuple[pa.Array, pa.Array]]
    present: Callable[[Population], NDArray[np.bool_]]
    non_matches: NonMatches


def column_values(column: str, length: int = 120) -> Callable[[Pairs], tuple[pa.Array, pa.Array]]:
    """The texts of one column of the profile table on either side, cut to `length` characters."""

    def values(pairs: Pairs) -> tuple[pa.Array, pa.Array]:
        left, right = both_sides(pairs, column)
        return pa.compute.utf8_slice_codeunits(left, 0, length), pa.compute.utf8_slice_codeunits(right, 0, length)

    return values


def both_sides(pairs: Pairs, column: str) -> tuple[pa.Array, pa.Array]:
    """One column of the profile table on either side."""
    everybody = pairs.population.table.column(column).combine_chunks()
    return everybody.take(pa.array(pairs.left)), everybody.take(pa.array(pairs.right))


def secret_values(pairs: Pairs) -> tuple[pa.Array, pa.Array]:
    """Nothing: what was compared is not for showing."""
    empty = pa.nulls(len(pairs), pa.string())
    return empty, empty


def ordered_chain(levels: tuple[Level, ...]) -> tuple[tuple[int, ...], ...]:
    """The chain of signals whose levels go from difference to likeness in one order."""
    return (tuple(range(len(levels))),)
