from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from creatorgraph.resolution.feature.population import Population
from creatorgraph.resolution.model.competition import competed

MakePopulation = Callable[..., Population]


def rivals(make_population: MakePopulation) -> Population:
    return make_population(
        [
            {"profile_id": "a", "platform": "x", "username": "roe"},
            {"profile_id": "b", "platform": "github", "username": "roe1"},
            {"profile_id": "c", "platform": "github", "username": "roe2"},
            {"profile_id": "d", "platform": "youtube", "username": "roe3"},
        ]
    )


def probability(weight: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    return 1 / (1 + np.exp2(-weight))


def test_namesakes_on_one_platform_share_the_belief(make_population: MakePopulation) -> None:
    left, right = np.array([0, 0, 0]), np.array([1, 2, 3])
    result = competed(rivals(make_population), left, right, np.array([0.2, 0.2, 0.2]))
    assert result[0] == result[1] < 0.2 < result[2]


def test_what_the_losers_lose_the_winners_gain(make_population: MakePopulation) -> None:
    left, right = np.array([0, 0, 0]), np.array([1, 2, 3])
    weight = np.array([0.2, 0.2, 0.2])
    result = competed(rivals(make_population), left, right, weight)
    assert probability(result).sum() == pytest.approx(probability(weight).sum(), abs=0.05)


def test_the_likelier_of_two_rivals_wins(make_population: MakePopulation) -> None:
    result = competed(rivals(make_population), np.array([0, 0]), np.array([1, 2]), np.array([6.0, 2.0]))
    assert result[0] > 5
    assert result[1] < 0


def test_a_pair_without_rivals_keeps_its_weight(make_population: MakePopulation) -> None:
    result = competed(rivals(make_population), np.array([0]), np.array([3]), np.array([3.0]))
    assert result.tolist() == pytest.approx([3.0])


def test_profiles_without_username_do_not_compete(make_population: MakePopulation) -> None:
    rows = [{"profile_id": c, "platform": "website"} for c in "abc"]
    weight = np.array([5.0, 4.0])
    assert competed(make_population(rows), np.array([0, 0]), np.array([1, 2]), weight).tolist() == [5, 4]
