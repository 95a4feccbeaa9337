"""Weights that never fall along a chain of levels: neighbouring levels out of order are pooled, m and u together."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

Shares = NDArray[np.float64]

_PASSES = 20


def pooled(m: Shares, u: Shares, chains: Iterable[tuple[int, ...]]) -> Shares:
    """m made so that m / u ascends along each chain (pool adjacent violators), and sums to 1 again.

    Pooled levels get the ratio of their summed m to their summed u: raising m alone would take from the other levels.
    """
    ratio = m / u
    chains = tuple(chains)
    # one pass orders a single chain; where chains cross, each pass may undo a little of the one before
    for _ in range(_PASSES):
        before = ratio.copy()
        for chain in chains:
            _pool(ratio, u, chain)
        if np.allclose(ratio, before, rtol=1e-12, atol=0):
            break
    result = ratio * u
    normal: Shares = result / result.sum()
    return normal


def _pool(ratio: Shares, u: Shares, chain: tuple[int, ...]) -> None:
    blocks: list[tuple[float, float, list[int]]] = []
    for level in chain:
        blocks.append((float(ratio[level] * u[level]), float(u[level]), [level]))
        while len(blocks) > 1 and blocks[-2][0] / blocks[-2][1] > blocks[-1][0] / blocks[-1][1]:
            last, before = blocks.pop(), blocks.pop()
            blocks.append((before[0] + last[0], before[1] + last[1], before[2] + last[2]))
    for block_m, block_u, levels in blocks:
        ratio[levels] = block_m / block_u
