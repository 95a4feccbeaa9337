"""m and the prior by expectation and maximisation over the whole pair space, u held fixed.

Pairs that are no candidates count as different people. Each signal is trained on what the *others* say of a pair (its
own weight left out), so that a signal cannot talk itself up; training starts from the decisive signals' excess over
chance. Levels in a chain are pooled to ascend.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from creatorgraph.resolution.model.context import ContextLimit, context_limit, context_sum, no_limit
from creatorgraph.resolution.model.monotone import pooled
from creatorgraph.resolution.model.pattern import Patterns
from creatorgraph.resolution.signals import identity, platform
from creatorgraph.resolution.signals.signal import Scale

Shares = NDArray[np.float64]

_ROUNDS = 30
_LIMIT_FROM_ROUND = 3
_LEAST_MATCHES = 2.0
_MOST_PRIOR = 0.01
_PRIOR_MATCHES = 5.0
"""The prior m weighs as much as this many matching pairs."""
_SMOOTH_TO_U = 0.02
_ENOUGH_KNOWN = 100.0
"""Known look-alikes from which those of other platforms count by half."""
_LEAST_KNOWN = 10.0
"""As though so many were known where fewer are: lists of names know none, and people of one name share as much there."""
_TRUE = 0.95
"""How far a decision is believed: stewards err too."""
_LEAST_LEFT = 0.1
"""What stays of a level's believed matches at least."""
_KINDRED_PAIRS = 200.0
"""What random pairs say of a kindred signal's u weighs as much as this many look-alikes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What people decided, per pattern: how many of its `pairs`, and how many of those are the same person.

    A decided pair is known, the others of its pattern stay as the model believes: what people were shown is no random
    sample, and says nothing of the pairs that they were not shown.
    """

    pairs: Shares
    decided: Shares
    same: Shares

    def blend(self, probability: Shares) -> Shares:
        """The share of matches among each pattern's pairs."""
        known = _TRUE * self.same + (1 - _TRUE) * (self.decided - self.same)
        blended: Shares = (known + (self.pairs - self.decided) * probability) / self.pairs
        return blended


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """`prior` P(match) of two random profiles; `m`, `u` per signal and level; the limit on context; matches expected."""

    prior: float
    m: tuple[Shares, ...]
    u: tuple[Shares, ...]
    limit: ContextLimit
    matches: float

    def weights(self, index: int) -> Shares:
        """log2 Bayes factors of one signal's levels."""
        weight: Shares = np.log2(self.m[index] / self.u[index])
        return weight


def estimate(
    signals: Sequence[Scale],
    patterns: Patterns,
    u: tuple[Shares, ...],
    *,
    pairs: float,
    full_names: int,
    known: Known | None = None,
) -> Estimate:
    """From level patterns of the candidate pairs; `pairs` is how many pairs of profiles there are at all, `known` what people
    decided of the candidates."""
    counts = patterns.counts.astype(np.float64)
    probability = _start(signals, patterns, u, pairs)
    m: list[Shares] = []
    parts: list[Shares] = []
    everywhere = u
    alike = _look_alikes(patterns)
    score = np.zeros(len(counts))
    limit = no_limit()
    blend = known.blend if known is not None else _unmoved
    bounded = any(signal.context for signal in signals)
    prior = _prior(blend(probability), counts, pairs)
    for round_ in range(_ROUNDS):
        beliefs = [probability if round_ == 0 else _without(signals, k, score, parts) for k in range(len(signals))]
        beliefs = [blend(belief) for belief in beliefs]
        u = tuple(
            _among_look_alikes(patterns, k, everywhere[k], beliefs[k], alike, m[k] if m else None)
            if signal.kindred
            else everywhere[k]
            for k, signal in enumerate(signals)
        )
        m = [_maximise(signals, k, patterns, u[k], beliefs[k]) for k in range(len(signals))]
        prior = _prior(blend(probability), counts, pairs)
        parts = [_weight_of(patterns, k, m[k], u[k]) for k in range(len(signals))]
        score = np.log2(prior / (1 - prior)) + np.sum(parts, axis=0)
        context = context_sum(signals, parts)
        if bounded and round_ >= _LIMIT_FROM_ROUND:
            limit = context_limit(context, patterns, probability, full_names)
            score += limit.apply(context) - context
        probability = probability_of(score)
    return Estimate(prior=prior, m=tuple(m), u=u, limit=limit, matches=float((probability * counts).sum()))


def _unmoved(probability: Shares) -> Shares:
    return probability


def probability_of(weight: Shares) -> Shares:
    """2^w / (1 + 2^w)."""
    probability: Shares = 1 / (1 + np.exp2(-np.clip(weight, -60, 60)))
    return probability


