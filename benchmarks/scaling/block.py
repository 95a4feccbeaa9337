"""Blocks of profiles that share a value: what the cap saves, and how evenly they fall on workers."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from creatorgraph.resolution.feature.incidence import Incidence
from creatorgraph.resolution.feature.population import Population

WORKERS = (16, 64, 256)
SEED = 7
Sizes = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockLoad:
    """Of one kind of value: the largest block, and the pairs within blocks of at most the cap, and within all.

    `uneven` and `uneven_uncapped` are, by number of workers, the pairs of the busiest over the mean, where each block goes
    to one worker by the hash of its value.
    """

    largest: int
    pairs: int
    pairs_uncapped: int
    uneven: dict[str, float]
    uneven_uncapped: dict[str, float]


def block_loads(population: Population, cap: int) -> dict[str, BlockLoad]:
    """By the kind of value that profiles share, before common ones are split by a second value."""
    tables: dict[str, Incidence] = {
        "username or name": population.keys.entries,
        "address": population.addresses,
        "email": population.emails,
    }
    return {kind: block_load(table.frequency(), cap) for kind, table in tables.items()}


def block_load(sizes: Sizes, cap: int) -> BlockLoad:
    """`sizes` are the profiles of each block."""
    pairs = sizes * (sizes - 1) // 2
    capped = np.where(sizes <= cap, pairs, 0)
    return BlockLoad(
        largest=int(sizes.max(initial=0)),
        pairs=int(capped.sum()),
        pairs_uncapped=int(pairs.sum()),
        uneven=unevenness(capped, WORKERS),
        uneven_uncapped=unevenness(pairs, WORKERS),
    )


def unevenness(load: Sizes, workers: Sequence[int]) -> dict[str, float]:
    """The busiest worker's load over the mean, by number of workers (as text, as JSON has it); 1 where there is none."""
    place = np.random.default_rng(SEED).integers(0, np.iinfo(np.int64).max, len(load))
    found = {}
    for count in workers:
        shares = np.bincount(place % count, weights=load, minlength=count)
        found[str(count)] = round(float(shares.max() / shares.mean()), 3) if load.sum() else 1.0
    return found
