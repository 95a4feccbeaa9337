"""Competition: an account has one owner, so what it could match on one platform shares the belief.

For each profile and platform the candidates there are held against each other (soft-max with "none of them"): two
namesakes on one platform halve each other's odds instead of both being believed.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from creatorgraph.resolution.feature.incidence import Indices
from creatorgraph.resolution.feature.population import Population

Weights = NDArray[np.float64]
_MOST = 40.0


def competed(population: Population, left: Indices, right: Indices, weight: Weights) -> Weights:
    """The weights less what rivals take; only between profiles with usernames."""
    named = population.username >= 0
    return competed_in(
        population.platform, len(population.platforms), left, right, weight, takes_part=named[left] & named[right]
    )


def competed_in(
    place_of: NDArray[np.integer[Any]],
    places: int,
    left: Indices,
    right: Indices,
    weight: Weights,
    *,
    takes_part: NDArray[np.bool_],
) -> Weights:
    """The same for rows at any of `places` places, each of which holds everybody once; of pairs that take part."""
    forward = left * places + place_of[right]
    backward = right * places + place_of[left]
    odds = np.where(takes_part, np.exp2(np.clip(weight, -_MOST, _MOST)), 0.0)
    groups, place = np.unique(np.concatenate([forward, backward]), return_inverse=True)
    total = np.bincount(place, weights=np.concatenate([odds, odds]), minlength=len(groups))
    rivals = np.maximum(total[place[: len(left)]], total[place[len(left) :]]) - odds
    result: Weights = weight - np.where(takes_part, np.log2(1 + np.maximum(rivals, 0.0)), 0.0)
    return result
