"""Communities with scikit-network and scipy.

Not scikit-network's Leiden (0.33): its refinement adds up in single precision until nothing improves, which on a graph of
some hundred thousand edges may be never, and draws from C's rand(), which no seed reaches.
"""

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import csgraph
from sknetwork.clustering import Louvain

from creatorgraph.graph.analysis import Community, CommunityConfig
from creatorgraph.graph.embedded.whole import members_by_label, read_whole


def find_communities(connection: sa.Connection, config: CommunityConfig) -> tuple[Community, ...]:
    """Modularity by Louvain's method, then each community split into its connected parts, as Leiden guarantees."""
    whole = read_whole(connection, config.kinds, config.minimum_weight)
    if not whole.ids:
        return ()
    undirected = (whole.adjacency + whole.adjacency.T).tocsr()
    louvain = Louvain(
        resolution=config.resolution,
        modularity="newman",
        shuffle_nodes=True,
        random_state=config.seed,
        sort_clusters=False,
    )
    labels = _connected(undirected, louvain.fit_predict(undirected))
    return tuple(Community(members=group) for group in members_by_label(whole, labels, config.minimum_size))


def _connected(adjacency: sparse.csr_matrix, labels: NDArray[np.int64]) -> NDArray[np.int64]:
    """Finer labels: the connected components that are left when edges between communities are cut."""
    edges = adjacency.tocoo()
    inside = labels[edges.row] == labels[edges.col]
    kept = sparse.csr_matrix((edges.data[inside], (edges.row[inside], edges.col[inside])), shape=adjacency.shape)
    _, parts = csgraph.connected_components(kept, directed=False)
    return parts.astype(np.int64)
