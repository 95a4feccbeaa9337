"""Do the two profiles name the same place?

A place is taken apart into city, region and country, as the text parts them. What counts is the rarest part that both name:
a shared small town says much, a shared country little. Initials stand for what they shorten (`SF` for San Francisco), other
scripts are spelled in Latin letters. People of one place share it too, so it is context; different places speak slightly
against, because people move.
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

BITS = (0.5, 3.0, 6.0, 9.0)
# u: a part of b bits is named by both of two people in one pair of 2^b to 2^2b; the larger countries come first.
_LEVELS = (
    Level(name="different", text="different places", m=0.3, u=0.85),
    Level(name="common", text="a very common place in common (up to 3 bits), such as a large country", m=0.12, u=0.1),
    Level(name="broad", text="a place in common, such as a country or region (3 to 6 bits)", m=0.18, u=0.04),
    Level(name="narrow", text="a place in common, such as a city (6 to 9 bits)", m=0.2, u=0.008),
    Level(name="rare", text="a rarely named place in common (9 bits or more)", m=0.2, u=0.002),
)


def compare(pairs: Pairs) -> Levels:
    places = pairs.population.places
    shared = places.entries.shared(pairs.left, pairs.right)
    # two that are both initials of our making may shorten different places
    proven = ~(places.made[shared.left_entry] & places.made[shared.right_entry])
    rarest = np.zeros(len(pairs))
    # half a bit more, so that even the commonest part is above no part at all
    np.maximum.at(rarest, shared.pair[proven], places.bits[places.entries.values[shared.left_entry[proven]]] + BITS[0])
    both = places.given[pairs.left] & places.given[pairs.right]
    return np.where(both, np.digitize(np.round(rarest, 6), BITS), MISSING).astype(np.int8)


def present(population: Population) -> NDArray[np.bool_]:
    return population.places.given


SIGNAL = Signal(
    name="location",
    levels=_LEVELS,
    compare=compare,
    columns=("location",),
    values=column_values("location"),
    present=present,
    non_matches=NonMatches.RANDOM,
    chains=ordered_chain(_LEVELS),
    context=True,
    kindred=True,
)
