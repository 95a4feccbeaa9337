"""Do the two profiles use the same language?

Most profiles of a population share a few languages, so the same common one says little and the same rare one more; a
different one speaks slightly against, because people write for several audiences. Regions are left aside (`pt-BR` is `pt`),
and codes are not compared with names.
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

RARE_BITS = 4.0
_LEVELS = (
    Level(name="different", text="different languages", m=0.1, u=0.5),
    Level(name="same", text="the same common language", m=0.75, u=0.49),
    Level(name="rare", text="the same language, which few use (1 profile in 16 or fewer)", m=0.15, u=0.01),
)


def compare(pairs: Pairs) -> Levels:
    table, left, right = pairs.population.languages, pairs.left, pairs.right
    shared = table.entries.shared(left, right)
    rarest = np.full(len(pairs), -1.0)
    np.maximum.at(rarest, shared.pair, table.bits[table.entries.values[shared.left_entry]])
    comparable = (table.form[left] >= 0) & (table.form[left] == table.form[right])
    return np.where(comparable, np.digitize(np.round(rarest, 6), (0.0, RARE_BITS)), MISSING).astype(np.int8)


def present(population: Population) -> NDArray[np.bool_]:
    return population.languages.form >= 0


SIGNAL = Signal(
    name="language",
    levels=_LEVELS,
    compare=compare,
    columns=("language",),
    values=column_values("language"),
    present=present,
    non_matches=NonMatches.RANDOM,
    chains=ordered_chain(_LEVELS),
    kindred=True,
)
