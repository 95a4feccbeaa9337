"""Connected components with scipy."""

import numpy as np
import sqlalchemy as sa
from scipy.sparse import csgraph

from creatorgraph.graph.analysis import Component, ComponentConfig
from creatorgraph.graph.embedded.whole import members_by_label, read_whole


def find_components(connection: sa.Connection, config: ComponentConfig) -> tuple[Component, ...]:
    whole = read_whole(connection, config.kinds, config.minimum_weight)
    if not whole.ids:
        return ()
    # stored zeros are edges here, and scipy takes them for none
    whole.adjacency.data[:] = 1.0
    _, labels = csgraph.connected_components(whole.adjacency, directed=True, connection="weak")
    return tuple(
        Component(members=group) for group in members_by_label(whole, labels.astype(np.int64), config.minimum_size)
    )
