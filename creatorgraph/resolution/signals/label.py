"""Short labels (place, company, language) in levels: equal, a word in common, different."""

import numpy as np

from creatorgraph.resolution.feature.incidence import Indices
from creatorgraph.resolution.feature.word_table import LabelTable
from creatorgraph.resolution.signals.signal import MISSING, Levels


def label_levels(table: LabelTable, left: Indices, right: Indices, *, partial: bool) -> Levels:
    """0 different, then (with `partial`) one for a common word, then the highest for equal."""
    equal = 2 if partial else 1
    levels = np.where(table.present[left] & table.present[right], 0, MISSING)
    if partial:
        levels[table.words.shared(left, right).pair] = 1
    return np.where((levels >= 0) & (table.whole[left] == table.whole[right]), equal, levels).astype(np.int8)
