"""One value of relevance, 0 to 1, from what a query and a creator have in common by meaning and by words."""

from collections.abc import Sequence

import numpy as np

from creatorgraph.store.read.search import Term

ENOUGH_WORTH = 2.0
"""Bits that a query's words must be worth together to count in full beside its meaning: two bits beyond a common word, as one
that every hundred-and-twenty-eighth creator has."""
MIDDLE, SLOPE = 0.5, 0.1
"""Of the logistic curve: what is half as near as the best is worth a half."""


def word_share(terms: Sequence[Term], most: float) -> float:
    """What words count for beside meaning: `most` (0-1) where they tell enough, in proportion below, nothing without any."""
    return most * min(1.0, sum(term.worth for term in terms) / ENOUGH_WORTH)


def fused(cosines: Sequence[float], texts: Sequence[float], *, share: float) -> list[float]:
    """Relevance of each candidate: a convex combination of both, stretched to what the query found.

    The cosine is put between those of the farthest and the nearest candidate; `texts` are shares (0-1) already, and count for
    `share`. The source of the combination is Bruch, Gai and Ingber, An Analysis of Fusion Functions for Hybrid Retrieval, ACM
    TOIS 2023: it needs no ranks, and one parameter. Cosines of a small model lie close together, and the rest of the ranking
    formula would outvote them, so a logistic curve around the middle of the best parts what is about the query from what is
    not. Measured in docs/decisions/0026-search-that-ranks.md.
    """
    if not cosines:
        return []
    near = np.asarray(cosines, dtype=np.float64)
    spread = np.ptp(near)
    stretched = (near - near.min()) / spread if spread else np.ones(len(near))
    combined = (1 - share) * stretched + share * np.asarray(texts, dtype=np.float64)
    best = combined.max()
    relative = combined / best if best > 0 else combined
    # rounded: what ranks is a key of pages, and sums may differ in their last bits
    found: list[float] = np.round(1 / (1 + np.exp(-(relative - MIDDLE) / SLOPE)), 6).tolist()
    return found
