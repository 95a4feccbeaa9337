import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from creatorgraph.resolution.evaluation.unlinkable import unlinkable


def test_shares_by_hand() -> None:
    found = unlinkable(np.array([-3.0, 1.0, 1.0, 8.0]), 0.5)
    assert [(s.weight, s.share) for s in found.steps] == [(-3.0, 0.25), (1.0, 0.75), (8.0, 1.0)]
    assert found.steps[1].probability == pytest.approx(2 / 3)
    # at 0.5 the threshold is 0 bits
    assert found.below == 0.25


@given(weights=st.lists(st.floats(-30, 30), max_size=40), threshold=st.floats(0.01, 0.99))
def test_shares_ascend_to_all(weights: list[float], threshold: float) -> None:
    found = unlinkable(np.array(weights), threshold)
    shares = [step.share for step in found.steps]
    assert shares == sorted(shares)
    assert not shares or shares[-1] == pytest.approx(1.0)
    assert found.below <= unlinkable(np.array(weights), min(threshold * 1.5, 0.995)).below
