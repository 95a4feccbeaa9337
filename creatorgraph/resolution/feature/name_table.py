"""Names as rows of word numbers, and which profile shows which names."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from creatorgraph.resolution.feature.incidence import Incidence, Indices, numbered
from creatorgraph.resolution.text.name import MAX_WORDS, Name


@dataclass(frozen=True, slots=True, kw_only=True)
class NameTable:
    """`names` (distinct names, MAX_WORDS) numbers into `words`, -1 behind the end; `words` map to how many names have them."""

    entries: Incidence
    names: NDArray[np.int32]
    lengths: Indices
    latin: NDArray[np.bool_]
    words: dict[str, int]
    unordered: Indices
    """Per name a number that names of the same words in any order share."""
    full: NDArray[np.bool_]
    """Per profile: whether it shows a name of two words or more."""
    latin_first: NDArray[np.bool_]
    """Per profile: whether one of its names is in Latin letters."""

    @property
    def has_name(self) -> NDArray[np.bool_]:
        return self.entries.degree > 0


def name_table(profiles: Sequence[Sequence[Name]]) -> NameTable:
    entries, found = numbered(profiles)
    distinct: list[Name] = [name for name in found if isinstance(name, tuple)]
    count = Counter(word for name in distinct for word in set(name))
    number = {word: index for index, word in enumerate(count)}
    names = np.full((len(distinct), MAX_WORDS), -1, dtype=np.int32)
    for index, name in enumerate(distinct):
        names[index, : len(name)] = [number[word] for word in name]
    bags: dict[Name, int] = {}
    unordered = np.array([bags.setdefault(tuple(sorted(name)), len(bags)) for name in distinct], dtype=np.int64)
    lengths = (names >= 0).sum(axis=1).astype(np.int64)
    latin = np.array([all(word.isascii() for word in name) for name in distinct], dtype=bool)
    rows = entries.row_of_entry
    full = np.zeros(entries.rows, dtype=bool)
    latin_first = np.zeros(entries.rows, dtype=bool)
    if len(rows):
        full[rows[lengths[entries.values] > 1]] = True
        latin_first[rows[latin[entries.values]]] = True
    return NameTable(
        entries=entries,
        names=names,
        lengths=lengths,
        latin=latin,
        words=dict(count),
        unordered=unordered,
        full=full,
        latin_first=latin_first,
    )
