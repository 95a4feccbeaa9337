"""Do the two bios say the same?

Bios are compared by meaning: the cosine of their text vectors, in levels. Many people write alike about like lives, so
only near-equal bios carry much, and the weight comes from how often random pairs are as close.
"""

import numpy as np
from numpy.typing import NDArray

from creatorgraph.resolution.comparison.pairs import Pairs
from creatorgraph.resolution.feature.population import Population
from creatorgraph.resolution.signals.signal import (
    MISSING,
    Level,
    Levels,
    NonMatches,
    Signal,
    column_values,
    ordered_chain,
)

COSINES = (0.35, 0.5, 0.6, 0.7, 0.8, 0.9)
_LEVELS = (
    Level(name="unlike", text="unlike bios", m=0.15, u=0.85),
    Level(name="cosine_35", text="bios on related things", m=0.15, u=0.1),
    Level(name="cosine_50", text="bios somewhat alike", m=0.12, u=0.03),
    Level(name="cosine_60", text="bios alike", m=0.13, u=0.01),
    Level(name="cosine_70", text="bios much alike", m=0.13, u=0.002),
    Level(name="cosine_80", text="bios nearly the same", m=0.12, u=0.0004),
    Level(name="cosine_90", text="the same bio, or almost", m=0.2, u=0.0001),
)
_STEP = 20_000


def compare(pairs: Pairs) -> Levels:
    population = pairs.population
    levels = np.full(len(pairs), MISSING, dtype=np.int8)
    both = np.flatnonzero(population.has_vector[pairs.left] & population.has_vector[pairs.right])
    if population.vectors is None:
        return levels
    for begin in range(0, len(both), _STEP):
        rows = both[begin : begin + _STEP]
        one, two = population.vectors[pairs.left[rows]], population.vectors[pairs.right[rows]]
        # rounded, so that the last bits of a sum cannot move a pair across a level
        levels[rows] = np.digitize(np.round(np.einsum("ij,ij->i", one, two), 5), COSINES)
    return levels


def present(population: Population) -> NDArray[np.bool_]:
    return population.has_vector


SIGNAL = Signal(
    name="bio",
    levels=_LEVELS,
    compare=compare,
    columns=("bio",),
    values=column_values("bio"),
    present=present,
    non_matches=NonMatches.RANDOM,
    chains=ordered_chain(_LEVELS),
    context=True,
    kin=("wording",),
)
