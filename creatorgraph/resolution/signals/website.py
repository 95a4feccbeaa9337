"""Do the two profiles show the same website, page or linked account?

A website shared by two or three profiles mostly belongs to one person; one shared by many is an employer, a shop or a
club. Two different websites speak slightly against.
"""

import numpy as np
from numpy.typing import NDArray

from creatorgraph.resolution.comparison.pairs import Pairs
from creatorgraph.resolution.feature.population import Population
from creatorgraph.resolution.signals.overlap import overlap_levels
from creatorgraph.resolution.signals.signal import Level, Levels, NonMatches, Signal, column_values, ordered_chain

_LEVELS = (
    Level(name="different", text="different websites", m=0.35, u=0.999),
    Level(name="many", text="a website that more than 25 profiles share", m=0.05, u=0.0002),
    Level(name="some_25", text="a website that 9 to 25 profiles share", m=0.08, u=0.0001),
    Level(name="some_8", text="a website that 4 to 8 profiles share", m=0.15, u=2e-05),
    Level(name="few", text="a website that no more than 3 profiles share", m=0.37, u=5e-06),
)


def compare(pairs: Pairs) -> Levels:
    return overlap_levels(pairs.population.addresses, pairs.left, pairs.right, comparable=pairs.population.own_hosts)


def present(population: Population) -> NDArray[np.bool_]:
    return population.own_hosts.degree > 0


SIGNAL = Signal(
    name="website",
    levels=_LEVELS,
    compare=compare,
    columns=("urls", "hosts", "listed_accounts"),
    values=column_values("website"),
    present=present,
    non_matches=NonMatches.NAMES_APART,
    chains=ordered_chain(_LEVELS),
    context=True,
)
