import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from creatorgraph.resolution.evaluation.pair import labelled_links, ordered_set, pairs_within

LABELS = st.dictionaries(st.text("abcdefgh", min_size=1, max_size=2), st.integers(0, 3), max_size=12)


def test_pairs_of_two_creators_by_hand() -> None:
    labels = {"b": 1, "a": 1, "c": 1, "d": 2, "e": 2, "f": 3}
    assert pairs_within(labels) == [("a", "b"), ("a", "c"), ("b", "c"), ("d", "e")]
    assert pairs_within(labels, ordered_set([("c", "a"), ("f", "f")])) == [("a", "b"), ("b", "c"), ("d", "e")]


@given(labels=LABELS)
def test_pairs_are_those_of_equal_labels(labels: dict[str, int]) -> None:
    expected = sorted((a, b) for a in labels for b in labels if a < b and labels[a] == labels[b])
    assert pairs_within(labels) == expected


def test_links_of_unknown_truth_are_left_out() -> None:
    links = pa.table({"left": ["a", "a", "b", "c"], "right": ["b", "c", "z", "d"], "probability": [0.9, 0.8, 0.7, 0.6]})
    found = labelled_links(links, {"a": "1", "b": "1", "c": "2", "d": "3"}, ordered_set([("d", "c")]))
    # b-z has an unlabelled profile, c-d is ignored
    assert found.rows.tolist() == [0, 1]
    assert found.probability.tolist() == [0.9, 0.8]
    assert found.true.tolist() == [True, False]
