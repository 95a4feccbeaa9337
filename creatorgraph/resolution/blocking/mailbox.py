"""Profiles of which one has a mailbox called like the other's username, or like the other's mailbox."""

import numpy as np

from creatorgraph.resolution.blocking.block import RulePairs, pairs_of_blocks
from creatorgraph.resolution.feature.incidence import incidence_of
from creatorgraph.resolution.feature.population import Population


def like_mailboxes(population: Population, cap: int) -> RulePairs:
    """Two equal usernames are no pair of this rule: they have their own."""
    table = population.mailboxes
    called = np.flatnonzero(
        (table.own >= 0) & ~table.names.has(np.arange(population.size), np.maximum(table.own, 0))[0]
    )
    rows = np.concatenate([table.names.row_of_entry, called])
    values = np.concatenate([table.names.values, table.own[called]])
    guessed = np.concatenate([np.zeros(len(table.names.values), dtype=bool), np.ones(len(called), dtype=bool)])
    order = np.lexsort((values, rows))
    entries = incidence_of(rows, values, height=population.size, width=table.names.width)
    return pairs_of_blocks("mailbox", entries, cap, guessed=guessed[order])
