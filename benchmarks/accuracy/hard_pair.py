"""The pairs that are hard: true ones that do not look it, and different people of one name."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.label import read_pairs

SLICES = (("name_relation", "partial"), ("name_relation", "cross_script"), ("bio_relation", "different"))
"""Column and value of the file of true pairs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HardPairs:
    """By slice the true pairs that were put together, and how many there are; and of the namesakes."""

    slices: dict[str, tuple[int, int]]
    namesakes: tuple[int, int] | None


def hard_pairs(clusters: Mapping[str, str], true_pairs: Path, namesakes: Path | None) -> HardPairs:
    with true_pairs.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    found = {}
    for column, value in SLICES:
        pairs = [(row["profile_id_l"], row["profile_id_r"]) for row in rows if row.get(column) == value]
        found[value] = _together(clusters, pairs)
    return HardPairs(slices=found, namesakes=_together(clusters, read_pairs(namesakes)) if namesakes else None)


def _together(clusters: Mapping[str, str], pairs: list[tuple[str, str]]) -> tuple[int, int]:
    return sum(one in clusters and clusters[one] == clusters.get(other) for one, other in pairs), len(pairs)
