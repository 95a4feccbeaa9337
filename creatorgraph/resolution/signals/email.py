"""Do the two profiles give the same email address?

Only keyed hashes are compared, so nothing readable is kept or shown. An email address that several profiles give may be an
agency's: it counts for less the more profiles give it, and for nothing from 26 on.
"""

import numpy as np
from numpy.typing import NDArray

from creatorgraph.resolution.comparison.pairs import Pairs
from creatorgraph.resolution.feature.population import Population
from creatorgraph.resolution.signals.overlap import contact_levels, overlap_levels
from creatorgraph.resolution.signals.signal import Levels, NonMatches, Signal, ordered_chain, secret_values

_LEVELS = contact_levels("an email address", "email addresses")


def compare(pairs: Pairs) -> Levels:
    return overlap_levels(pairs.population.emails, pairs.left, pairs.right)


def present(population: Population) -> NDArray[np.bool_]:
    return population.emails.degree > 0


SIGNAL = Signal(
    name="email",
    levels=_LEVELS,
    compare=compare,
    columns=("emails",),
    values=secret_values,
    present=present,
    non_matches=NonMatches.NAMES_APART,
    chains=ordered_chain(_LEVELS),
    decisive=True,
    context=True,
)
