"""How many people follow a profile, held against what is usual on its platform."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from creatorgraph.resolution.feature.column import Column
from creatorgraph.resolution.feature.incidence import Indices
from creatorgraph.resolution.feature.reference import Counts, text_counts

_ENOUGH = 30
"""Profiles from which a platform has a median of its own; the others take that of all."""
_ALL = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowersTable:
    """`size` log2 of a profile's followers over its platform's median; nan where they are not known."""

    size: NDArray[np.float64]
    medians: Counts
    """In place of counts the median of followers (one more, so that none is 0) by platform, of all by the empty text."""


def followers_table(
    followers: Column, platform: Indices, platforms: Sequence[str], known: Counts | None = None
) -> FollowersTable:
    """From the followers of each profile (null: not known) and the number of its platform in `platforms`; `known` medians
    stand in place of these profiles' own."""
    given = pc.fill_null(followers, -1).to_numpy()
    there = given >= 0
    places = [*platforms, _ALL]
    medians = known or _medians(given, there, platform, places)
    usual = medians.of_texts(pa.array(places, pa.string())).astype(np.float64)
    usual = np.where(usual > 0, usual, max(usual[-1], 1.0))
    size = np.full(len(given), np.nan)
    size[there] = np.log2((given[there] + 1) / usual[platform[there]])
    return FollowersTable(size=size, medians=medians)


def _medians(given: NDArray[np.int64], there: NDArray[np.bool_], platform: Indices, places: Sequence[str]) -> Counts:
    rows = [given[there & (platform == number)] for number in range(len(places) - 1)]
    seen = [(place, counts) for place, counts in zip(places, [*rows, given[there]], strict=True) if len(counts)]
    kept = [(place, counts) for place, counts in seen if len(counts) >= _ENOUGH or place == _ALL]
    return text_counts(
        pa.array([place for place, _ in kept], pa.string()),
        np.array([int(np.median(counts)) + 1 for _, counts in kept], dtype=np.int64),
        int(there.sum()),
    )
