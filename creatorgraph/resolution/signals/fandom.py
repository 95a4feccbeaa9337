"""Does one of the two say that it is a page about somebody, by others?

Fan pages, parodies and tributes bear the name and the picture of a star and say that they are not the star's. Where one of
two look-alikes says so, they are two people; where both do, they may be one fan or two.
"""

import numpy as np
from numpy.typing import NDArray

from creatorgraph.resolution.comparison.pairs import Pairs
from creatorgraph.resolution.feature.population import Population
from creatorgraph.resolution.signals.signal import MISSING, Level, Levels, NonMatches, Signal, column_values

# Few profiles are fan pages at all; a person hardly ever calls one account of their own so and another not.
_LEVELS = (
    Level(name="neither", text="neither says that it is a page about somebody", m=0.998, u=0.955),
    Level(name="one", text="one says that it is a page about somebody, such as a fan page", m=0.001, u=0.04),
    Level(name="both", text="both say that they are pages about somebody", m=0.001, u=0.005),
)


def compare(pairs: Pairs) -> Levels:
    about = pairs.population.about_somebody
    left, right = about[pairs.left], about[pairs.right]
    return np.where((left < 0) | (right < 0), MISSING, left + right).astype(np.int8)


def present(population: Population) -> NDArray[np.bool_]:
    said: NDArray[np.bool_] = population.about_somebody >= 0
    return said


SIGNAL = Signal(
    name="fandom",
    levels=_LEVELS,
    compare=compare,
    columns=("display_name", "bio"),
    values=column_values("bio"),
    present=present,
    non_matches=NonMatches.RANDOM,
    # that fan pages are rare in a list is no evidence for two of them
    chains=((1, 2, 0),),
    kindred=True,
    believed=True,
)
