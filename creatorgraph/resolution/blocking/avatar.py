"""Profiles with the same picture, or nearly: equal perceptual hashes and their neighbours by Hamming distance.

Up to _EXACT_UP_TO different pictures every two of them are compared. Above, two are compared only where 16 bits that stand
together in one of two layouts are equal (multi-index hashing: Norouzi, Punjani and Fleet, Fast Search in Hamming Space with
Multi-Index Hashing, CVPR 2012): by the pigeonhole principle that finds all neighbours of up to 3 bits, and most of up to 6.
"""

from collections.abc import Iterable

import faiss
import numpy as np
from numpy.typing import NDArray

from creatorgraph.resolution.blocking.block import RulePairs, pair_codes, pairs_of_blocks, pairs_of_codes, union
from creatorgraph.resolution.feature.avatar import AvatarTable
from creatorgraph.resolution.feature.incidence import Indices, incidence_of
from creatorgraph.resolution.feature.population import Population

FARTHEST = 12
"""Differing bits, of 64, up to which two pictures are neighbours."""
_EXACT_UP_TO = 20_000
_BAND = 16
_NO_PAIRS = np.zeros(0, dtype=np.int64)


def like_avatars(population: Population, cap: int) -> RulePairs:
    """Pairs whose pictures differ in at most FARTHEST bits; a picture, or a band, of more than `cap` is left out."""
    avatars = population.avatars
    shown = np.flatnonzero(avatars.picture >= 0)
    by_picture = incidence_of(shown, avatars.picture[shown], height=population.size, width=len(avatars.sharers))
    equal = pairs_of_blocks("avatar", by_picture, cap)
    near = [_pairs_of_pictures(one, two, avatars, population.size) for one, two in _neighbours(avatars, cap)]
    return pairs_of_codes("avatar", union([equal.codes, *near]), equal.report.largest_block)


def _neighbours(avatars: AvatarTable, cap: int) -> Iterable[tuple[Indices, Indices]]:
    """Pairs of picture numbers that differ in 1 to FARTHEST bits, in parts."""
    numbers = np.flatnonzero(avatars.comparable)
    codes = avatars.codes[numbers]
    if len(numbers) <= _EXACT_UP_TO:
        yield _all_near(numbers, codes)
        return
    for layout in (codes, _interleaved(codes)):
        for shift in range(0, 64, _BAND):
            band = ((layout >> np.uint64(shift)) & np.uint64((1 << _BAND) - 1)).astype(np.int64)
            table = incidence_of(np.arange(len(band)), band, height=len(band), width=1 << _BAND)
            found = pairs_of_blocks("avatar", table, cap).codes
            one, two = found // len(band), found % len(band)
            near = np.bitwise_count(codes[one] ^ codes[two]) <= FARTHEST
            yield numbers[one[near]], numbers[two[near]]


def _all_near(numbers: Indices, codes: NDArray[np.uint64]) -> tuple[Indices, Indices]:
    if len(numbers) < 2:
        return _NO_PAIRS, _NO_PAIRS
    index = faiss.IndexBinaryFlat(64)
    rows = np.ascontiguousarray(codes).view(np.uint8).reshape(-1, 8)
    index.add(rows)
    limits, _, found = index.range_search(rows, FARTHEST + 1)
    one = np.repeat(np.arange(len(numbers)), np.diff(limits).astype(np.int64))
    before = one < found
    return numbers[one[before]], numbers[found[before]]


def _interleaved(codes: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Every fourth bit side by side, so that a band of 16 takes bits from the whole picture."""
    moved = np.zeros_like(codes)
    for target in range(64):
        source = np.uint64((target % _BAND) * 4 + target // _BAND)
        moved |= ((codes >> source) & np.uint64(1)) << np.uint64(target)
    return moved


def _pairs_of_pictures(one: Indices, two: Indices, avatars: AvatarTable, size: int) -> Indices:
    """Every profile of the one picture with every profile of the other; no picture is shown by more than PERSONAL."""
    order = np.argsort(avatars.picture, kind="stable")
    begin = np.searchsorted(avatars.picture[order], np.arange(len(avatars.sharers)))
    left_count, right_count = avatars.sharers[one], avatars.sharers[two]
    total = left_count * right_count
    pair = np.repeat(np.arange(len(one), dtype=np.int64), total)
    place = np.arange(len(pair)) - np.repeat(np.cumsum(total) - total, total)
    left = order[begin[one[pair]] + place // right_count[pair]]
    right = order[begin[two[pair]] + place % right_count[pair]]
    return pair_codes(left, right, size)
