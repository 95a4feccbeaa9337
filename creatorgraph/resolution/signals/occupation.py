"""Do the two profiles say that they do the same?

The category that a platform gives (`Musician`) and the job title that people write (`Singer and musician`) are compared
with each other and across, because platforms have the one or the other. One word in common is little, the same occupation
more, and one that few profiles name most. Colleagues share it too, so it is context. A category and a title without a
common word say nothing: they are chosen from different lists.
"""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from creatorgraph.resolution.comparison.pairs import Pairs
from creatorgraph.resolution.feature.population import Population
from creatorgraph.resolution.signals.signal import (
    MISSING,
    Level,
    Levels,
    NonMatches,
    Signal,
    both_sides,
    ordered_chain,
)

RARE_BITS = 6.0
# Platforms offer some dozens of categories, a few of them common, so two people share one in some pairs of a hundred; what
# at most one profile in 64 says is shared by chance in far fewer.
_LEVELS = (
    Level(name="different", text="different occupations", m=0.3, u=0.88),
    Level(name="word", text="occupations with a word in common", m=0.2, u=0.08),
    Level(name="same", text="the same common occupation", m=0.25, u=0.035),
    Level(name="rare", text="an occupation or a word of it in common that few name (6 bits or more)", m=0.25, u=0.005),
)


def compare(pairs: Pairs) -> Levels:
    table, left, right = pairs.population.occupation, pairs.left, pairs.right
    shared = table.entries.shared(left, right)
    value = table.entries.values[shared.left_entry]
    grade = np.where(table.bits[value] >= RARE_BITS, 3, 1 + table.whole[value])
    both = (table.category[left] & table.category[right]) | (table.title[left] & table.title[right])
    levels = np.where(both, 0, MISSING)
    np.maximum.at(levels, shared.pair, grade)
    return levels.astype(np.int8)


def values(pairs: Pairs) -> tuple[pa.Array, pa.Array]:
    left, right = (
        # null where one of the two is, so that the other stands alone
        pa.compute.coalesce(pa.compute.binary_join_element_wise(title, category, " / "), title, category)
        for title, category in zip(both_sides(pairs, "job_title"), both_sides(pairs, "category"), strict=True)
    )
    return left, right


def present(population: Population) -> NDArray[np.bool_]:
    return population.occupation.category | population.occupation.title


SIGNAL = Signal(
    name="occupation",
    levels=_LEVELS,
    compare=compare,
    columns=("category", "job_title"),
    values=values,
    present=present,
    non_matches=NonMatches.RANDOM,
    chains=ordered_chain(_LEVELS),
    context=True,
    kindred=True,
)
