"""One value of relevance, 0 to 1, from what a query and a creator have in common by meaning and by words."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from creatorgraph.store.read.search import Term

ENOUGH_WORTH = 2.0
"""Bits that a query's words must be worth together to count in full beside its meaning: two bits beyond a common word, as one
that every hundred-and-twenty-eighth creator has."""
BOTH = 2.0
"""How much nearer whoever has most of the words counts: what is found by meaning and by words comes before either."""
WORDS_ALONE = 0.5
"""What all words count for where the meaning is as far as that of any candidate; the nearest counts 1."""
TELLING = 0.1
"""Difference in cosine below which the farthest is not far: two wordings of one bio differ by as much."""
BEST = 20
"""The candidates whose categories are asked for what the query is about."""
ELSEWHERE = 0.2
"""What somebody counts for who names another place than the query, or none."""
MIDDLE, SLOPE = 0.5, 0.1
"""Of the logistic curve: what has half of the best value is worth a half."""


def confidence(terms: Sequence[Term]) -> float:
    """How far the words of a query can be gone by, 0 to 1: in full from ENOUGH_WORTH, in proportion below."""
    return min(1.0, sum(term.worth for term in terms) / ENOUGH_WORTH)


def fused(
    cosines: Sequence[float],
    texts: Sequence[float],
    *,
    floor: float,
    trust: float,
    categories: Sequence[str | None] | None = None,
    places: Sequence[float] | None = None,
) -> list[float]:
    """Relevance of each candidate, stretched to what the query found.

    The cosine is put between `floor`, that of the farthest that was found by meaning, and the nearest (0 to 1; 0 for who was
    found by words alone and is farther; a floor nearer than TELLING counts as that far), `texts` are shares of the words' worth
    (0 to 1), and `trust` (0 to 1) is the confidence in them: near x (1 + BOTH x trust x text / best text) + WORDS_ALONE x
    trust x text. It is our own: sums of scores and of reciprocal ranks were measured beside it
    (docs/decisions/0026-search-that-ranks.md), and find too few who are both what and where the query says. Cosines of a
    small model lie close together, and the rest of the ranking formula would outvote them; so a logistic curve around half of
    the best value parts what is about the query from what is not.

    `categories`: what is alike tends to answer alike (the cluster hypothesis: van Rijsbergen, Information Retrieval, 1979), so
    whoever has the category of the best counts up to twice. `places` are shares (0 to 1) of the places that the query names:
    whoever names none of them counts ELSEWHERE.
    """
    if not cosines:
        return []
    near, text = np.asarray(cosines, dtype=np.float64), np.asarray(texts, dtype=np.float64)
    nearest, most = near.max(), text.max()
    near = np.clip(1 - (nearest - near) / max(nearest - floor, TELLING), 0.0, 1.0)
    value = near * (1 + (BOTH * trust * (text / most) if most else 0.0)) + WORDS_ALONE * trust * text
    if categories is not None:
        value *= 1 + _agreement(value, categories)
    if places is not None:
        value *= ELSEWHERE + (1 - ELSEWHERE) * np.asarray(places, dtype=np.float64)
    # rounded: what ranks is a key of pages, and sums may differ in their last bits
    found: list[float] = np.round(1 / (1 + np.exp(-(value / value.max() - MIDDLE) / SLOPE)), 6).tolist()
    return found


def _agreement(value: NDArray[np.float64], categories: Sequence[str | None]) -> NDArray[np.float64]:
    """Of each candidate the share (0 to 1) of what the best count for that is of its category; 0 without one."""
    best = np.argsort(-value, kind="stable")[:BEST].tolist()
    counts: dict[str, float] = {}
    for place in best:
        if category := categories[place]:
            counts[category] = counts.get(category, 0.0) + value[place]
    whole = sum(counts.values()) or 1.0
    return np.array([counts.get(category or "", 0.0) / whole for category in categories])
