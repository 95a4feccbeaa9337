"""Collisions: several people who show one key or name, seen where they cannot be one (different usernames on one platform).

Spelling alone thinks every word of a name independent, and a whole name is more common than that where given and family
names go together (`Ivan Ivanov`). What really was seen corrects it: each further holder on one platform takes bits off, down
to the share of the platform's accounts that have it.
"""

import os

import numpy as np
from numpy.typing import NDArray

from creatorgraph.resolution.feature.incidence import Indices

BITS_PER_HOLDER = float(os.environ.get("H", "0"))
"""What one more holder takes off: a step of the posterior mode under a prior of log2 frequency with a deviation of 2.4 bits."""

Bits = NDArray[np.float64]


def corrected(
    bits: Bits, rows: Indices, values: Indices, platform: Indices, username: Indices, single: NDArray[np.bool_]
) -> Bits:
    """`bits` per value, less what collisions say; (rows, values) are which profile shows which value."""
    counts = single[rows]
    row, value = rows[counts], values[counts]
    if not len(row):
        return bits
    platforms = int(platform.max()) + 1
    accounts = int(username.max()) + 1
    holder = np.unique((value * platforms + platform[row]) * accounts + username[row])
    place, holders = np.unique(holder // accounts, return_counts=True)
    several = holders > 1
    place, holders = place[several], holders[several]
    total = np.bincount(platform[single], minlength=platforms)
    floor = np.log2(np.maximum(total[place % platforms], 1) / holders)
    seen = np.maximum(floor, bits[place // platforms] - BITS_PER_HOLDER * (holders - 1))
    result = bits.copy()
    np.minimum.at(result, place // platforms, seen)
    return result
