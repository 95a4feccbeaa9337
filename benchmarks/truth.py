"""Labels of a set of profiles, as files next to it."""

import csv
from pathlib import Path


def read_truth(path: Path) -> dict[str, str]:
    """`profile_id,entity_id[,...]`: who is behind each profile."""
    with path.open(newline="", encoding="utf-8") as file:
        return {row["profile_id"]: row["entity_id"] for row in csv.DictReader(file)}


def read_ignored(path: Path) -> list[tuple[str, str]]:
    """Pairs, in the first two columns, whose truth is unknown; none where there is no such file."""
    if not path.exists():
        return []
    with path.open(newline="", encoding="utf-8") as file:
        return [(left, right) for left, right, *_ in list(csv.reader(file))[1:]]
