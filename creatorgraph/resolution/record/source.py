"""Lists that each hold everybody once: what follows for records of one list.

Two of them are never one, so they are no candidates (RecordPairs.apart), and no chain of links brings them together; and
what one record could be in another list shares the belief.
"""

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from creatorgraph.resolution.blocking.block import pairs_of_blocks
from creatorgraph.resolution.clustering.cluster import TOO_LARGE
from creatorgraph.resolution.clustering.constraint import Constraints
from creatorgraph.resolution.feature.incidence import Indices, incidence_of
from creatorgraph.resolution.model.competition import competed_in
from creatorgraph.resolution.record.comparison import RecordPairs
from creatorgraph.resolution.record.table import RecordTable

Weights = NDArray[np.float64]


def competed_by_list(source: Indices | None, pairs: RecordPairs, weight: Weights) -> Weights:
    """The weights less what rivals in one list take; as they are where no lists are told."""
    if source is None or not len(pairs):
        return weight
    everybody = np.ones(len(pairs), dtype=bool)
    return competed_in(source, int(source.max()) + 1, pairs.left, pairs.right, weight, takes_part=everybody)


def apart_in_lists(table: RecordTable, pairs: RecordPairs, over: Weights) -> Constraints:
    """Every two records of one list that a chain of pairs with `over` above 0 connects."""
    none = np.zeros((0, 2), dtype=np.int64)
    if table.source is None:
        return Constraints(must=none, never=none)
    one, two = pairs.left[over > 0], pairs.right[over > 0]
    links = sparse.coo_matrix((np.ones(len(one), dtype=np.int8), (one, two)), shape=(table.size, table.size))
    chain = connected_components(links, directed=False)[1].astype(np.int64)
    lists = int(table.source.max(initial=0)) + 1
    _, group = np.unique(chain * lists + table.source, return_inverse=True)
    rows = np.arange(table.size, dtype=np.int64)
    same = incidence_of(rows, group.reshape(-1), height=table.size, width=table.size)
    codes = pairs_of_blocks("one list", same, TOO_LARGE).codes
    return Constraints(must=none, never=np.stack([codes // table.size, codes % table.size], axis=1))
