"""Measurements: names, bars, ratios."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.measurement import AREAS, Measurement

figures = st.floats(min_value=1e-6, max_value=1e9)


def measurement(bar: str | None = None, value: float = 3.0, peer_value: float | None = 2.0) -> Measurement:
    peer = None if peer_value is None else "another"
    return Measurement(name="search.p95", value=value, unit="ms", peer=peer, peer_value=peer_value, bar=bar)


@pytest.mark.parametrize(
    "name", ["search", "speed.p95", "search.", "Search.p95", "search.P95", "search p95", ".p95", ""]
)
def test_a_name_starts_with_an_area(name: str) -> None:
    with pytest.raises(ValueError, match="is no name of a measurement"):
        Measurement(name=name, value=1, unit="ms")


@pytest.mark.parametrize("area", AREAS)
def test_every_area_is_usable(area: str) -> None:
    assert Measurement(name=f"{area}.one.two_3", value=1, unit="s").holds is None


@pytest.mark.parametrize(
    ("bar", "holds"),
    [
        (">= 3", True),
        (">= 3.01", False),
        ("<= 3", True),
        ("< 3", False),
        ("> 2.99", True),
        ("ratio >= 1.5", True),
        ("ratio > 1.5", False),
        ("ratio < 1", False),
        (">= -1", True),
        (None, None),
    ],
)
def test_the_bar_is_computed(bar: str | None, holds: bool | None) -> None:
    assert measurement(bar).holds is holds


@pytest.mark.parametrize("bar", ["0.86", ">=0.86", "=> 1", "ratio", "about 3", ">= x", ">= 1 and more", ""])
def test_a_bar_that_cannot_be_read_is_refused(bar: str) -> None:
    with pytest.raises(ValueError, match="the bar"):
        measurement(bar)


def test_a_bar_on_the_ratio_needs_a_peer() -> None:
    with pytest.raises(ValueError, match="needs a peer"):
        measurement("ratio >= 1", peer_value=None)


@pytest.mark.parametrize(
    ("value", "peer_value"), [(float("nan"), 1.0), (float("inf"), 1.0), (1.0, 0.0), (1.0, float("nan"))]
)
def test_figures_are_numbers(value: float, peer_value: float) -> None:
    with pytest.raises(ValueError, match="is no figure"):
        measurement(value=value, peer_value=peer_value)


@pytest.mark.parametrize(("peer", "peer_value"), [("another", None), (None, 1.0)])
def test_a_peer_and_its_value_come_together(peer: str | None, peer_value: float | None) -> None:
    with pytest.raises(ValueError, match="a peer needs a value"):
        Measurement(name="search.p95", value=1, unit="ms", peer=peer, peer_value=peer_value)


@given(value=figures, peer_value=figures)
def test_at_least_and_below_exclude_each_other(value: float, peer_value: float) -> None:
    assert measurement("ratio >= 1", value, peer_value).holds is not measurement("ratio < 1", value, peer_value).holds
    assert measurement("ratio >= 1", value, peer_value).holds is (value / peer_value >= 1)
