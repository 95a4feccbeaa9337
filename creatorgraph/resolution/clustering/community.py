"""Leiden communities: a first cut of components that are far too large to be one person."""

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from creatorgraph.graph.leiden import leiden
from creatorgraph.resolution.feature.incidence import Indices


def communities(size: int, one: Indices, other: Indices, weight: NDArray[np.float64], seed: int) -> Indices:
    """A community number per node, from positive weights, by modularity."""
    return leiden(sparse.csr_matrix((weight, (one, other)), shape=(size, size)), seed=seed)
