"""Words with words: how far two words of names count as one."""

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import JaroWinkler
from rapidfuzz.process import cpdist

from creatorgraph.resolution.feature.incidence import Indices
from creatorgraph.resolution.feature.lexicon import HEAD, Lexicon
from creatorgraph.resolution.text.nickname import are_forms

# How far two different words count as one: a short form, a beginning, a spelling mistake, an initial.
_NICKNAME, _PREFIX, _TYPO, INITIAL = 0.8, 0.7, 0.7, 0.25
_MIN_PREFIX, _MIN_TYPO, _TYPO_SIMILARITY = 3, 4, 0.9
_MARGIN = 1e-3
_PREFIX_SCALE = 0.1
"""What each equal character at the beginning, up to HEAD of them, adds to Jaro's similarity (Winkler 1990)."""


def word_likeness(x: NDArray[np.int32], y: NDArray[np.int32], lexicon: Lexicon) -> NDArray[np.float32]:
    """(pairs, words of x, words of y): how far each two words count as one; x and y are numbers of words, -1 for none."""
    shape = (len(x), x.shape[1], y.shape[1])
    a, b = np.broadcast_to(x[:, :, None], shape), np.broadcast_to(y[:, None, :], shape)
    both = np.flatnonzero((a >= 0) & (b >= 0))
    one, two = a.reshape(-1)[both].astype(np.int64), b.reshape(-1)[both].astype(np.int64)
    result = np.zeros(a.size, dtype=np.float32)
    same = one == two
    result[both[same]] = 1.0
    maybe = np.flatnonzero(~same)
    maybe = maybe[_may_be_alike(lexicon, one[maybe], two[maybe])]
    one, two, size = one[maybe], two[maybe], max(len(lexicon.texts), 1)
    codes, inverse = np.unique(np.minimum(one, two) * size + np.maximum(one, two), return_inverse=True)
    result[both[maybe]] = _likeness(lexicon, codes // size, codes % size)[inverse.reshape(-1)]
    return result.reshape(shape)


def _may_be_alike(lexicon: Lexicon, one: Indices, two: Indices) -> NDArray[np.bool_]:
    """Whether two different words may count as one; the others surely do not."""
    length, other = lexicon.lengths[one], lexicon.lengths[two]
    shorter = np.minimum(length, other)
    heads = lexicon.heads[one] == lexicon.heads[two]
    begin = np.logical_and.accumulate(heads, axis=1).sum(axis=1)
    initial = (shorter == 1) & (begin >= 1)
    prefix = (shorter >= _MIN_PREFIX) & (begin >= _MIN_PREFIX)
    forms = lexicon.formed[one] & lexicon.formed[two]
    # characters that the other word has not at all cannot match
    letters, others = lexicon.letters[one], lexicon.letters[two]
    matches = np.minimum(length - np.bitwise_count(letters & ~others), other - np.bitwise_count(others & ~letters))
    jaro = (matches / length + matches / other + 1) / 3
    most = jaro + _PREFIX_SCALE * np.minimum(begin, HEAD) * (1 - jaro)
    typo = (shorter >= _MIN_TYPO) & (most >= _TYPO_SIMILARITY - _MARGIN)
    alike: NDArray[np.bool_] = initial | prefix | forms | typo | _across_scripts(lexicon, one, two)
    return alike


def _across_scripts(lexicon: Lexicon, one: Indices, two: Indices) -> NDArray[np.bool_]:
    """Whether one of the words is a transliteration, and both have one skeleton."""
    bare: NDArray[np.bool_] = (lexicon.made[one] != lexicon.made[two]) & (lexicon.bare[one] == lexicon.bare[two])
    return bare & (lexicon.bare[one] >= 0)


def _likeness(lexicon: Lexicon, one: Indices, two: Indices) -> NDArray[np.float32]:
    left, right = [lexicon.texts[i] for i in one.tolist()], [lexicon.texts[i] for i in two.tolist()]
    similarity = cpdist(left, right, scorer=JaroWinkler.similarity, dtype=np.float32)
    likeness = np.fromiter(map(_like, left, right, similarity), dtype=np.float32, count=len(left))
    return np.where(_across_scripts(lexicon, one, two), np.maximum(likeness, np.float32(_TYPO)), likeness)


def _like(a: str, b: str, similarity: float) -> float:
    shorter = min(len(a), len(b))
    if shorter == 1:
        return INITIAL if a[0] == b[0] else 0.0
    if are_forms(a, b):
        return _NICKNAME
    if shorter >= _MIN_PREFIX and (a.startswith(b) or b.startswith(a)):
        return _PREFIX
    return _TYPO if shorter >= _MIN_TYPO and similarity >= _TYPO_SIMILARITY else 0.0
