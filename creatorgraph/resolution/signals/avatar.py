"""Do the two profiles show the same picture?

Many people use one picture on several of their accounts. Pictures are compared by their perceptual hashes, in how many of
the 64 bits they differ: a copy that was made smaller or compressed again differs in a few. A blank picture, and one that
more than 25 profiles show, such as a platform's default, is nobody's own and says nothing. Nor does that of a page which says
that it is about somebody else, such as a fan page. Impostors show the picture of the one they imitate, so the same picture
alone proves no identity. Different pictures speak slightly against. Hashes of another length than 64 bits are only equal or not.
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

SAME_BITS, NEAR_BITS, ALIKE_BITS = 4, 8, 12
FEW = 8
"""Profiles that one person's picture may well stand on; more are a star's fans or a team."""
# Two pictures that have nothing to do with each other differ in 32 of 64 bits, give or take 4, so 12 bits or fewer are 5
# deviations off by chance; what makes different people share a picture is that one of them took it, from a star or a stock.
# About half of the people who show a picture on two platforms are believed to show the same one.
_LEVELS = (
    Level(name="different", text="different pictures", m=0.5, u=0.9999),
    Level(name="alike", text=f"pictures alike ({NEAR_BITS + 1} to {ALIKE_BITS} of 64 bits differ)", m=0.03, u=2e-5),
    Level(name="some", text=f"a picture like one that more than {FEW} profiles show", m=0.02, u=1e-5),
    Level(
        name="near", text=f"nearly the same picture ({SAME_BITS + 1} to {NEAR_BITS} of 64 bits differ)", m=0.05, u=4e-6
    ),
    Level(name="same", text="the same picture", m=0.4, u=2e-6),
)
_DIFFERENT, _ALIKE, _SOME, _NEAR, _SAME = range(5)


def compare(pairs: Pairs) -> Levels:
    avatars = pairs.population.avatars
    distance = avatars.distance(pairs.left, pairs.right)
    levels = np.select(
        [distance < 0, distance <= SAME_BITS, distance <= NEAR_BITS, distance <= ALIKE_BITS],
        [MISSING, _SAME, _NEAR, _ALIKE],
        _DIFFERENT,
    )
    if len(avatars.sharers):
        shown = np.maximum(avatars.sharers[avatars.picture[pairs.left]], avatars.sharers[avatars.picture[pairs.right]])
        levels = np.where((levels > _SOME) & (shown > FEW), _SOME, levels)
    # a fan page bears the picture of whom it is about
    about = pairs.population.about_somebody == 1
    return np.where(about[pairs.left] | about[pairs.right], MISSING, levels).astype(np.int8)


def present(population: Population) -> NDArray[np.bool_]:
    return population.avatars.picture >= 0


SIGNAL = Signal(
    name="avatar",
    levels=_LEVELS,
    compare=compare,
    columns=("avatar_hash",),
    values=column_values("avatar_hash"),
    present=present,
    non_matches=NonMatches.NAMES_APART,
    chains=ordered_chain(_LEVELS),
)
