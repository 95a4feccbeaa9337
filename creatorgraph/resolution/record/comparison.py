"""What a comparison of two records is, and the levels that those of values have in common."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from creatorgraph.resolution.feature.incidence import Indices
from creatorgraph.resolution.record.table import ValueColumn
from creatorgraph.resolution.signals.signal import MISSING, Level, Levels, Scale

EQUAL_BITS = (4.0, 7.0, 10.0, 13.0)
"""Equal values are told apart by how rare they are: so many bits is the least of the next level."""
_EQUAL = (
    Level(name="equal", text="equal, a common value (under 4 bits)", m=0.12, u=2.0**-3),
    Level(name="equal_4", text="equal (4 to 7 bits)", m=0.12, u=2.0**-6),
    Level(name="equal_7", text="equal, not common (7 to 10 bits)", m=0.12, u=2.0**-9),
    Level(name="equal_10", text="equal and rare (10 to 13 bits)", m=0.12, u=2.0**-12),
    Level(name="equal_13", text="equal and very rare (13 bits or more)", m=0.12, u=2.0**-15),
)

Unlike = Callable[[Sequence[str], Sequence[str]], NDArray[np.int64]]
"""The level of each two different texts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPairs:
    """`left` < `right` are rows of the table of records."""

    left: Indices
    right: Indices

    def __len__(self) -> int:
        return len(self.left)

    def apart(self, source: Indices | None) -> "RecordPairs":
        """Those whose records are from different lists."""
        if source is None:
            return self
        kept = source[self.left] != source[self.right]
        return RecordPairs(left=self.left[kept], right=self.right[kept])


@dataclass(frozen=True, slots=True, kw_only=True)
class EqualValues:
    """Per distinct value its level and how many pairs of records share it."""

    level: Indices
    pairs: NDArray[np.float64]

    def pairs_by_level(self, levels: int) -> NDArray[np.float64]:
        """How many pairs of records are equal at each level."""
        return np.bincount(self.level, weights=self.pairs, minlength=levels).astype(np.float64)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison(Scale):
    """One comparison of two records.

    `compare` gives the level of each pair (MISSING where a side says nothing), `values` the two texts as written. `equal`
    tells which levels stand for equal values, so that their share by chance can be summed and need not be sampled.
    """

    compare: Callable[[RecordPairs], Levels]
    values: Callable[[RecordPairs], tuple[pa.Array, pa.Array]]
    equal: EqualValues | None = None


def value_comparison(
    column: ValueColumn, unlike: Sequence[Level], level_of: Unlike, *, decisive: bool, chain: tuple[int, ...] = ()
) -> Comparison:
    """Levels `unlike` (the first is plain difference), then equal by rarity. `level_of` judges each two distinct values once.

    `chain` lists the levels of unlikeness that may only grow in weight.
    """
    first = len(unlike)
    equal = EqualValues(level=first + np.digitize(column.bits, EQUAL_BITS), pairs=column.equal_pairs)
    return Comparison(
        name=column.name,
        levels=(*unlike, *_EQUAL),
        chains=(*((chain,) if chain else ()), (0, *range(first, first + len(_EQUAL)))),
        decisive=decisive,
        compare=lambda pairs: value_levels(column, pairs, equal, level_of),
        values=written_values(column.shown),
        equal=equal,
    )


def value_levels(column: ValueColumn, pairs: RecordPairs, equal: EqualValues, level_of: Unlike) -> Levels:
    """The level of each pair; distinct values that meet more than once are compared once."""
    one, two = column.number[pairs.left], column.number[pairs.right]
    levels = np.full(len(pairs), MISSING, dtype=np.int64)
    known = (one >= 0) & (two >= 0)
    same = known & (one == two)
    levels[same] = equal.level[one[same]]
    other = known & ~same
    width = max(len(column.texts), 1)
    low, high = np.minimum(one[other], two[other]), np.maximum(one[other], two[other])
    codes, back = np.unique(low * width + high, return_inverse=True)
    texts = column.texts
    levels[other] = level_of([texts[c // width] for c in codes], [texts[c % width] for c in codes])[back.reshape(-1)]
    return levels.astype(np.int8)


def written_values(shown: pa.Array) -> Callable[[RecordPairs], tuple[pa.Array, pa.Array]]:
    """The texts on either side, cut to 120 characters."""

    def values(pairs: RecordPairs) -> tuple[pa.Array, pa.Array]:
        cut = pa.compute.utf8_slice_codeunits(shown, 0, 120)
        return cut.take(pa.array(pairs.left)), cut.take(pa.array(pairs.right))

    return values
