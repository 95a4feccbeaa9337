"""The file of clusters that library mode writes."""

import csv
import uuid
from pathlib import Path

import pyarrow as pa

from creatorgraph.services.whole_file import replace_file

_NAMESPACE = uuid.UUID("5b0c3a52-5f0e-4b7e-9d52-0f4d2f6c8e11")


def cluster_names(clusters: pa.Table) -> dict[str, str]:
    """The name of each id's cluster, from a table of CLUSTER_SCHEMA, by ascending id.

    The same clusters get the same names in every run; names that last over changes come with the database.
    """
    ordered = clusters.sort_by("profile_id")
    ids, numbers = ordered.column("profile_id").to_pylist(), ordered.column("cluster").to_pylist()
    first: dict[int, str] = {}
    for member, number in zip(ids, numbers, strict=True):
        first.setdefault(number, member)
    names = {number: str(uuid.uuid5(_NAMESPACE, member)) for number, member in first.items()}
    return {member: names[number] for member, number in zip(ids, numbers, strict=True)}


def write_clusters(path: Path, clusters: pa.Table, header: tuple[str, str]) -> None:
    """One line an id, below `header`; whole or not at all."""

    def write(target: Path) -> None:
        with target.open("w", newline="", encoding="utf-8") as file:
            rows = csv.writer(file, lineterminator="\n")
            rows.writerow(header)
            rows.writerows(cluster_names(clusters).items())

    replace_file(path, write)
