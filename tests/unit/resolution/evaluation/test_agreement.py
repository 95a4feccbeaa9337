"""The figures against small examples worked by hand."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creatorgraph.domain.error import InvalidInputError
from creatorgraph.resolution.evaluation import evaluate


def labels(*clusters: str) -> dict[str, str]:
    """Each word is a cluster, its letters are profiles."""
    return {profile: cluster for cluster in clusters for profile in cluster}


def test_the_example_of_bagga_and_baldwin() -> None:
    # Truth {1-5} {6,7} {8,9,A,B,C}; response {1-5} and {6,7,8,9,A,B,C}.
    result = evaluate(labels("12345", "6789ABC"), labels("12345", "67", "89ABC"))
    # pairs: truth 10 + 1 + 10 = 21, predicted 10 + 21 = 31, in both 21
    assert (result.true_pairs, result.predicted_pairs) == (21, 31)
    assert result.precision == pytest.approx(21 / 31)
    assert result.recall == 1.0
    assert result.f1 == pytest.approx(2 * 21 / (21 + 31))
    # B-cubed precision: (5 x 5/5 + 2 x 2/7 + 5 x 5/7) / 12 = (5 + 29/7) / 12 = 16/21, as the paper's 76 %
    assert result.b3_precision == pytest.approx(16 / 21)
    assert result.b3_recall == 1.0
    assert result.b3_f1 == pytest.approx(2 * 16 / 37)
    # only {1-5} of the three true creators of two or more is found exactly
    assert result.exact == pytest.approx(1 / 3)
    assert (result.largest_predicted, result.largest_true) == (7, 5)
    assert (result.profiles, result.entities) == (12, 3)


def test_one_creator_in_two_halves_and_a_stranger() -> None:
    # Truth {a,b,c,d} {e}; predicted {a,b} {c,d,e}.
    result = evaluate(labels("ab", "cde"), labels("abcd", "e"))
    # pairs: truth 6, predicted 1 + 3 = 4, in both ab, cd = 2
    assert (result.precision, result.recall) == (2 / 4, 2 / 6)
    assert result.f1 == pytest.approx(0.4)
    # precision a b: 1, c d: 2/3, e: 1/3 -> (2 + 4/3 + 1/3) / 5 = 11/15; recall abcd: 1/2, e: 1 -> 3/5
    assert result.b3_precision == pytest.approx(11 / 15)
    assert result.b3_recall == pytest.approx(3 / 5)
    assert result.exact == 0.0


def test_missing_profiles_are_singletons_and_unknown_ones_do_not_count() -> None:
    # b is missing: predicted {a,c} {b}; z is no profile of the truth
    result = evaluate({"a": "1", "c": "1", "z": "1"}, labels("ab", "c"))
    assert (result.predicted_pairs, result.true_pairs, result.precision, result.recall) == (1, 1, 0.0, 0.0)
    assert result.f1 == 0.0
    assert result.largest_predicted == 2
    # a: 1/2, b: 1, c: 1/2 -> 2/3
    assert result.b3_precision == pytest.approx(2 / 3)


def test_ignored_pairs_leave_all_pair_counts_once() -> None:
    truth, predicted = labels("abc", "d"), labels("ab", "cd")
    plain = evaluate(predicted, truth)
    assert (plain.true_pairs, plain.predicted_pairs, plain.precision) == (3, 2, 0.5)
    # cd is a wrong predicted pair, bc a missed true one, az is unknown
    result = evaluate(predicted, truth, [("c", "d"), ("d", "c"), ("b", "c"), ("a", "z"), ("a", "a")])
    assert (result.true_pairs, result.predicted_pairs, result.precision) == (2, 1, 1.0)
    assert result.recall == 0.5
    assert evaluate(predicted, truth, [("a", "b")]).recall == 0.0
    assert result.b3_f1 == plain.b3_f1


def test_a_share_of_nothing_is_whole() -> None:
    result = evaluate({}, labels("a", "b"))
    assert (result.precision, result.recall, result.b3_f1, result.exact) == (1.0, 1.0, 1.0, None)


def test_an_empty_truth_is_refused() -> None:
    with pytest.raises(InvalidInputError):
        evaluate({"a": "1"}, {})


CLUSTERING = st.lists(st.integers(0, 4), min_size=1, max_size=10).map(
    lambda c: {str(i): str(k) for i, k in enumerate(c)}
)


@given(predicted=CLUSTERING, truth=CLUSTERING)
def test_figures_equal_their_definitions(predicted: dict[str, str], truth: dict[str, str]) -> None:
    found = {p: predicted.get(p, f"alone {p}") for p in truth}
    pairs = [(a, b) for a in truth for b in truth if a < b]
    same_true = {pair for pair in pairs if truth[pair[0]] == truth[pair[1]]}
    same_found = {pair for pair in pairs if found[pair[0]] == found[pair[1]]}
    true_of = {p: {q for q in truth if truth[q] == truth[p]} for p in truth}
    found_of = {p: {q for q in truth if found[q] == found[p]} for p in truth}
    result = evaluate(predicted, truth)
    both = len(same_true & same_found)
    assert result.precision == (both / len(same_found) if same_found else 1.0)
    assert result.recall == (both / len(same_true) if same_true else 1.0)
    mean = sum(Fraction(len(true_of[p] & found_of[p]), len(found_of[p])) for p in truth) / len(truth)
    assert result.b3_precision == pytest.approx(float(mean))
    linked = {frozenset(true_of[p]) for p in truth if len(true_of[p]) > 1}
    exact = {frozenset(found_of[p]) for p in truth} & linked
    assert result.exact == (len(exact) / len(linked) if linked else None)
    assert evaluate(truth, truth).f1 == evaluate(truth, truth).b3_f1 == 1.0
