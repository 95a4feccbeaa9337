"""The files that library mode writes."""

import csv
import uuid
from pathlib import Path

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from creatorgraph.ingest.reject import Reject, RejectWriter
from creatorgraph.resolution.result import Resolution
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


def write_resolution(out: Path, found: Resolution, *, header: tuple[str, str]) -> None:
    """`clusters.csv` (one line an id, below `header`), `links.parquet` and `model.json` in `out`, each whole or not at all."""
    _write_clusters(out / "clusters.csv", found.clusters, header)
    replace_file(out / "links.parquet", lambda path: pq.write_table(found.links, path, compression="zstd"))
    model = orjson.dumps(found.model, option=orjson.OPT_INDENT_2 | orjson.OPT_SERIALIZE_NUMPY)
    replace_file(out / "model.json", lambda path: path.write_bytes(model))


def keep_rejects(file: Path, source: Path, rejects: list[Reject]) -> None:
    """Adds what was refused of `source` to the file of rejects."""
    with RejectWriter(file, source=source.name) as writer:
        writer.write(rejects)


def _write_clusters(path: Path, clusters: pa.Table, header: tuple[str, str]) -> None:

    def write(target: Path) -> None:
        with target.open("w", newline="", encoding="utf-8") as file:
            rows = csv.writer(file, lineterminator="\n")
            rows.writerow(header)
            rows.writerows(cluster_names(clusters).items())

    replace_file(path, write)
