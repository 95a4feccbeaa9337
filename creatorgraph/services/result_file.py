"""The files that library mode writes."""

import csv
import uuid
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from creatorgraph.domain.progress import Progress, Silent
from creatorgraph.ingest.reject import Reject, RejectWriter
from creatorgraph.resolution.result import Resolution
from creatorgraph.services.model_file import write_model
from creatorgraph.services.whole_file import replace_file

_NAMESPACE = uuid.UUID("5b0c3a52-5f0e-4b7e-9d52-0f4d2f6c8e11")
_ROWS = 100_000
"""Links or ids that are written at a time."""


def cluster_names(clusters: pa.Table) -> dict[str, str]:
    """The name of each id's cluster, from a table of CLUSTER_SCHEMA, by ascending id.

    The same clusters get the same names in every run; names that last over changes come with the database.
    """
    return dict(_named(clusters))


def write_resolution(out: Path, found: Resolution, *, header: tuple[str, str], progress: Progress = Silent()) -> None:
    """`clusters.csv` (one line an id, below `header`), `links.parquet` and `model.json` in `out`, each whole or not at all.

    A model that can be used again has its counts beside it, in `model.counts.npz`.
    """
    progress.stage("Writing links", found.links.num_rows)
    replace_file(out / "links.parquet", lambda path: _write_links(path, found.links, progress))
    progress.stage("Writing clusters", found.clusters.num_rows)
    replace_file(out / "clusters.csv", lambda path: _write_clusters(path, found.clusters, header, progress))
    if found.artefact is not None:
        write_model(out / "model.json", found.artefact)
        return
    model = orjson.dumps(found.model, option=orjson.OPT_INDENT_2 | orjson.OPT_SERIALIZE_NUMPY)
    replace_file(out / "model.json", lambda path: path.write_bytes(model))


def keep_rejects(file: Path, source: Path, rejects: list[Reject]) -> None:
    """Adds what was refused of `source` to the file of rejects."""
    with RejectWriter(file, source=source.name) as writer:
        writer.write(rejects)


def _named(clusters: pa.Table) -> Iterator[tuple[str, str]]:
    """Each id, ascending, and its cluster's name, which the least id of the cluster gives."""
    ordered = clusters.sort_by("profile_id")
    _, first, place = np.unique(ordered.column("cluster").to_numpy(), return_index=True, return_inverse=True)
    least = ordered.column("profile_id").take(pa.array(first)).to_pylist()
    names = pa.array([str(uuid.uuid5(_NAMESPACE, member)) for member in least], pa.string())
    begin = 0
    for batch in ordered.to_batches(max_chunksize=_ROWS):
        ids = batch.column("profile_id").to_pylist()
        yield from zip(ids, names.take(pa.array(place[begin : begin + len(ids)])).to_pylist(), strict=True)
        begin += len(ids)


def _write_links(path: Path, links: pa.Table, progress: Progress) -> None:
    with pq.ParquetWriter(path, links.schema, compression="zstd") as writer:
        for begin in range(0, links.num_rows, _ROWS):
            writer.write_table(links.slice(begin, _ROWS))
            progress.advance(min(_ROWS, links.num_rows - begin))


def _write_clusters(path: Path, clusters: pa.Table, header: tuple[str, str], progress: Progress) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(header)
        named = _named(clusters)
        while batch := list(islice(named, _ROWS)):
            rows.writerows(batch)
            progress.advance(len(batch))
