"""Are these two accounts with different usernames on one platform?

Most people have one account on each platform, so a second one speaks against, how much is learned from the data. It is
suspicious, not impossible. Websites and places without a name are no platforms in this sense.
"""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from creatorgraph.resolution.comparison.pairs import Pairs
from creatorgraph.resolution.feature.population import Population
from creatorgraph.resolution.signals.signal import Level, Levels, NonMatches, Signal, both_sides

_LEVELS = (
    Level(name="apart", text="not two accounts of one platform", m=0.97, u=0.7),
    Level(name="second", text="two accounts with different usernames on one platform", m=0.03, u=0.3),
)

SECOND = 1


def compare(pairs: Pairs) -> Levels:
    population = pairs.population
    left, right = pairs.left, pairs.right
    both = population.single[left] & population.single[right]
    second = both & (population.platform[left] == population.platform[right])
    second &= population.username[left] != population.username[right]
    levels: Levels = second.astype(np.int8)
    return levels


def values(pairs: Pairs) -> tuple[pa.Array, pa.Array]:
    left, right = (
        pa.compute.binary_join_element_wise(platform.cast(pa.string()), username, ":", null_handling="replace")
        for platform, username in zip(both_sides(pairs, "platform"), both_sides(pairs, "username"), strict=True)
    )
    return left, right


def present(population: Population) -> NDArray[np.bool_]:
    return np.ones(population.size, dtype=bool)


SIGNAL = Signal(
    name="platform",
    levels=_LEVELS,
    compare=compare,
    columns=("platform", "username"),
    values=values,
    present=present,
    non_matches=NonMatches.RANDOM,
    irreplaceable=True,
)