def _start(signals: Sequence[Scale], patterns: Patterns, u: Sequence[Shares], pairs: float) -> Shares:
    """The share of each level's pairs that chance does not explain; the most sure of the decisive signals counts."""
    start = np.zeros(len(patterns.counts))
    for k, signal in enumerate(signals):
        if not signal.decisive:
            continue
        column = patterns.levels[:, k]
        known = column >= 0
        seen = np.bincount(column[known], weights=patterns.counts[known], minlength=len(signal.levels))
        excess = np.clip(1 - u[k] * pairs / np.maximum(seen, 1), 0.0, 0.98)
        excess[0] = 0
        for level, most in signal.start_limits:
            excess[level] = min(excess[level], most)
        start[known] = np.maximum(start[known], excess[column[known]])
    return start


def _prior(probability: Shares, counts: Shares, pairs: float) -> float:
    matches = max(float((probability * counts).sum()), _LEAST_MATCHES)
    return min(matches / max(pairs, 1.0), _MOST_PRIOR)


def _weight_of(patterns: Patterns, index: int, m: Shares, u: Shares) -> Shares:
    column = patterns.levels[:, index]
    return np.where(column >= 0, np.log2(m / u)[np.maximum(column, 0)], 0.0)


def _without(signals: Sequence[Scale], index: int, score: Shares, parts: Sequence[Shares]) -> Shares:
    """The probability without what this signal says, unless nothing else could replace it."""
    if signals[index].irreplaceable:
        return probability_of(score)
    return probability_of(score - parts[index])


def _look_alikes(patterns: Patterns) -> Shares:
    """Per pattern, how far its pairs count among look-alikes: those that show a common identity.

    Different usernames on one platform are known not to be one person. Where they are many, they also tell how many strangers
    look alike at all, so that the pairs of other platforms can be believed to be no matches as far as their probability says.
    """
    if not {identity.SIGNAL.name, platform.SIGNAL.name} <= set(patterns.names):
        return np.zeros(len(patterns.counts))
    alike = np.isin(patterns.column(identity.SIGNAL.name), identity.LIKE)
    known = alike & _one_platform(patterns)
    number = max(float(patterns.counts[known].sum()), _LEAST_KNOWN)
    return np.where(known, 1.0, alike * number / (number + _ENOUGH_KNOWN))


def _one_platform(patterns: Patterns) -> NDArray[np.bool_]:
    """Per pattern whether its pairs are different usernames on one platform."""
    if platform.SIGNAL.name not in patterns.names:
        return np.zeros(len(patterns.counts), dtype=bool)
    second: NDArray[np.bool_] = patterns.column(platform.SIGNAL.name) == platform.SECOND
    return second


def _among_look_alikes(
    patterns: Patterns, index: int, everywhere: Shares, probability: Shares, alike: Shares, m: Shares | None
) -> Shares:
    """u of a signal that people of one name share more than others do, from look-alikes as far as they are no matches.

    Of those that count as strangers by half, half are matches and show what matches show, by the last round's `m`; that is
    taken off. Two accounts on one platform are strangers whatever the model believes.
    """
    column = patterns.levels[:, index]
    known = column >= 0
    weight = (alike * (1 - probability) * patterns.counts)[known]
    counts = np.bincount(column[known], weights=weight, minlength=len(everywhere))
    if m is not None:
        wrong = float((weight * probability[known])[~_one_platform(patterns)[known]].sum())
        counts = np.maximum(counts - wrong * m, _LEAST_LEFT * counts)
    share: Shares = (counts + _KINDRED_PAIRS * everywhere) / (counts.sum() + _KINDRED_PAIRS)
    return share


def _maximise(signals: Sequence[Scale], index: int, patterns: Patterns, u: Shares, probability: Shares) -> Shares:
    signal = signals[index]
    column = patterns.levels[:, index]
    known = column >= 0
    weight = (probability * patterns.counts)[known]
    seen: Shares = np.bincount(column[known], weights=weight, minlength=len(signal.levels)).astype(np.float64)
    if not signal.irreplaceable:
        seen = _less_errors(seen, u, float((weight * (1 - probability[known])).sum()))
    believed = np.array([level.m for level in signal.levels])
    if signal.believed:
        return pooled(believed / believed.sum(), u, signal.chains)
    m = seen + _SMOOTH_TO_U * seen.sum() * u + _PRIOR_MATCHES * believed / believed.sum()
    return pooled(m / m.sum(), u, signal.chains)


def _less_errors(seen: Shares, u: Shares, errors: float) -> Shares:
    """What the matches among the believed pairs show, when `errors` of the believed, as many as they are unsure, are none.

    Who is believed to one half for what the others say is no match in every second case, and shows what strangers show. If
    that stayed in m, no difference could ever weigh much.
    """
    cleared: Shares = np.maximum(seen - errors * u, _LEAST_LEFT * seen)
    return cleared
