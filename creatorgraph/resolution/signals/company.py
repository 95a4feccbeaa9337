"""Do the two profiles name the same company?

One word in common is enough, because companies are written in many ways. Colleagues share it too, so it is context.
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

_LEVELS = (
    Level(name="different", text="different companies", m=0.3, u=0.97),
    Level(name="partly", text="companies with a word in common", m=0.3, u=0.02),
    Level(name="same", text="the same company", m=0.4, u=0.01),
)


def compare(pairs: Pairs) -> Levels:
    table, left, right = pairs.population.company, pairs.left, pairs.right
    levels = np.where(table.present[left] & table.present[right], 0, MISSING)
    levels[table.words.shared(left, right).pair] = 1
    return np.where((levels >= 0) & (table.whole[left] == table.whole[right]), 2, levels).astype(np.int8)


def present(population: Population) -> NDArray[np.bool_]:
    return population.company.present


SIGNAL = Signal(
    name="company",
    levels=_LEVELS,
    compare=compare,
    columns=("company",),
    values=column_values("company"),
    present=present,
    non_matches=NonMatches.RANDOM,
    chains=ordered_chain(_LEVELS),
    context=True,
    kindred=True,
)
