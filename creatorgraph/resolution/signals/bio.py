"""Do the two profiles say the same about themselves?

Bios are compared by meaning (the cosine of their text vectors) and by the rare words that they share, together: many people
write alike about like lives, so likeness of meaning without a rare word in common says little, and both together say much.
Words of bio, job title, company and category count, except the words of a name that both bear; the rarer the shared words,
the more they weigh. Where there are no vectors the words alone are compared.
"""

import numpy as np
from numpy.typing import NDArray

from creatorgraph.resolution.comparison.pairs import Pairs
from creatorgraph.resolution.feature.population import Population
from creatorgraph.resolution.signals.signal import MISSING, Level, Levels, NonMatches, Signal, column_values

COSINES = (0.5, 0.7, 0.85)
WORD_BITS = (4.0, 10.0, 18.0, 30.0)
_WORDING = (
    "no rare word in common",
    "a rare word in common",
    "rare words in common (10 bits or more)",
    "several rare words in common (18 bits or more)",
    "many rare words in common (30 bits or more)",
)
_MEANING = ("unlike bios", "bios somewhat alike", "bios much alike", "bios nearly the same")
# What to believe before any data: shares by wording (rows) and meaning, for one person and for two. People who reuse a bio
# reuse its words; strangers who share many rare words and the whole meaning are next to none.
_M = (
    (0.14, 0.06, 0.03, 0.02),
    (0.05, 0.06, 0.04, 0.02),
    (0.02, 0.05, 0.05, 0.03),
    (0.01, 0.03, 0.05, 0.05),
    (0.01, 0.03, 0.07, 0.18),
)
_U = (
    (0.88, 0.06, 0.004, 0.0002),
    (0.04, 0.01, 0.0015, 0.0001),
    (2e-3, 1.5e-3, 3e-4, 4e-5),
    (3e-4, 3e-4, 1e-4, 1.5e-5),
    (1e-4, 1e-4, 5e-5, 1e-5),
)
_M_WORDS, _U_WORDS = (0.25, 0.2, 0.15, 0.15, 0.25), (0.945, 0.05, 4e-3, 7e-4, 3e-4)
_WITH_VECTORS = 0.8
"""Share of comparisons that have vectors to look at, before any data."""
_WIDTH = len(_MEANING)
_FIRST_BY_WORDS = len(_WORDING) * _WIDTH
_LEVELS = tuple(
    Level(
        name=f"words_{w}_meaning_{c}",
        text=f"{_MEANING[c]}, {_WORDING[w]}",
        m=_WITH_VECTORS * _M[w][c],
        u=_WITH_VECTORS * _U[w][c],
    )
    for w in range(len(_WORDING))
    for c in range(_WIDTH)
) + tuple(
    Level(
        name=f"words_{w}",
        text=_WORDING[w],
        m=(1 - _WITH_VECTORS) * _M_WORDS[w],
        u=(1 - _WITH_VECTORS) * _U_WORDS[w],
    )
    for w in range(len(_WORDING))
)
_STEP = 20_000


def compare(pairs: Pairs) -> Levels:
    population = pairs.population
    both = population.has_bio[pairs.left] & population.has_bio[pairs.right]
    words = np.digitize(np.round(_word_bits(pairs), 6), WORD_BITS)
    vectors = population.has_vector[pairs.left] & population.has_vector[pairs.right]
    meaning = np.digitize(_cosines(pairs, vectors), COSINES)
    levels = np.where(vectors, words * _WIDTH + meaning, _FIRST_BY_WORDS + words)
    return np.where(both | vectors, levels, MISSING).astype(np.int8)


def with_any_meaning(levels: Levels) -> list[Levels]:
    """Every level that pairs with these may have once both of their bios have vectors, one entry per likeness of meaning."""
    by_words = levels >= _FIRST_BY_WORDS
    words = np.where(by_words, levels - _FIRST_BY_WORDS, np.maximum(levels, 0) // _WIDTH)
    return [(words * _WIDTH + meaning).astype(np.int8) for meaning in range(_WIDTH)]


def _word_bits(pairs: Pairs) -> NDArray[np.float64]:
    words = pairs.population.words
    shared = words.entries.shared(pairs.left, pairs.right)
    word = words.entries.values[shared.left_entry]
    named = (
        words.of_identity.has(pairs.left[shared.pair], word)[0]
        & words.of_identity.has(pairs.right[shared.pair], word)[0]
    )
    bits = np.bincount(shared.pair[~named], weights=words.bits[word[~named]], minlength=len(pairs))
    return bits.astype(np.float64)


def _cosines(pairs: Pairs, vectors: NDArray[np.bool_]) -> NDArray[np.float64]:
    cosines = np.zeros(len(pairs))
    known = pairs.population.vectors
    if known is None:
        return cosines
    both = np.flatnonzero(vectors)
    for begin in range(0, len(both), _STEP):
        rows = both[begin : begin + _STEP]
        one, two = known[pairs.left[rows]], known[pairs.right[rows]]
        # rounded, so that the last bits of a sum cannot move a pair across a level
        cosines[rows] = np.round(np.einsum("ij,ij->i", one, two), 5)
    return cosines


def present(population: Population) -> NDArray[np.bool_]:
    return population.has_bio | population.has_vector


def _chains() -> tuple[tuple[int, ...], ...]:
    rows = tuple(tuple(w * _WIDTH + c for c in range(_WIDTH)) for w in range(len(_WORDING)))
    columns = tuple(tuple(w * _WIDTH + c for w in range(len(_WORDING))) for c in range(_WIDTH))
    return (*rows, *columns, tuple(range(_FIRST_BY_WORDS, len(_LEVELS))))


SIGNAL = Signal(
    name="bio",
    levels=_LEVELS,
    compare=compare,
    columns=("bio", "job_title", "company", "category"),
    values=column_values("bio"),
    present=present,
    non_matches=NonMatches.RANDOM,
    chains=_chains(),
    context=True,
    kindred=True,
)
