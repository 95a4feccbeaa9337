"""What the signals see in the candidate pairs, some pairs at a time, so that memory does not grow with what is compared."""

import numpy as np

from creatorgraph.domain.progress import Progress
from creatorgraph.resolution.comparison.pairs import Pairs
from creatorgraph.resolution.feature.incidence import Indices
from creatorgraph.resolution.model.pattern import Patterns, marked_codes, patterns_of_codes
from creatorgraph.resolution.parallel import in_order
from creatorgraph.resolution.signals import SIGNALS
from creatorgraph.resolution.signals.signal import Levels

_STEP = 250_000
"""Pairs at a time: enough that what is done once a step is nothing beside them."""


def observed(pairs: Pairs, *, threads: int | None, progress: Progress) -> Patterns:
    """The level patterns of all pairs; the same whatever the threads (None: what the machine has)."""
    progress.stage("comparing pairs", len(pairs))

    def codes(rows: slice) -> Indices:
        part = pairs.part(rows)
        return marked_codes(SIGNALS, _levels(part), part.identity.names.apart)

    found = []
    for part in in_order(codes, len(pairs), _STEP, threads):
        found.append(part)
        progress.advance(len(part))
    return patterns_of_codes(SIGNALS, found)


def observed_levels(pairs: Pairs, *, threads: int | None) -> Levels:
    """(pairs, signals) levels, where each pair is wanted for itself."""
    found = in_order(lambda rows: _levels(pairs.part(rows)), len(pairs), _STEP, threads)
    return np.concatenate(list(found))


def _levels(pairs: Pairs) -> Levels:
    levels = np.empty((len(pairs), len(SIGNALS)), dtype=np.int8)
    for index, signal in enumerate(SIGNALS):
        levels[:, index] = signal.compare(pairs)
    return levels
