"""Do the two profiles use the same language?

Most profiles of a population do, so the same language says little; a different one speaks slightly against.
"""

import numpy as np
from numpy.typing import NDArray

from creatorgraph.resolution.comparison.pairs import Pairs
from creatorgraph.resolution.feature.population import Population
from creatorgraph.resolution.signals.label import label_levels
from creatorgraph.resolution.signals.signal import Level, Levels, NonMatches, Signal, column_values, ordered_chain

_LEVELS = (
    Level(name="different", text="different languages", m=0.1, u=0.5),
    Level(name="same", text="the same language", m=0.9, u=0.5),
)


def compare(pairs: Pairs) -> Levels:
    return label_levels(pairs.population.language, pairs.left, pairs.right, partial=False)


def present(population: Population) -> NDArray[np.bool_]:
    return population.language.present


SIGNAL = Signal(
    name="language",
    levels=_LEVELS,
    compare=compare,
    values=column_values("language"),
    present=present,
    non_matches=NonMatches.RANDOM,
    chains=ordered_chain(_LEVELS),
    kindred=True,
)
