"""Do the two profiles give the same phone number?

Only keyed hashes are compared, so nothing readable is kept or shown. A phone number that several profiles give may be an
agency's: it counts for less the more profiles give it, and for nothing from 26 on.
"""

import numpy as np
from numpy.typing import NDArray

from creatorgraph.resolution.comparison.pairs import Pairs
from creatorgraph.resolution.feature.population import Population
from creatorgraph.resolution.signals.overlap import overlap_levels
from creatorgraph.resolution.signals.signal import Level, Levels, NonMatches, Signal, ordered_chain, secret_values

_LEVELS = (
    Level(name="different", text="different phone numbers", m=0.3, u=0.999),
    Level(name="many", text="a phone number that more than 25 profiles give", m=0.02, u=0.02),
    Level(name="some_25", text="a phone number that 9 to 25 profiles give", m=0.04, u=0.0002),
    Level(name="some_8", text="a phone number that 4 to 8 profiles give", m=0.14, u=1e-05),
    Level(name="few", text="a phone number that no more than 3 profiles give", m=0.5, u=5e-07),
)


def compare(pairs: Pairs) -> Levels:
    return overlap_levels(pairs.population.phones, pairs.left, pairs.right)


def present(population: Population) -> NDArray[np.bool_]:
    return population.phones.degree > 0


SIGNAL = Signal(
    name="phone",
    levels=_LEVELS,
    compare=compare,
    values=secret_values,
    present=present,
    non_matches=NonMatches.NAMES_APART,
    chains=ordered_chain(_LEVELS),
    decisive=True,
)
