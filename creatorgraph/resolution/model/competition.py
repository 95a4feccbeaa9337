"""Competition: an account has one owner, so what it could match on one platform shares the belief.

For each profile and platform the candidates there are held against each other (soft-max with "none of them"): of two namesakes
on one platform not both are believed. The model's weights say how many pairs of their kind are matches whether they have
rivals or not, so what the losers lose the winners of the same weight gain: the number of matches expected stays.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from creatorgraph.resolution.feature.incidence import Indices
from creatorgraph.resolution.feature.population import Population

Weights = NDArray[np.float64]
_MOST = 40.0
_BAND = 0.5
LEAST = -12.0
"""Bits under which a pair is no rival to anybody."""
_ROUNDS = 8
_MOST_GAIN = 2.0
_STEADY = 20.0
"""Pairs of one weight from which the winners among them may gain: of a handful nothing is known."""


def competed(
    population: Population, left: Indices, right: Indices, weight: Weights, gain: Weights | None = None
) -> tuple[Weights, Weights]:
    """The weights after competition, only between profiles with usernames, and what winners gained by bands of weight.

    `gain` is what winners gain when a model is used again: what one gains then does not depend on all others.
    """
    named = population.username >= 0
    return competed_with(
        population.platform,
        len(population.platforms),
        left,
        right,
        weight,
        takes_part=named[left] & named[right],
        gain=gain,
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
    """The same weights for rows at any of `places` places, each of which holds everybody once; of pairs that take part."""
    return competed_with(place_of, places, left, right, weight, takes_part=takes_part)[0]


def competed_with(
    place_of: NDArray[np.integer[Any]],
    places: int,
    left: Indices,
    right: Indices,
    weight: Weights,
    *,
    takes_part: NDArray[np.bool_],
    gain: Weights | None = None,
) -> tuple[Weights, Weights]:
    """The same with the gain, which is learned in rounds unless it is given."""
    part = np.flatnonzero(takes_part & (weight > LEAST))
    result = weight.copy()
    if not len(part):
        return result, np.zeros(0) if gain is None else gain
    one, two, own = left[part], right[part], weight[part]
    groups, place = np.unique(
        np.concatenate([one * places + place_of[two], two * places + place_of[one]]),
        return_inverse=True,
    )
    forward, backward = place[: len(part)], place[len(part) :]
    band = np.floor((own - LEAST) / _BAND).astype(np.int64)
    size: Indices = np.bincount(band).astype(np.int64)
    expected = np.bincount(band, weights=_probability(own)).astype(np.float64)
    usual = np.clip(expected / np.maximum(size, 1), 1e-6, 1 - 1e-6)
    lift = np.zeros(len(size))
    if gain is not None:
        shared = min(len(gain), len(size))
        lift[:shared] = gain[:shared]
    final = own
    for round_ in range(_ROUNDS):
        lifted = own + lift[band]
        odds = np.exp2(np.clip(lifted, -_MOST, _MOST))
        total = np.bincount(forward, weights=odds, minlength=len(groups))
        total += np.bincount(backward, weights=odds, minlength=len(groups))
        rivals = np.maximum(total[forward], total[backward]) - odds
        final = lifted - np.log2(1 + np.maximum(rivals, 0.0))
        if gain is not None or round_ == _ROUNDS - 1:
            break
        found = np.bincount(band, weights=_probability(final), minlength=len(size)).astype(np.float64)
        lift = np.clip(lift + _odds(expected, size, usual) - _odds(found, size, usual), 0.0, _MOST_GAIN)
    result[part] = final
    return result, lift if gain is None else gain


def _probability(weight: Weights) -> Weights:
    p: Weights = 1 / (1 + np.exp2(-np.clip(weight, -_MOST, _MOST)))
    return p


def _odds(matches: Weights, size: Indices, usual: Weights) -> Weights:
    """log2 odds of a share of matches; few pairs are held to the usual share, which no competition has touched."""
    share = (matches + _STEADY * usual) / (size + _STEADY)
    odds: Weights = np.log2(share / (1 - share))
    return odds
