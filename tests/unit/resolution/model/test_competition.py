from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from creatorgraph.resolution.feature.population import Population
from creatorgraph.resolution.model.competition import competed as competed_and_gain

MakePopulation = Callable[..., Population]


def competed(*given: Any) -> np.ndarray[Any, Any]:
    weights: np.ndarray[Any, Any] = competed_and_gain(*given)[0]
    return weights


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
    share: np.ndarray[Any, Any] = 1 / (1 + np.exp2(-weight))
    return share


def test_namesakes_on_one_platform_share_the_belief(make_population: MakePopulation) -> None:
    left, right = np.array([0, 0, 0]), np.array([1, 2, 3])
    result = competed(rivals(make_population), left, right, np.array([0.2, 0.2, 0.2]))
    assert result[0] == result[1] < 0.2 < result[2]


def test_what_the_losers_lose_the_winners_gain(make_population: MakePopulation) -> None:
    accounts = 60
    mine: list[dict[str, object]] = [
        {"profile_id": f"a{i:02}", "platform": "x", "username": f"roe{i}"} for i in range(accounts)
    ]
    theirs: list[dict[str, object]] = [
        {"profile_id": f"b{i:02}", "platform": "github", "username": f"doe{i}"} for i in range(2 * accounts)
    ]
    left = np.repeat(np.arange(accounts), 2)
    weight = np.tile([2.0, 0.0], accounts)
    result = competed(make_population([*mine, *theirs]), left, accounts + np.arange(2 * accounts), weight)
    assert (result[::2] - result[1::2] > 3).all()
    shared = weight - np.log2(1 + np.exp2(np.tile([0.0, 2.0], accounts)))
    before, lost, after = (probability(w).sum() for w in (weight, shared, result))
    assert lost + 5 < after < before + 0.1


def test_the_likelier_of_two_rivals_wins(make_population: MakePopulation) -> None:
    result = competed(rivals(make_population), np.array([0, 0]), np.array([1, 2]), np.array([6.0, 2.0]))
    assert result[0] > 3
    assert result[1] < 0


def test_a_pair_without_rivals_keeps_its_weight(make_population: MakePopulation) -> None:
    result = competed(rivals(make_population), np.array([0]), np.array([3]), np.array([3.0]))
    assert result.tolist() == pytest.approx([3.0])


def test_profiles_without_username_do_not_compete(make_population: MakePopulation) -> None:
    rows = [{"profile_id": c, "platform": "website"} for c in "abc"]
    weight = np.array([5.0, 4.0])
    assert competed(make_population(rows), np.array([0, 0]), np.array([1, 2]), weight).tolist() == [5, 4]
