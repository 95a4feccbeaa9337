"""Leiden communities by NetworKit, single-threaded and seeded, so that the same graph gives the same communities.

Not scikit-network's Leiden (0.33): its refinement adds up in single precision until nothing improves, which on some hundred
thousand edges may be never, and draws from C's rand(), which no seed reaches.
"""

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

ITERATIONS = 3
"""Passes of moving and refining; NetworKit's own default, after which modularity hardly rises."""


def leiden(adjacency: sparse.csr_matrix, *, resolution: float = 1.0, seed: int = 1) -> NDArray[np.int64]:
    """A community number per node, by modularity (Traag, Waltman, van Eck 2019).

    `adjacency` is square with positive weights; an edge may stand in either triangle or both, where its weights add up.
    """
    import networkit  # late: it starts OpenMP's threads

    both = (adjacency + adjacency.T).tocsr()
    upper = sparse.triu(both, k=1).tocoo()
    graph = networkit.GraphFromCoo(
        (upper.data.astype(np.float64), (upper.row.astype(np.uint64), upper.col.astype(np.uint64))),
        n=both.shape[0],
        weighted=True,
        directed=False,
    )
    threads = networkit.getMaxNumberOfThreads()
    networkit.setNumberOfThreads(1)
    try:
        networkit.setSeed(seed, False)
        search = networkit.community.ParallelLeiden(graph, ITERATIONS, False, resolution)
        search.run()
    finally:
        networkit.setNumberOfThreads(threads)
    return np.asarray(search.getPartition().getVector(), dtype=np.int64)
