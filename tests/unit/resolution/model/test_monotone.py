import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from creatorgraph.resolution.model.monotone import pooled

shares = st.lists(st.floats(0.01, 1), min_size=4, max_size=4)


@given(shares, shares)
def test_weights_ascend_along_the_chain(m: list[float], u: list[float]) -> None:
    chain = (0, 1, 2, 3)
    one, other = np.array(m) / sum(m), np.array(u) / sum(u)
    result = pooled(one, other, (chain,))
    weight = np.log2(result / other)
    assert (np.diff(weight) >= -1e-9).all()
    assert result.sum() == pytest.approx(1)


def test_levels_in_order_stay_as_they_are() -> None:
    m, u = np.array([0.1, 0.3, 0.6]), np.array([0.6, 0.3, 0.1])
    assert pooled(m, u, ((0, 1, 2),)) == pytest.approx(m)


def test_m_and_u_are_pooled_together() -> None:
    m, u = np.array([0.5, 0.4, 0.1]), np.array([0.2, 0.1, 0.7])
    result = pooled(m, u, ((1, 0),))
    assert result[0] / u[0] == pytest.approx(result[1] / u[1])
    assert result[0] / u[0] == pytest.approx(0.9 / 0.3, rel=1e-6)
