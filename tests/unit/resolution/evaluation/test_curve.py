import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from creatorgraph.resolution.evaluation.curve import MOST_POINTS, at_threshold, precision_recall

SCORED = st.lists(st.tuples(st.sampled_from([0.1, 0.2, 0.35, 0.5, 0.5001, 0.9, 1.0]), st.booleans()), max_size=40)


def test_an_example_by_hand() -> None:
    # five true pairs, one of which has no link at all
    probability = np.array([0.9, 0.8, 0.8, 0.6, 0.3, 0.2])
    true = np.array([True, True, False, True, False, True])
    curve = precision_recall(probability, true, 5)
    assert [(p.threshold, p.pairs, p.precision, p.recall) for p in curve.points] == [
        (0.9, 1, 1.0, 0.2),
        (0.8, 3, pytest.approx(2 / 3), 0.4),
        (0.6, 4, 0.75, pytest.approx(0.6)),
        (0.3, 5, 0.6, pytest.approx(0.6)),
        (0.2, 6, pytest.approx(2 / 3), 0.8),
    ]
    assert curve.best is not None
    assert curve.best.threshold == 0.2
    assert curve.best.f1 == pytest.approx(8 / 11)
    # 0.2 x 1 + 0.2 x 2/3 + 0.2 x 3/4 + 0.2 x 2/3
    assert curve.average_precision == pytest.approx(0.2 * (1 + 2 / 3 + 0.75 + 2 / 3))


@given(scored=SCORED, missed=st.integers(0, 5))
def test_a_lower_threshold_never_loses_recall_and_every_point_is_its_threshold(
    scored: list[tuple[float, bool]], missed: int
) -> None:
    probability = np.array([p for p, _ in scored], dtype=np.float64)
    true = np.array([t for _, t in scored], dtype=bool)
    positives = int(true.sum()) + missed
    curve = precision_recall(probability, true, positives)
    recalls = [point.recall for point in curve.points]
    assert recalls == sorted(recalls)
    assert [p.threshold for p in curve.points] == sorted(set(probability.tolist()), reverse=True)
    for point in curve.points:
        assert point == at_threshold(probability, true, positives, point.threshold)
    if curve.best is not None:
        assert curve.best.f1 == max(point.f1 for point in curve.points)


def test_many_thresholds_are_thinned_but_the_best_is_kept() -> None:
    probability = np.linspace(0, 1, 5_000)
    true = probability > 0.7123
    curve = precision_recall(probability, true, int(true.sum()))
    assert len(curve.points) <= MOST_POINTS + 2
    assert curve.best in curve.points
    assert curve.best is not None
    assert curve.best.f1 == 1.0
    assert (curve.points[0].pairs, curve.points[-1].pairs) == (1, 5_000)


def test_nothing_taken_is_precise() -> None:
    nothing = at_threshold(np.array([0.2]), np.array([True]), 1, 0.9)
    assert (nothing.pairs, nothing.precision, nothing.recall, nothing.f1) == (0, 1.0, 0.0, 0.0)
    assert precision_recall(np.zeros(0), np.zeros(0, dtype=bool), 3).best is None
