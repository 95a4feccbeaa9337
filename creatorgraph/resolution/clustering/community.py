"""Leiden communities: a first cut of components that are far too large to be one person."""

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sknetwork.clustering import Leiden

from creatorgraph.resolution.feature.incidence import Indices

_RESOLUTION = 1.0


def communities(size: int, one: Indices, other: Indices, weight: NDArray[np.float64], seed: int) -> Indices:
    """A community number per node (0 to size - 1), from positive weights, by modularity."""
    adjacency = sparse.csr_matrix((weight, (one, other)), shape=(size, size))
    model = Leiden(resolution=_RESOLUTION, random_state=seed, shuffle_nodes=False)
    labels: Indices = model.fit_predict(adjacency + adjacency.T).astype(np.int64)
    return labels
