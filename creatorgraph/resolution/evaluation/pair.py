"""Pairs of profiles: those that share a label, and scored ones with their truth."""

from collections import defaultdict
from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

Pair = tuple[str, str]
"""Two profile ids, the smaller first."""


def ordered(one: str, other: str) -> Pair:
    return (one, other) if one < other else (other, one)


def ordered_set(pairs: Collection[tuple[str, str]]) -> frozenset[Pair]:
    """The pairs in one spelling; a profile with itself is none."""
    return frozenset(ordered(one, other) for one, other in pairs if one != other)


def pairs_within(labels: Mapping[str, Hashable], ignore: Collection[Pair] = frozenset()) -> list[Pair]:
    """Every pair of profiles that share a label, sorted, without those of `ignore` (ordered)."""
    groups: defaultdict[Hashable, list[str]] = defaultdict(list)
    for profile, label in labels.items():
        groups[label].append(profile)
    return sorted(
        pair for members in groups.values() for pair in combinations(sorted(members), 2) if pair not in ignore
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledPairs:
    """Scored pairs whose truth is known: `rows` of the link table, their `probability`, and whether each is `true`."""

    rows: NDArray[np.int64]
    probability: NDArray[np.float64]
    true: NDArray[np.bool_]


def labelled_links(links: pa.Table, truth: Mapping[str, str], ignore: Collection[Pair] = frozenset()) -> LabelledPairs:
    """The rows of a link table (columns `left`, `right`, `probability`) whose two profiles `truth` knows, but `ignore`."""
    rows, true = [], []
    ends = zip(links.column("left").to_pylist(), links.column("right").to_pylist(), strict=True)
    for row, pair in enumerate(ends):
        left, right = truth.get(pair[0]), truth.get(pair[1])
        if left is not None and right is not None and ordered(*pair) not in ignore:
            rows.append(row)
            true.append(left == right)
    at = np.array(rows, dtype=np.int64)
    return LabelledPairs(
        rows=at, probability=links.column("probability").to_numpy()[at], true=np.array(true, dtype=np.bool_)
    )
