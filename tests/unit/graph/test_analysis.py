"""Configs refuse what no engine can answer."""

import pytest

from creatorgraph.domain.error import InvalidInputError
from creatorgraph.graph.analysis import CommunityConfig, ComponentConfig


def test_components_need_kinds_and_a_size() -> None:
    with pytest.raises(InvalidInputError, match="kinds"):
        ComponentConfig(kinds=frozenset())
    with pytest.raises(InvalidInputError, match="minimum_size"):
        ComponentConfig(minimum_size=1)


@pytest.mark.parametrize(("resolution", "weight"), [(0.0, 0.5), (-1.0, 0.5), (float("nan"), 0.5), (1.0, 0.0)])
def test_communities_need_positive_numbers(resolution: float, weight: float) -> None:
    with pytest.raises(InvalidInputError):
        CommunityConfig(resolution=resolution, minimum_weight=weight)
