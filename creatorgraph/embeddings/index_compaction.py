"""Keeps the number of segments small: few files to search, and no row is copied often.

A save merges what is small. What involves codes, or would make a segment that should hold codes, takes a minute: that is
left to a rebuild, which readers and writers need not wait for (`index_rebuild.py`).
"""

from collections.abc import Iterable, Sequence

import numpy as np
import pyarrow as pa

from creatorgraph.embeddings.index_option import IndexOptions
from creatorgraph.embeddings.index_segment import EXACT_BELOW, Part, Segment

# A newer segment joins the one before it once it is more than a quarter of its size. So sizes fall by four from one
# to the next, there are at most log4(n) of them, and a row is copied about log1.25(n) times at worst.
_RATIO = 4
# What lies beside codes is whole vectors, four times as large and searched one by one: it joins them sooner.
_LOSSY_RATIO = 16
# Beside codes: a flat segment of so many rows takes 0.3 ms, a quarter of what a million codes take. To train cells for fewer
# at every merge would cost those who search meanwhile more than it gains.
_INVERTED_BESIDE_CODES = 8_192


def compacted(parts: Iterable[Part], options: IndexOptions) -> tuple[Part, ...]:
    """The same living rows in fewer parts, oldest first. Parts that need no change, or a rebuild, stay as they are."""
    given = list(parts)
    beside = any(part.segment.lossy for part in given)
    kept: list[Part] = []
    for part in given:
        small = not part.segment.lossy and not options.compresses(part.living)
        kept.append(merged([part], options, beside=beside) if small and _wasteful(part) else part)
        while len(kept) > 1 and _joins(kept[-2], kept[-1:], options) and not _heavy(kept[-2:], options):
            kept[-2:] = [merged(kept[-2:], options, beside=beside)]
    return tuple(part for part in kept if part.living)


def merged(parts: Sequence[Part], options: IndexOptions, *, beside: bool = False) -> Part:
    """One part in memory with the living rows of all; `beside`: it will lie beside codes."""
    ids, digests = columns_of(parts)
    vectors = np.concatenate([part.segment.vectors_of(part.living_rows()) for part in parts])
    exact_below = EXACT_BELOW
    if options.compresses(len(ids)):
        exact_below = len(ids) + 1  # cells would be trained for nothing: it waits for a rebuild
    elif beside:
        exact_below = _INVERTED_BESIDE_CODES
    return Part(segment=Segment.build(ids, digests, vectors, recall=options.recall, exact_below=exact_below))


def columns_of(parts: Sequence[Part]) -> tuple[pa.StringArray, pa.StringArray]:
    """Ids and digests of the living rows of all, part after part."""
    ids, digests = zip(*(part.columns() for part in parts), strict=True)
    return pa.concat_arrays(ids), pa.concat_arrays(digests)


def due(parts: Sequence[Part], options: IndexOptions, *, scrub: bool = False) -> tuple[Part, ...]:
    """The last so many, of which a rebuild should make one; none where nothing is to be done.

    With `scrub` every part with a dead row is among them: what was removed is then no longer on disk.
    """
    for place, part in enumerate(parts):
        rest = parts[place + 1 :]
        waits = options.compresses(part.living) and not part.segment.lossy
        spoilt = part.dead is not None if scrub else part.segment.lossy and _wasteful(part)
        if waits or spoilt or (_heavy(parts[place:], options) and _joins(part, rest, options)):
            return tuple(parts[place:])
    return ()


def _joins(older: Part, newer: Sequence[Part], options: IndexOptions) -> bool:
    """Whether what is newer has grown so large beside the older that they should be one."""
    codes = older.segment.lossy or options.compresses(older.living)
    return sum(part.living for part in newer) * (_LOSSY_RATIO if codes else _RATIO) > older.living


def _heavy(parts: Sequence[Part], options: IndexOptions) -> bool:
    return any(part.segment.lossy for part in parts) or options.compresses(sum(part.living for part in parts))


def _wasteful(part: Part) -> bool:
    """More than a quarter is dead: dead rows cost space and slow each search."""
    return bool(part.living) and (part.segment.rows - part.living) * _RATIO > part.segment.rows
