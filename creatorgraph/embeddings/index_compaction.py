"""Keeps the number of segments small: few files to search, and no row is copied often."""

from collections.abc import Iterable, Sequence

import numpy as np

from creatorgraph.embeddings.index_segment import Part, Segment

# A newer segment joins the one before it once it is more than a quarter of its size. So sizes fall by four from one
# to the next, there are at most log4(n) of them, and a row is copied about log1.25(n) times at worst.
_RATIO = 4


def compacted(parts: Iterable[Part]) -> tuple[Part, ...]:
    """The same living rows in fewer parts, oldest first. Parts that need no change are handed back as they are."""
    kept: list[Part] = []
    for part in parts:
        kept.append(_without_waste(part))
        while len(kept) > 1 and kept[-1].living * _RATIO > kept[-2].living:
            kept[-2:] = [merged(kept[-2:])]
    return tuple(part for part in kept if part.living)


def merged(parts: Sequence[Part]) -> Part:
    """One part in memory with the living rows of all."""
    ids: list[str] = []
    digests: list[str] = []
    for part in parts:
        some_ids, some_digests = part.entries()
        ids += some_ids
        digests += some_digests
    vectors = np.concatenate([part.segment.vectors_of(part.living_rows()) for part in parts])
    return Part(segment=Segment.build(ids, digests, vectors))


def _without_waste(part: Part) -> Part:
    """Written anew when more than a quarter is dead: dead rows cost space and slow each search."""
    dead = part.segment.rows - part.living
    return merged([part]) if part.living and dead * _RATIO > part.segment.rows else part
