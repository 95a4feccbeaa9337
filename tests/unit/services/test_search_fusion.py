import pytest
from hypothesis import given
from hypothesis import strategies as st

from creatorgraph.services.search_fusion import confidence, fused
from creatorgraph.store.read.search import Term

share = st.floats(0, 1, allow_nan=False)


def test_the_best_by_both_comes_before_the_best_by_either() -> None:
    both, meaning, words, neither = fused([0.6, 0.62, 0.3, 0.3], [1.0, 0.0, 1.0, 0.0], floor=0.3, trust=1.0)
    assert both > meaning > neither
    assert both > words > neither


def test_words_that_say_little_count_little() -> None:
    assert confidence([Term(query="'by'", worth=0.5)]) == 0.25
    assert confidence([Term(query="'a'", worth=3.0), Term(query="'b'", worth=3.0)]) == 1.0
    assert confidence([]) == 0.0
    assert fused([0.9, 0.1], [0.0, 1.0], floor=0.1, trust=0.0) == fused([0.9, 0.1], [0.0, 0.0], floor=0.1, trust=0.0)


def test_nobody_is_fused() -> None:
    assert fused([], [], floor=0.0, trust=1.0) == []


@given(pairs=st.lists(st.tuples(st.floats(-1, 1, allow_nan=False), share), min_size=1, max_size=30), trust=share)
def test_relevance_is_a_share_and_rises_with_both(pairs: list[tuple[float, float]], trust: float) -> None:
    cosines, texts = [cosine for cosine, _ in pairs], [text for _, text in pairs]
    found = fused(cosines, texts, floor=min(cosines), trust=trust)
    assert all(0 <= value <= 1 for value in found)
    for left, one in zip(pairs, found, strict=True):
        for right, other in zip(pairs, found, strict=True):
            if left[0] >= right[0] and left[1] >= right[1]:
                assert one >= other - 2e-6  # both are rounded to six digits


@pytest.mark.parametrize("trust", [0.0, 1.0])
def test_alike_candidates_are_alike(trust: float) -> None:
    assert len(set(fused([0.5, 0.5], [0.2, 0.2], floor=0.5, trust=trust))) == 1


def test_the_category_of_the_best_counts_for_whoever_has_it() -> None:
    cosines = [0.9, 0.85, 0.8, 0.5, 0.5, 0.2]
    categories = ["Artist", "Artist", None, "Artist", "Travel", None]
    bare = fused(cosines, [0.0] * 6, floor=0.2, trust=1.0)
    found = fused(cosines, [0.0] * 6, floor=0.2, trust=1.0, categories=categories)
    assert bare[3] == bare[4]
    assert found[3] > found[4]
    assert fused(cosines, [0.0] * 6, floor=0.2, trust=1.0, categories=[None] * 6) == bare


def test_whoever_is_elsewhere_comes_after_who_is_there_and_alike() -> None:
    there, elsewhere, other = fused([0.7, 0.9, 0.2], [0.0] * 3, floor=0.2, trust=0.0, places=[1.0, 0.0, 1.0])
    assert there > elsewhere > other
    assert fused([0.7, 0.9], [0.0] * 2, floor=0.2, trust=0.0, places=[0.5, 0.5]) == fused(
        [0.7, 0.9], [0.0] * 2, floor=0.2, trust=0.0
    )
