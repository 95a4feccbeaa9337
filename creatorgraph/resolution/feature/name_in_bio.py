"""Full names of some profiles found in the bios of nameless others."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from creatorgraph.resolution.text.name import Name

_MAX_NAMESAKES = 30
"""A name that more profiles share is too common for a mention in a bio to say whose it is."""
_MAX_BIO_WORDS = 120
_NAME_WORDS = (2, 3, 4)


def names_in_bios(bios: Sequence[str], names: Sequence[Sequence[Name]]) -> NDArray[np.int64]:
    """(n, 2) rows (profile without a name whose folded bio holds a full name, profile of that name), sorted."""
    owners: dict[Name, list[int]] = {}
    for row, variants in enumerate(names):
        for name in variants:
            if len(name) in _NAME_WORDS:
                owners.setdefault(name, []).append(row)
    first_words = {name[0] for name in owners}
    found: set[tuple[int, int]] = set()
    for row, bio in enumerate(bios):
        if not bio or names[row]:
            continue
        words = bio.split()[:_MAX_BIO_WORDS]
        for begin, word in enumerate(words):
            if word not in first_words:
                continue
            for length in _NAME_WORDS:
                namesakes = owners.get(tuple(words[begin : begin + length]), [])
                if len(namesakes) <= _MAX_NAMESAKES:
                    found.update((row, other) for other in namesakes)
    return np.array(sorted(found), dtype=np.int64).reshape(-1, 2)
