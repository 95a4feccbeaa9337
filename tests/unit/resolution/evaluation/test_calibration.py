"""Calibration against an example worked by hand, and against synthetic pairs whose calibration is known."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from creatorgraph.domain.error import InvalidInputError
from creatorgraph.resolution.evaluation.calibration import calibration

PAIRS = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=60)


def test_an_example_by_hand() -> None:
    probability = np.array([0.05, 0.15, 0.15, 0.85, 0.95, 0.95])
    true = np.array([False, False, True, True, True, False])
    found = calibration(probability, true)
    assert found is not None
    assert [b.pairs for b in found.width] == [1, 2, 1, 2]
    assert [b.mean for b in found.width] == pytest.approx([0.05, 0.15, 0.85, 0.95])
    assert [b.share for b in found.width] == [0.0, 0.5, 1.0, 0.5]
    # 1/6 x 0.05 + 2/6 x 0.35 + 1/6 x 0.15 + 2/6 x 0.45 = (0.05 + 0.7 + 0.15 + 0.9) / 6
    assert found.ece_width == pytest.approx(0.3)
    # (0.0025 + 0.0225 + 0.7225 + 0.0225 + 0.0025 + 0.9025) / 6
    assert found.brier == pytest.approx(1.675 / 6)
    # Wilson's interval of 1 in 2 at 95 %
    assert [found.width[1].least, found.width[1].most] == pytest.approx([0.0945, 0.9055], abs=1e-4)


def test_equal_masses_hold_as_many_pairs_and_equal_probabilities_stay_together() -> None:
    found = calibration(np.linspace(0, 1, 100), np.linspace(0, 1, 100) > 0.5)
    assert found is not None
    assert [b.pairs for b in found.mass] == [10] * 10
    tied = calibration(np.array([0.2] * 50 + [0.9] * 3), np.array([False] * 40 + [True] * 13))
    assert tied is not None
    assert [b.pairs for b in tied.mass] == [50, 3]
    assert tied.mass[0].share == pytest.approx(0.2)


@pytest.mark.parametrize("seed", range(5))
def test_calibrated_pairs_have_a_small_error_and_shifted_ones_theirs(seed: int) -> None:
    rng = np.random.default_rng(seed)
    probability = rng.uniform(0, 1, 40_000)
    true = rng.uniform(0, 1, 40_000) < probability
    fair = calibration(probability, true)
    assert fair is not None
    assert max(fair.ece_width, fair.ece_mass) < 0.02
    # half as sure as the truth is: |p - p / 2| is 0.25 on the mean
    shifted = calibration(probability / 2, true)
    assert shifted is not None
    assert shifted.ece_width == pytest.approx(0.25, abs=0.02)
    assert shifted.ece_mass == pytest.approx(0.25, abs=0.02)


@given(pairs=PAIRS)
def test_figures_stay_in_range_and_count_every_pair_once(pairs: list[tuple[float, bool]]) -> None:
    probability, true = np.array([p for p, _ in pairs]), np.array([t for _, t in pairs])
    found = calibration(probability, true)
    assert found is not None
    for bins, error in ((found.width, found.ece_width), (found.mass, found.ece_mass)):
        assert sum(b.pairs for b in bins) == len(pairs)
        assert 0 <= error <= 1
        assert all(b.low <= b.mean + 1e-12 and b.mean <= b.high + 1e-12 for b in bins)
        assert all(b.least <= b.share + 1e-12 and b.share <= b.most + 1e-12 for b in bins)
        # the error of any binning is at least the difference of the means
        assert error >= abs(float(true.mean() - probability.mean())) - 1e-9


@given(pairs=PAIRS)
def test_order_does_not_matter(pairs: list[tuple[float, bool]]) -> None:
    one = calibration(np.array([p for p, _ in pairs]), np.array([t for _, t in pairs]))
    other = calibration(np.array([p for p, _ in pairs[::-1]]), np.array([t for _, t in pairs[::-1]]))
    assert one is not None
    assert other is not None
    assert one.ece_mass == pytest.approx(other.ece_mass)
    assert one.ece_width == pytest.approx(other.ece_width)


def test_no_pair_has_no_calibration() -> None:
    assert calibration(np.zeros(0), np.zeros(0, dtype=bool)) is None


def test_what_is_no_probability_is_refused() -> None:
    with pytest.raises(InvalidInputError):
        calibration(np.array([1.5]), np.array([True]))
