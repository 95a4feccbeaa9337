"""u for records: how often different records show each level, with what true matches add taken out.

Pairs drawn at random hold true matches too, and at rare levels hardly anything else. So every pair counts with the
probability that it is no match, as the model so far sees it. Equal values are not sampled: how many pairs share one
follows from how many records have each value.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from creatorgraph.resolution.model.pattern import Patterns
from creatorgraph.resolution.record.comparison import Comparison, RecordPairs
from creatorgraph.resolution.signals.signal import Level, Levels

Shares = NDArray[np.float64]

SAMPLE = 500_000
_PRIOR_COUNT = 1.0
_FIRST_COUNT = 20.0
"""At the very beginning the prior weighs more: in a small file most pairs drawn may be matches."""
_LEAST = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """Level patterns of all candidate pairs (`found`) and of pairs drawn at random (`drawn`), out of `pairs` in all."""

    found: Patterns
    drawn: Patterns
    pairs: float


def random_pairs(size: int, seed: int) -> RecordPairs:
    """Pairs of different records: all where there are few, else SAMPLE draws."""
    if size * (size - 1) // 2 <= SAMPLE:
        left, right = np.triu_indices(size, k=1)
        return RecordPairs(left=left.astype(np.int64), right=right.astype(np.int64))
    random = np.random.default_rng(seed)
    one, two = random.integers(0, size, SAMPLE), random.integers(0, size, SAMPLE)
    apart = one != two
    return RecordPairs(left=np.minimum(one, two)[apart], right=np.maximum(one, two)[apart])


def drawn_shares(comparisons: Sequence[Comparison], drawn: Patterns) -> tuple[Shares, ...]:
    """A first u: the levels of pairs drawn at random, matches included."""
    return tuple(
        _completed(_smooth(_counted(drawn, i, np.ones(len(drawn.counts)), c.levels), None, c.levels, _FIRST_COUNT))
        for i, c in enumerate(comparisons)
    )


def non_match_shares(
    comparisons: Sequence[Comparison], seen: Observed, found: Shares, drawn: Shares
) -> tuple[Shares, ...]:
    """u of every level; `found` and `drawn` are the match probabilities of the patterns of `seen`. Each array sums to 1."""
    return tuple(_share(comparison, index, seen, found, drawn) for index, comparison in enumerate(comparisons))


def _share(comparison: Comparison, index: int, seen: Observed, found: Shares, drawn: Shares) -> Shares:
    levels = comparison.levels
    sampled = _counted(seen.drawn, index, 1 - drawn, levels)
    known = float(seen.drawn.counts[seen.drawn.levels[:, index] >= 0].sum() / max(seen.drawn.counts.sum(), 1))
    pairs = max(known * seen.pairs, 1.0)
    share = _smooth(sampled, None, levels)
    if comparison.equal is not None:
        equal = comparison.equal.pairs_by_level(len(levels))
        matched = _counted(seen.found, index, found, levels)
        summed = _smooth(np.maximum(equal - matched, 0), pairs, levels)
        stands = np.zeros(len(levels), dtype=bool)
        stands[int(comparison.equal.level.min(initial=len(levels))) :] = True
        share = np.where(stands, summed, share)
    # what candidates show for certain cannot be rarer among all pairs
    proven = _counted(seen.found, index, 1 - found, levels) / pairs
    return _completed(np.maximum(share, proven))


def _counted(patterns: Patterns, index: int, weight: Shares, levels: Sequence[Level]) -> Shares:
    column: Levels = patterns.levels[:, index]
    known = column >= 0
    weighted = (weight * patterns.counts)[known]
    return np.bincount(column[known], weights=weighted, minlength=len(levels)).astype(np.float64)


def _smooth(counts: Shares, total: float | None, levels: Sequence[Level], prior_count: float = _PRIOR_COUNT) -> Shares:
    """(count + a) / (total + a / prior): the prior where nothing was counted, the counts where there are enough."""
    prior = np.array([level.u for level in levels])
    share: Shares = (counts + prior_count) / ((counts.sum() if total is None else total) + prior_count / prior)
    return share


def _completed(share: Shares) -> Shares:
    """With level 0 taking what the others leave."""
    share = np.maximum(share, _LEAST)
    share[0] = max(1 - share[1:].sum(), 1e-3)
    done: Shares = share / share.sum()
    return done
