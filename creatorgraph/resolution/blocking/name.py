"""Profiles whose names share a rare word, all words, or one whole word and the initial of the other."""

from collections.abc import Sequence

import numpy as np

from creatorgraph.resolution.blocking.block import RulePairs, pairs_of_blocks
from creatorgraph.resolution.feature.incidence import Incidence, Indices, counted, incidence_of
from creatorgraph.resolution.feature.population import Population

MIN_WORD = 3
CAP_SHARE = 16
"""Name words are weak keys: their blocks may be so much smaller than those of identifiers."""


def shared_names(population: Population, cap: int, rungs: Sequence[Incidence]) -> RulePairs:
    table = population.names
    words = list(table.words)
    width = max(len(words), 1)
    letter = {c: i for i, c in enumerate(dict.fromkeys(word[0] for word in words))}
    initial = np.array([letter[word[0]] for word in words] or [0], dtype=np.int64)
    usable = np.array([len(word) >= MIN_WORD for word in words] or [False], dtype=bool)

    full = np.flatnonzero(table.lengths > 1)
    names = table.names[full].astype(np.int64)
    first, last = names[:, 0], names[np.arange(len(full)), table.lengths[full] - 1]
    # value spaces one behind the other: words, bags of words, word and initial
    bags = width + int(table.unordered.max(initial=0)) + 1
    column = np.flatnonzero((names >= 0) & usable[np.maximum(names, 0)])
    name_of: list[Indices] = [full[column // names.shape[1]], full, full, full] if len(full) else []
    values: list[Indices] = [
        names.reshape(-1)[column],
        width + table.unordered[full],
        bags + last * len(letter) + initial[first],
        bags + first * len(letter) + initial[last],
    ]
    if not name_of:
        return pairs_of_blocks("name", incidence_of(full, full, height=population.size, width=1), cap)
    per_name = incidence_of(
        np.concatenate(name_of), np.concatenate(values), height=len(table.lengths), width=bags + width * len(letter)
    )
    per_profile = table.entries.through(per_name)
    compact = _renumbered(per_profile)
    return pairs_of_blocks("name", compact, max(2, cap // CAP_SHARE), rungs=rungs)


def _renumbered(table: Incidence) -> Incidence:
    """The same table with its values numbered without gaps."""
    distinct, _ = counted(table.values)
    values = np.searchsorted(distinct, table.values)
    return Incidence(starts=table.starts, values=values, width=len(distinct))
