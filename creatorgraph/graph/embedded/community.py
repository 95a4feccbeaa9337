"""Leiden communities with scikit-network."""

import sqlalchemy as sa
from sknetwork.clustering import Leiden

from creatorgraph.graph.analysis import Community, CommunityConfig
from creatorgraph.graph.embedded.whole import members_by_label, read_whole


def find_communities(connection: sa.Connection, config: CommunityConfig) -> tuple[Community, ...]:
    whole = read_whole(connection, config.kinds, config.minimum_weight)
    if not whole.ids:
        return ()
    undirected = (whole.adjacency + whole.adjacency.T).tocsr()
    leiden = Leiden(resolution=config.resolution, modularity="newman", random_state=config.seed, sort_clusters=False)
    labels = leiden.fit_predict(undirected)
    return tuple(Community(members=group) for group in members_by_label(whole, labels, config.minimum_size))
