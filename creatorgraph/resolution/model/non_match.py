"""u: how often different people show each level of a signal.

Counting over all pairs would count the true matches in, and at rare levels they are nearly all there is; so each signal
counts on pairs that are known, or all but known, to be different people. A prior u per level (a pseudo-count) keeps the
levels apart where such pairs are few; it is never more than the share of all pairs that show the level, or of those on one
platform (docs/decisions/0035-no-more-strangers-than-pairs.md, 0036-strangers-where-no-username-tells.md).
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from creatorgraph.resolution.comparison.pairs import Pairs
from creatorgraph.resolution.feature.population import Population
from creatorgraph.resolution.model.pattern import Patterns
from creatorgraph.resolution.signals import identity, platform
from creatorgraph.resolution.signals.signal import Levels, NonMatches, Signal

Shares = NDArray[np.float64]

_SAMPLE = 300_000
_PRIOR_COUNT = 1.0
_SHARE_APART = 0.97
"""Of two different people's full names, about this share has no word in common."""
_LEAST = 1e-12


def non_match_shares(
    signals: Sequence[Signal], population: Population, patterns: Patterns, pairs: Pairs, seed: int
) -> tuple[Shares, ...]:
    """u of every level of each signal; each array sums to 1."""
    random = np.random.default_rng(seed)
    everyone = _random_pairs(random, population, np.arange(population.size))
    named = _random_pairs(random, population, np.flatnonzero(population.names.full))
    shares = []
    for index, signal in enumerate(signals):
        column = patterns.levels[:, index]
        match signal.non_matches:
            case NonMatches.ONE_PLATFORM:
                shares.append(_one_platform(signal, patterns, column, pairs))
            case NonMatches.NAMES_APART:
                shares.append(_names_apart(signal, population, patterns, column, named))
            case NonMatches.RANDOM:
                shares.append(_random(signal, everyone))
    return tuple(shares)


def known_non_matches(population: Population) -> float:
    """How many pairs there are of different usernames on one platform."""
    single = population.single
    accounts, profiles = np.unique(population.username[single], return_counts=True)
    same_account = _pairs_within(profiles) if len(accounts) else 0.0
    return _pairs_within(np.bincount(population.platform[single])) - same_account


def _pairs_within(sizes: NDArray[np.int64]) -> float:
    """How many pairs groups of these sizes have."""
    return float((sizes * (sizes - 1) / 2).sum())


def _prior(signal: Signal) -> Shares:
    return np.array([level.u for level in signal.levels])


def _counted(levels: Levels, weights: NDArray[np.int64], size: int) -> Shares:
    kept = levels >= 0
    return np.bincount(levels[kept], weights=weights[kept], minlength=size).astype(np.float64)


def _smooth(counts: Shares, total: float, prior: Shares) -> Shares:
    """(count + a) / (total + a / prior): the prior where nothing was counted, the counts where there are enough."""
    share: Shares = (counts + _PRIOR_COUNT) / (total + _PRIOR_COUNT / prior)
    return share


def _completed(share: Shares) -> Shares:
    """With level 0 taking what the others leave."""
    share = np.maximum(share, _LEAST)
    share[0] = max(1 - share[1:].sum(), 1e-6)
    return _normal(share)


def _normal(share: Shares) -> Shares:
    done: Shares = share / share.sum()
    return done


def _one_platform(signal: Signal, patterns: Patterns, column: Levels, pairs: Pairs) -> Shares:
    population = pairs.population
    second = patterns.column(platform.SIGNAL.name) == platform.SECOND
    counts = _counted(column[second], patterns.counts[second], len(signal.levels))
    one_username = list(identity.ONE_USERNAME)
    counts[one_username] = identity.spelled_apart(pairs)[one_username]
    known = known_non_matches(population)
    prior = np.minimum(_prior(signal), _most(signal, patterns, column, pairs, known))
    share = _smooth(counts, max(known, 1.0), prior)
    names = population.names
    latin = float(np.mean(names.full & names.latin_first)) if population.size else 0.0
    other = float(np.mean(names.full & ~names.latin_first)) if population.size else 0.0
    share[identity.CLASH_NONE] = _SHARE_APART * (latin**2 + other**2)
    return _completed(share)


def _most(signal: Signal, patterns: Patterns, column: Levels, pairs: Pairs, known: float) -> Shares:
    """The share of pairs that show each level, as though every one of them were of strangers: no more strangers show it.

    Of all pairs; where usernames tell few strangers, also of the pairs on one platform: strangers look alike there as they do
    anywhere, and few of those pairs are matches.
    """
    population = pairs.population
    size = len(signal.levels)
    most = (_counted(column, patterns.counts, size) + _PRIOR_COUNT) / max(population.pairs, 1.0)
    unknown = _pairs_within(np.bincount(population.platform)) - known
    if unknown <= known:
        return most
    of_pair = patterns.of_pair[population.platform[pairs.left] == population.platform[pairs.right]]
    of_pair = of_pair[patterns.column(platform.SIGNAL.name)[of_pair] != platform.SECOND]
    there = np.bincount(column[of_pair], minlength=size).astype(np.float64)
    return np.minimum(most, (there + _PRIOR_COUNT) / unknown)


def _names_apart(signal: Signal, population: Population, patterns: Patterns, column: Levels, named: Pairs) -> Shares:
    full = int(population.names.full.sum())
    comparable = float((signal.compare(named) >= 0).mean()) if len(named) else 0.0
    total = _SHARE_APART * full * (full - 1) / 2 * comparable
    counts = _counted(column[patterns.apart], patterns.counts[patterns.apart], len(signal.levels))
    return _completed(_smooth(counts, max(total, counts.sum()), _prior(signal)))


def _random(signal: Signal, pairs: Pairs) -> Shares:
    levels = signal.compare(pairs) if len(pairs) else np.zeros(0, dtype=np.int8)
    counts = _counted(levels, np.ones(len(levels), dtype=np.int64), len(signal.levels))
    return _normal(_smooth(counts, counts.sum(), _prior(signal)))


def _random_pairs(random: np.random.Generator, population: Population, rows: NDArray[np.int64]) -> Pairs:
    if len(rows) < 2:
        return Pairs(population=population, left=np.zeros(0, dtype=np.int64), right=np.zeros(0, dtype=np.int64))
    one, two = random.choice(rows, _SAMPLE), random.choice(rows, _SAMPLE)
    apart = one != two
    return Pairs(population=population, left=np.minimum(one, two)[apart], right=np.maximum(one, two)[apart])
