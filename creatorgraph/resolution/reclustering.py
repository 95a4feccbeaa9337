"""The clusters of a run under other decisions than it knew: nothing is scored again, because decisions change no weight."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from creatorgraph.domain.decision import Decision
from creatorgraph.resolution.clustering.cluster import cluster
from creatorgraph.resolution.clustering.constraint import constraints_of
from creatorgraph.resolution.option import ResolveOptions, bits
from creatorgraph.resolution.result import CLUSTER_SCHEMA, FAINT_SCHEMA, Resolution


def reclustered(resolution: Resolution, decisions: Sequence[Decision], options: ResolveOptions) -> pa.Table:
    """The clusters (CLUSTER_SCHEMA) that the run would have found had it known these decisions.

    Links and faint links together are all pairs that clustering looks at.
    """
    ids = resolution.clusters.column("profile_id").combine_chunks()
    known = ids.to_pylist()
    tables = resolution.links, resolution.faint

    def column(name: str) -> pa.ChunkedArray:
        return pa.concat_tables([table.select(FAINT_SCHEMA.names) for table in tables]).column(name)

    def rows(name: str) -> NDArray[np.int64]:
        found: NDArray[np.int64] = pc.index_in(column(name), value_set=ids).to_numpy().astype(np.int64)
        return found

    labels = cluster(
        len(known),
        rows("left"),
        rows("right"),
        column("match_weight").to_numpy() - bits(options.match_threshold),
        constraints_of(decisions, {profile_id: row for row, profile_id in enumerate(known)}),
        seed=options.seed,
    ).labels
    return pa.table({"profile_id": ids, "cluster": labels}, schema=CLUSTER_SCHEMA)
