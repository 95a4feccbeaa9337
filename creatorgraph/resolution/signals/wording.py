"""Do the two profiles use the same rare words about themselves?

Words of bio, job title, company and category that few profiles use, except the words of a name that both bear. The
rarer the shared words, the more they weigh.
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

BITS = (4.0, 10.0, 18.0, 30.0)
_LEVELS = (
    Level(name="none", text="no rare word in common", m=0.25, u=0.8),
    Level(name="bits_4", text="a rare word in common", m=0.2, u=0.15),
    Level(name="bits_10", text="rare words in common (10 bits or more)", m=0.15, u=0.03),
    Level(name="bits_18", text="several rare words in common (18 bits or more)", m=0.15, u=0.01),
    Level(name="bits_30", text="many rare words in common (30 bits or more)", m=0.25, u=0.002),
)


def compare(pairs: Pairs) -> Levels:
    population = pairs.population
    words = population.words
    shared = words.entries.shared(pairs.left, pairs.right)
    word = words.entries.values[shared.left_entry]
    named = (
        words.of_identity.has(pairs.left[shared.pair], word)[0]
        & words.of_identity.has(pairs.right[shared.pair], word)[0]
    )
    bits = np.bincount(shared.pair[~named], weights=words.bits[word[~named]], minlength=len(pairs))
    both = population.has_bio[pairs.left] & population.has_bio[pairs.right]
    return np.where(both, np.digitize(np.round(bits, 6), BITS), MISSING).astype(np.int8)


def present(population: Population) -> NDArray[np.bool_]:
    return population.has_bio


SIGNAL = Signal(
    name="wording",
    levels=_LEVELS,
    compare=compare,
    columns=("bio", "job_title", "company", "category"),
    values=column_values("bio"),
    present=present,
    non_matches=NonMatches.UNRELATED,
    chains=ordered_chain(_LEVELS),
    context=True,
    kin=("bio",),
)
