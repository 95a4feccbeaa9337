"""Where two profiles show one name: are their usernames made alike, too?

People who sign up anew vary the username that they have: they put a word before or behind it, or another number. A namesake
starts from the name, and mostly makes something else of it (`ravikumar`, `kumar.r`, `ravicooks`). So of two profiles that show
one name, usernames of which one holds the other speak for one person, the more the rarer the form is in which they are made
of the name; usernames that hold nothing of each other speak against. Usernames that are equal, or say more than the name, are
what `identity` compares, and are not counted twice.
"""

import numpy as np
from numpy.typing import NDArray

from creatorgraph.resolution.comparison.pairs import Pairs
from creatorgraph.resolution.feature.incidence import Indices
from creatorgraph.resolution.feature.population import Population
from creatorgraph.resolution.signals.signal import (
    MISSING,
    Level,
    Levels,
    NonMatches,
    Signal,
    column_values,
)

BITS = (3.0, 5.0)
BY_NAME = 3.0
"""Bits by which something else may be rarer than the name, for the name to be what the two have in common."""
# Before data it is believed that people vary a username they have in two of three cases; there are some ten usual ways to make
# a username of a name, and u is how often two of them meet.
_LEVELS = (
    Level(name="apart", text="one name, and usernames made of it in different ways", m=0.35, u=0.75),
    Level(name="common", text="one name, and usernames made of it in one common way", m=0.2, u=0.13),
    Level(name="uncommon", text="one name, and usernames made of it in one uncommon way", m=0.2, u=0.08),
    Level(name="rare", text="one name, and a username of a rare form that the other holds", m=0.1, u=0.02),
    Level(name="number", text="one name, and one username of a rare form but for its digits", m=0.05, u=0.004),
    Level(name="same", text="one name, and one username but for the separators", m=0.1, u=0.01),
)
_APART, _COMMON, _RARE, _NUMBER, _SAME = 0, 1, 3, 4, 5


def compare(pairs: Pairs) -> Levels:
    population, seen = pairs.population, pairs.identity
    table, left, right = population.handles, pairs.left, pairs.right
    by_name = seen.names.exact & (seen.exact <= seen.names.bits + BY_NAME)
    both = (table.marked[left] >= 0) & (table.marked[right] >= 0)
    told = population.spelled[left] == population.spelled[right]
    rows = np.flatnonzero(by_name & both & ~told)
    levels = np.full(len(pairs), MISSING, dtype=np.int8)
    levels[rows] = _levels(population, left[rows], right[rows])
    return levels


def _levels(population: Population, left: Indices, right: Indices) -> Levels:
    table = population.handles
    one, two = table.marked[left], table.marked[right]
    width = max(len(table.texts), 1)
    codes, back = np.unique(one * width + two, return_inverse=True)
    sides = (table.texts.take(codes // width).to_pylist(), table.texts.take(codes % width).to_pylist())
    within = np.array([(a in b) - (b in a and a != b) for a, b in zip(*sides, strict=True)], dtype=np.int8)[back]
    # the rarity of the one that the other holds
    bits = np.where(within > 0, table.bits[left], table.bits[right])
    form = _COMMON + np.digitize(bits, BITS)
    return np.select(
        [table.written[left] == table.written[right], (form == _RARE) & (one == two), within != 0],
        [_SAME, _NUMBER, form],
        _APART,
    ).astype(np.int8)


def present(population: Population) -> NDArray[np.bool_]:
    return population.handles.marked >= 0


SIGNAL = Signal(
    name="handle",
    levels=_LEVELS,
    compare=compare,
    columns=("username", "display_name"),
    values=column_values("username"),
    present=present,
    non_matches=NonMatches.RANDOM,
    chains=((0, 1, 2, 3, 4), (0, 5)),
    kindred=True,
)
