from collections.abc import Callable

import numpy as np
import pytest

from creatorgraph.resolution.feature.population import Population
from creatorgraph.resolution.model.competition import competed

MakePopulation = Callable[..., Population]


def test_namesakes_on_one_platform_share_the_belief(make_population: MakePopulation) -> None:
    population = make_population(
        [
            {"profile_id": "a", "platform": "x", "username": "roe"},
            {"profile_id": "b", "platform": "github", "username": "roe1"},
            {"profile_id": "c", "platform": "github", "username": "roe2"},
            {"profile_id": "d", "platform": "youtube", "username": "roe3"},
        ]
    )
    left, right = np.array([0, 0, 0]), np.array([1, 2, 3])
    weight = np.array([5.0, 5.0, 5.0])
    result = competed(population, left, right, weight)
    assert result[0] == result[1] == pytest.approx(5 - np.log2(1 + 2**5))
    assert result[2] == 5


def test_profiles_without_username_do_not_compete(make_population: MakePopulation) -> None:
    rows = [{"profile_id": c, "platform": "website"} for c in "abc"]
    weight = np.array([5.0, 4.0])
    assert competed(make_population(rows), np.array([0, 0]), np.array([1, 2]), weight).tolist() == [5, 4]
