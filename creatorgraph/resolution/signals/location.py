"""Do the two profiles name the same place?

The same words are stronger than one word in common (a city or a country). Different places speak slightly against.
"""

import numpy as np
from numpy.typing import NDArray

from creatorgraph.resolution.comparison.pairs import Pairs
from creatorgraph.resolution.feature.population import Population
from creatorgraph.resolution.signals.label import label_levels
from creatorgraph.resolution.signals.signal import Level, Levels, NonMatches, Signal, column_values, ordered_chain

_LEVELS = (
    Level(name="different", text="different places", m=0.35, u=0.9),
    Level(name="partly", text="places with a word in common", m=0.25, u=0.08),
    Level(name="same", text="the same place", m=0.4, u=0.02),
)


def compare(pairs: Pairs) -> Levels:
    return label_levels(pairs.population.location, pairs.left, pairs.right, partial=True)


def present(population: Population) -> NDArray[np.bool_]:
    return population.location.present


SIGNAL = Signal(
    name="location",
    levels=_LEVELS,
    compare=compare,
    values=column_values("location"),
    present=present,
    non_matches=NonMatches.RANDOM,
    chains=ordered_chain(_LEVELS),
    context=True,
    kindred=True,
)
