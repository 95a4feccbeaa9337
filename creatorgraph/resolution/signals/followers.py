"""Do about as many people follow the two profiles, each for its platform?

Who has a large audience in one place mostly has one elsewhere, though not the same numbers: followers are held against the
median of their platform, and what counts is the ratio, and that both are many, because few are. A star and somebody who has
taken the star's name differ a hundredfold. Two small accounts prove nothing, since most are small; and many people have
audiences of one size, so this is context and never proof.
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

CLOSE, NEAR, APART = np.log2(3), np.log2(10), np.log2(100)
LARGE, VERY_LARGE = np.log2(20), np.log2(200)
# Audiences spread over powers of ten, most of them small. Before data it is believed that a person's numbers on two platforms
# mostly stay within a factor of ten, and that strangers' do so half of the time.
_LEVELS = (
    Level(name="far", text="over a hundred times as many followers", m=0.03, u=0.12),
    Level(name="apart", text="ten to a hundred times as many followers", m=0.17, u=0.33),
    Level(name="near", text="followers within a factor of ten", m=0.25, u=0.3),
    Level(name="close", text="followers within a factor of three", m=0.35, u=0.22),
    Level(name="large", text="within a factor of ten, and 20 times as many as is usual there", m=0.15, u=0.025),
    Level(name="very_large", text="within a factor of ten, and 200 times as many as is usual there", m=0.05, u=0.005),
)
_FAR, _APART, _NEAR, _CLOSE, _LARGE, _VERY_LARGE = range(6)


def compare(pairs: Pairs) -> Levels:
    size = pairs.population.followers.size
    left, right = size[pairs.left], size[pairs.right]
    smaller, ratio = np.minimum(left, right), np.abs(left - right)
    levels = np.select(
        [np.isnan(ratio), ratio > APART, ratio > NEAR, smaller > VERY_LARGE, smaller > LARGE, ratio > CLOSE],
        [MISSING, _FAR, _APART, _VERY_LARGE, _LARGE, _NEAR],
        _CLOSE,
    )
    return levels.astype(np.int8)


def values(pairs: Pairs) -> tuple[pa.Array, pa.Array]:
    left, right = (counts.cast(pa.string()) for counts in both_sides(pairs, "followers"))
    return left, right


def present(population: Population) -> NDArray[np.bool_]:
    return ~np.isnan(population.followers.size)


SIGNAL = Signal(
    name="followers",
    levels=_LEVELS,
    compare=compare,
    columns=("followers", "platform"),
    values=values,
    present=present,
    non_matches=NonMatches.RANDOM,
    chains=ordered_chain(_LEVELS),
    context=True,
    kindred=True,
)
