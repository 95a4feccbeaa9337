"""Do the two profiles mention the same people?

Somebody who works with, thanks or follows the same few accounts here and there is likely to be one person; the rarer those
accounts are mentioned by others, the more they weigh. Stars that everybody in a field mentions weigh little. Friends,
bandmates and fans of one star share their mentions too, so it is context. That two lists have nothing in common says
hardly anything, because most lists are short. Two pages about somebody, such as fan pages, are not compared: they mention
whom they are about.
"""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from creatorgraph.resolution.comparison.pairs import Pairs
from creatorgraph.resolution.feature.population import Population
from creatorgraph.resolution.signals.signal import MISSING, Level, Levels, NonMatches, Signal, both_sides, ordered_chain

BITS = (4.0, 10.0, 20.0)
_SHOWN = 120
# Lists are short and people mention others on each platform, so most people's lists share nothing; that chance gives a
# shared account of b bits about once in 2^b pairs, more often within a field, is where u starts.
_LEVELS = (
    Level(name="none", text="nobody rare mentioned by both", m=0.6, u=0.97),
    Level(name="bits_4", text="an account mentioned by both", m=0.1, u=0.02),
    Level(name="bits_10", text="rarely mentioned accounts in common (10 bits or more)", m=0.15, u=0.003),
    Level(name="bits_20", text="several rarely mentioned accounts in common (20 bits or more)", m=0.15, u=0.0002),
)


def compare(pairs: Pairs) -> Levels:
    table = pairs.population.audience
    shared = table.entries.shared(pairs.left, pairs.right)
    weights = table.bits[table.entries.values[shared.left_entry]]
    bits = np.bincount(shared.pair, weights=weights, minlength=len(pairs))
    about = pairs.population.about_somebody == 1
    both = table.given[pairs.left] & table.given[pairs.right] & ~(about[pairs.left] & about[pairs.right])
    # rounded, so that the order of a sum cannot move a pair across a level
    return np.where(both, np.digitize(np.round(bits, 6), BITS), MISSING).astype(np.int8)


def values(pairs: Pairs) -> tuple[pa.Array, pa.Array]:
    left, right = (
        pa.compute.utf8_slice_codeunits(pa.compute.binary_join(lists, ", "), 0, _SHOWN)
        for lists in both_sides(pairs, "audience")
    )
    return left, right


def present(population: Population) -> NDArray[np.bool_]:
    return population.audience.given


SIGNAL = Signal(
    name="audience",
    levels=_LEVELS,
    compare=compare,
    columns=("audience",),
    values=values,
    present=present,
    non_matches=NonMatches.RANDOM,
    chains=ordered_chain(_LEVELS),
    context=True,
)
