"""Profiles whose names have one skeleton of consonants, one of them transliterated from another script."""

import numpy as np

from creatorgraph.resolution.blocking.block import RulePairs, pairs_of_blocks
from creatorgraph.resolution.feature.incidence import incidence_of
from creatorgraph.resolution.feature.population import Population

SCRIPT_SHARE = 4
"""As for name words: skeletons are weak keys."""


def names_across_scripts(population: Population, cap: int) -> RulePairs:
    """Two names that were both written in Latin letters make no pair here, whatever their skeletons."""
    names = population.names
    entry = np.flatnonzero(names.skeleton[names.entries.values] >= 0)
    rows, name = names.entries.row_of_entry[entry], names.entries.values[entry]
    values = names.skeleton[name]
    width = int(values.max(initial=0)) + 1
    table = incidence_of(rows, values, height=population.size, width=width)
    by_table = np.zeros(len(table.values), dtype=bool)
    transliterated = names.made[name]
    by_table[table.has(rows[transliterated], values[transliterated])[1]] = True
    return pairs_of_blocks("script", table, max(2, cap // SCRIPT_SHARE), guessed=~by_table)
