import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import JaroWinkler

from creatorgraph.resolution.comparison.word import word_likeness
from creatorgraph.resolution.feature.lexicon import lexicon_of
from creatorgraph.resolution.text.nickname import are_forms


def _likeness(one: str, two: str) -> float:
    words = tuple(dict.fromkeys((one, two)))
    lexicon = lexicon_of(words, np.zeros(len(words), dtype=bool))
    x, y = (np.array([[lexicon.texts.index(word), -1]], dtype=np.int32) for word in (one, two))
    found = word_likeness(x, y, lexicon)
    assert found.shape == (1, 2, 2)
    assert not found[0, 1].any()
    assert not found[0, :, 1].any()
    return float(found[0, 0, 0])


@pytest.mark.parametrize(
    ("one", "two", "likeness"),
    [
        ("maria", "maria", 1.0),
        ("robert", "bob", 0.8),
        ("chris", "christensen", 0.7),
        ("schumacher", "schuhmacher", 0.7),
        ("elizabeth", "xlizabeth", 0.7),
        ("m", "maria", 0.25),
        ("m", "anna", 0.0),
        ("li", "lin", 0.0),
        ("maria", "peter", 0.0),
    ],
)
def test_how_far_two_words_count_as_one(one: str, two: str, likeness: float) -> None:
    assert _likeness(one, two) == pytest.approx(likeness)
    assert _likeness(two, one) == pytest.approx(likeness)


_WORD = st.text("abcdeé李", min_size=1, max_size=10)


@given(_WORD, _WORD)
def test_a_spelling_mistake_is_never_overlooked(one: str, two: str) -> None:
    alike = _likeness(one, two) > 0
    shorter = min(len(one), len(two))
    expected = (
        one == two
        or (shorter == 1 and one[0] == two[0])
        or are_forms(one, two)
        or (shorter >= 3 and (one.startswith(two) or two.startswith(one)))
        or (shorter >= 4 and np.float32(JaroWinkler.similarity(one, two)) >= np.float32(0.9))
    )
    assert alike == (expected and (one == two or shorter > 1 or one[0] == two[0]))
