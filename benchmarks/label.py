"""Labels of a set, as files next to it, and clusters."""

import csv
from pathlib import Path


def read_truth(path: Path) -> dict[str, str]:
    """`profile_id,entity_id[,...]`: who is behind each profile."""
    with path.open(newline="", encoding="utf-8") as file:
        return {row["profile_id"]: row["entity_id"] for row in csv.DictReader(file)}


def read_labels(path: Path) -> dict[str, str]:
    """The second column by the first: what is behind each id, or which cluster it is in."""
    with path.open(newline="", encoding="utf-8") as file:
        return {identity: label for identity, label, *_ in list(csv.reader(file))[1:]}


def read_pairs(path: Path) -> list[tuple[str, str]]:
    """The pairs in the first two columns; none where there is no such file."""
    if not path.exists():
        return []
    with path.open(newline="", encoding="utf-8") as file:
        return [(left, right) for left, right, *_ in list(csv.reader(file))[1:]]
