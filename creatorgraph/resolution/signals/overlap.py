"""Shared values in levels, by how many profiles share the rarest of them; used by the signals of websites and contacts."""

import numpy as np

from creatorgraph.resolution.feature.incidence import Incidence, Indices
from creatorgraph.resolution.signals.signal import MISSING, Levels

FEW, SOME, MANY = 3, 8, 25


def overlap_levels(table: Incidence, left: Indices, right: Indices, *, comparable: Incidence | None = None) -> Levels:
    """4 rarest value shared by at most FEW profiles, 3 by at most SOME, 2 by at most MANY, 1 by more, 0 none shared.

    `comparable` is the table whose presence on both sides makes "none shared" mean difference (by default the same).
    """
    frequency = table.frequency()
    shared = table.shared(left, right)
    rarest = np.full(len(left), np.iinfo(np.int64).max)
    np.minimum.at(rarest, shared.pair, frequency[table.values[shared.left_entry]])
    degree = (comparable or table).degree
    levels = np.where((degree[left] > 0) & (degree[right] > 0), 0, MISSING)
    levels = np.where(rarest < np.iinfo(np.int64).max, 1, levels)
    for limit, level in ((MANY, 2), (SOME, 3), (FEW, 4)):
        levels = np.where(rarest <= limit, level, levels)
    return levels.astype(np.int8)
