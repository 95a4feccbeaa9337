import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from creatorgraph.resolution.comparison.near import NO_MATCH, near_bits
from creatorgraph.resolution.feature.code import encode

words = st.text(alphabet="abcde", min_size=1, max_size=12)


def score(one: str, two: str) -> float:
    """With one bit per character."""
    matrix, _ = encode([one, two])
    bits = (matrix.codes > 0).astype(np.float32)
    left, right = np.array([0]), np.array([1])
    return float(near_bits(matrix, bits, np.zeros(2, dtype=bool), left, right)[0])


def test_shared_bits_less_half_of_the_rest() -> None:
    assert score("janeroe", "janeroe") == 7
    # block janeroe; 3 characters of the other are left over
    assert score("janeroe", "janeroetvx") == 7 - 1.5
    # blocks roe... in another order: jane 4, then roe at four fifths less one bit
    assert abs(score("janeroe", "roejane") - (4 + 0.8 * 3 - 1)) < 1e-5


def test_short_common_parts_mean_nothing() -> None:
    assert score("abx", "aby") == NO_MATCH


@given(words, words)
def test_symmetric(one: str, two: str) -> None:
    # of two longest blocks the first is taken, so the order can matter a little, but never whether there is one
    assert (score(one, two) == NO_MATCH) == (score(two, one) == NO_MATCH)


@given(words, words)
def test_never_more_than_the_shorter_word(one: str, two: str) -> None:
    assert score(one, two) <= min(len(one), len(two)) + 1e-6


@given(st.lists(st.tuples(words, words), min_size=1, max_size=6))
def test_a_pair_scores_the_same_in_any_company(pairs: list[tuple[str, str]]) -> None:
    texts = [word for pair in pairs for word in pair]
    matrix, _ = encode(texts)
    bits = (matrix.codes > 0).astype(np.float32)
    left = np.arange(0, len(texts), 2)
    together = near_bits(matrix, bits, np.zeros(len(texts), dtype=bool), left, left + 1)
    assert together.tolist() == [score(one, two) for one, two in pairs]
