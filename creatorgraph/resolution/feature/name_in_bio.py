"""Full names of some profiles found in the bios of nameless others."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from creatorgraph.resolution.feature.column import as_flags, batches, looked_up
from creatorgraph.resolution.feature.incidence import Indices, counted
from creatorgraph.resolution.feature.name_table import NameTable

MAX_NAMESAKES = 30
"""A name that more profiles share is too common for a mention in a bio to say whose it is."""
MAX_BIO_WORDS = 120
NAME_WORDS = (2, 3, 4)


def names_in_bios(bios: pa.StringArray, names: NameTable) -> NDArray[np.int64]:
    """(n, 2) rows (profile without a name whose folded bio holds a full name, profile of that name), sorted."""
    spoken = np.isin(names.lengths, NAME_WORDS)
    known = names.texts.filter(pa.array(spoken))
    rows = np.flatnonzero(~names.has_name & as_flags(pc.not_equal(bios, "")))
    first_words = frozenset(pc.unique(pc.list_element(pc.split_pattern(known, " "), 0)).to_pylist())
    found: list[tuple[Indices, Indices]] = []
    begin = 0
    for (batch,) in batches(bios.take(pa.array(rows))):
        bio, texts = _possible_names(batch, first_words)
        name = looked_up(texts, known)
        found.append((rows[begin + bio[name >= 0]], name[name >= 0]))
        begin += len(batch)
    if not found:
        return np.zeros((0, 2), dtype=np.int64)
    bio, name = (np.concatenate(column) for column in zip(*found, strict=True))
    owners = names.entries.turned()
    few = owners.degree[np.flatnonzero(spoken)] <= MAX_NAMESAKES
    bio, name = bio[few[name]], name[few[name]]
    owner, entry = owners.unfold(np.flatnonzero(spoken)[name])
    size = max(len(bios), 1)
    codes, _ = counted(bio[owner] * size + owners.values[entry])
    return np.stack([codes // size, codes % size], axis=1)


def _possible_names(bios: Sequence[object], first_words: frozenset[str]) -> tuple[Indices, pa.StringArray]:
    """(index of the bio, words) wherever the first word of a name stands, with as many of the next as a name has."""
    bio: list[int] = []
    texts: list[str] = []
    for index, text in enumerate(bios):
        words = str(text).split(" ")[:MAX_BIO_WORDS]
        for begin, word in enumerate(words):
            if word in first_words:
                possible = [words[begin : begin + length] for length in NAME_WORDS if begin + length <= len(words)]
                bio += [index] * len(possible)
                texts += [" ".join(name) for name in possible]
    return np.array(bio, dtype=np.int64), pa.array(texts, pa.string())
