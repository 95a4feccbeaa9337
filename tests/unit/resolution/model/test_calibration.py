import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from creatorgraph.resolution.model.calibration import Calibration, CalibrationMethod, identity, isotonic, sigmoid
from creatorgraph.resolution.model.estimate import probability_of

METHODS = {CalibrationMethod.SIGMOID: sigmoid, CalibrationMethod.ISOTONIC: isotonic}
pairs = st.lists(st.tuples(st.floats(-4.5, 4.5), st.floats(0, 1)), min_size=2, max_size=200)


def test_without_decisions_weights_stay() -> None:
    weight = np.array([-30.0, 0.2, 7.0])
    assert identity().apply(weight).tolist() == weight.tolist()


@pytest.mark.parametrize("method", METHODS)
@given(seen=pairs)
@settings(max_examples=60, deadline=None)
def test_the_order_stays_and_nothing_is_certain(method: CalibrationMethod, seen: list[tuple[float, float]]) -> None:
    learned = METHODS[method](np.array([w for w, _ in seen]), np.array([p for _, p in seen]))
    weight = np.linspace(-40, 40, 1601)
    calibrated = learned.apply(weight)
    assert (np.diff(calibrated) > 0).all()
    probability = probability_of(calibrated)
    assert ((probability > 0) & (probability < 1)).all()


@pytest.mark.parametrize("method", METHODS)
def test_it_learns_what_weights_are_worth(method: CalibrationMethod) -> None:
    random = np.random.default_rng(3)
    weight = random.uniform(-4.5, 4.5, 4_000)
    true = probability_of(0.6 * weight - 1.0)
    learned = METHODS[method](weight, (random.random(4_000) < true).astype(np.float64))
    inner = np.linspace(-4, 4, 33)
    found = probability_of(learned.apply(inner))
    assert np.abs(found - probability_of(0.6 * inner - 1.0)).max() < 0.12
    assert np.abs(found - probability_of(0.6 * inner - 1.0)).mean() < 0.03


@pytest.mark.parametrize("method", METHODS)
def test_far_from_what_was_seen_weights_stay(method: CalibrationMethod) -> None:
    learned = METHODS[method](np.linspace(-3, 3, 60), np.full(60, 0.2))
    assert abs(learned.apply(np.array([2.9]))[0] + 2) < 1.0
    assert learned.apply(np.array([-30.0, 30.0])).tolist() == pytest.approx([-30.0, 30.0])


def test_few_pairs_prove_no_certainty() -> None:
    learned: Calibration = isotonic(np.array([-1.0, 1.0]), np.array([0.0, 1.0]))
    assert np.abs(learned.apply(np.array([-1.0, 1.0]))).max() < 3
