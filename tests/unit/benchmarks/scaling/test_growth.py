"""How a figure is carried on."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.scaling.growth import Growth, growth_of

sizes = st.integers(1_000, 1_000_000)
figures = st.floats(0.001, 1e6)


@given(small=sizes, times=st.integers(2, 20), before=figures, more=st.floats(1, 100))
def test_the_measured_sizes_give_back_the_measured_figures(small: int, times: int, before: float, more: float) -> None:
    growth = growth_of([(small, before), (small * times, before * more)])
    assert growth.at(small) == pytest.approx(before, rel=1e-6)
    assert growth.at(small * times) == pytest.approx(before * more, rel=1e-6)


@given(small=sizes, times=st.integers(2, 20), before=figures, more=st.floats(0, 100), limit=st.floats(1e-3, 1e9))
def test_a_limit_is_reached_where_the_figure_is_the_limit(
    small: int, times: int, before: float, more: float, limit: float
) -> None:
    growth = growth_of([(small, before), (small * times, before * more)])
    profiles = growth.reaches(limit)
    assert growth.rate >= 0
    assert growth.exponent >= 1
    if 0 < profiles < 1e15:
        assert growth.at(profiles) == pytest.approx(limit, rel=1e-6)


def test_only_the_two_largest_sizes_count() -> None:
    growth = growth_of([(100, 10.0), (1, 999.0), (1_000, 200.0)])
    assert growth.exponent == pytest.approx(math.log10(20))
    assert growth.words == "n^1.30"


def test_what_grows_slower_is_a_start_and_a_part_in_proportion() -> None:
    growth = growth_of([(100, 12.0), (1_000, 30.0)])
    assert (growth.fixed, growth.rate) == pytest.approx((10.0, 0.02))
    assert growth.words == "linear"


def test_what_shrinks_is_taken_in_proportion_to_the_larger() -> None:
    assert growth_of([(100, 3.0), (1_000, 2.0)]) == Growth(fixed=0.0, rate=0.002, exponent=1.0)


def test_limits_that_are_always_or_never_reached() -> None:
    growth = Growth(fixed=2.0, rate=0.0, exponent=1.0)
    assert growth.reaches(1.0) == 0.0
    assert growth.reaches(3.0) == math.inf


def test_one_size_says_nothing() -> None:
    with pytest.raises(ValueError, match="two sizes"):
        growth_of([(100, 1.0), (100, 2.0)])
