"""Whole names in one column: words in any order, short forms, initials; the rarer the words, the more they say."""

import numpy as np
import pyarrow as pa

from creatorgraph.resolution.comparison.name import compare_names
from creatorgraph.resolution.feature.name_table import name_table
from creatorgraph.resolution.feature.naming import accord_bits, naming_of
from creatorgraph.resolution.feature.rarity import measure
from creatorgraph.resolution.record.comparison import Comparison, RecordPairs, written_values
from creatorgraph.resolution.record.table import ValueColumn
from creatorgraph.resolution.signals.signal import MISSING, Level, Levels

NEAR_BITS = (2.0, 5.0, 8.0, 12.0, 16.0)
EXACT_BITS = (10.0, 16.0, 22.0)
_LEVELS = (
    Level(name="different", text="no word alike", m=0.04, u=0.95),
    Level(name="weak", text="a common word alike, much that is not", m=0.05, u=0.04),
    Level(name="near_2", text="names alike (2 to 5 bits)", m=0.04, u=2.0**-9),
    Level(name="near_5", text="names alike (5 to 8 bits)", m=0.06, u=2.0**-11),
    Level(name="near_8", text="names alike (8 to 12 bits)", m=0.08, u=2.0**-13),
    Level(name="near_12", text="names alike (12 to 16 bits)", m=0.08, u=2.0**-15),
    Level(name="near_16", text="names alike (16 bits or more)", m=0.1, u=2.0**-17),
    Level(name="exact", text="the same words, common ones (under 10 bits)", m=0.1, u=2.0**-9),
    Level(name="exact_10", text="the same words (10 to 16 bits)", m=0.15, u=2.0**-13),
    Level(name="exact_16", text="the same words, rare ones (16 to 22 bits)", m=0.15, u=2.0**-18),
    Level(name="exact_22", text="the same words, very rare ones (22 bits or more)", m=0.15, u=2.0**-22),
)
_WEAK = 1
_FIRST_EXACT = 7


def full_name_comparison(column: ValueColumn) -> Comparison:
    names = name_table(pa.array(column.texts, pa.string()))
    bits = measure((), names.words, len(names.names)).word_bits
    accord = accord_bits(names, naming_of(names))

    def compare(pairs: RecordPairs) -> Levels:
        one, two = column.number[pairs.left], column.number[pairs.right]
        levels = np.full(len(pairs), MISSING, dtype=np.int64)
        known = np.flatnonzero((one >= 0) & (two >= 0))
        width = max(len(column.texts), 1)
        low, high = np.minimum(one[known], two[known]), np.maximum(one[known], two[known])
        codes, back = np.unique(low * width + high, return_inverse=True)
        seen = compare_names(names, bits, accord, codes // width, codes % width)
        near = np.where(seen.bits > NEAR_BITS[0], _WEAK + np.digitize(seen.bits, NEAR_BITS), 0)
        near = np.where((near == 0) & ~seen.apart & (seen.bits > -50), _WEAK, near)
        exact = _FIRST_EXACT + np.digitize(seen.bits, EXACT_BITS)
        levels[known] = np.where(seen.exact, exact, near)[back.reshape(-1)]
        return levels.astype(np.int8)

    return Comparison(
        name=column.name,
        levels=_LEVELS,
        chains=((*range(_FIRST_EXACT),), (0, *range(_FIRST_EXACT, len(_LEVELS)))),
        decisive=True,
        compare=compare,
        values=written_values(column.shown),
    )
