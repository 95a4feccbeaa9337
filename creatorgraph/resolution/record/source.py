"""Where two records come from: lists that hold each person once make two records of one list speak against."""

import numpy as np
import pyarrow as pa

from creatorgraph.resolution.feature.incidence import Indices
from creatorgraph.resolution.record.comparison import Comparison, RecordPairs
from creatorgraph.resolution.signals.signal import MISSING, Level, Levels

NAME = "source"
_LEVELS = (
    Level(name="apart", text="from different sources", m=0.5, u=0.5),
    Level(name="same", text="from one source", m=0.5, u=0.5),
)


def source_comparison(source: Indices) -> Comparison:
    """How much one source speaks for or against is learned."""

    def compare(pairs: RecordPairs) -> Levels:
        one, two = source[pairs.left], source[pairs.right]
        return np.where((one >= 0) & (two >= 0), one == two, MISSING).astype(np.int8)

    def values(pairs: RecordPairs) -> tuple[pa.Array, pa.Array]:
        empty = pa.nulls(len(pairs), pa.string())
        return empty, empty

    return Comparison(name=NAME, levels=_LEVELS, compare=compare, values=values)
