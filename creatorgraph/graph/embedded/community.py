"""Communities of the whole graph by Leiden."""

import sqlalchemy as sa

from creatorgraph.graph.analysis import Community, CommunityConfig
from creatorgraph.graph.embedded.whole import members_by_label, read_whole
from creatorgraph.graph.leiden import leiden


def find_communities(connection: sa.Connection, config: CommunityConfig) -> tuple[Community, ...]:
    """Groups with more weight inside than chance would give, at the resolution of `config`."""
    whole = read_whole(connection, config.kinds, config.minimum_weight)
    if not whole.ids:
        return ()
    labels = leiden(whole.adjacency, resolution=config.resolution, seed=config.seed)
    return tuple(Community(members=group) for group in members_by_label(whole, labels, config.minimum_size))
