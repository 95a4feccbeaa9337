from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pytest

from creatorgraph.domain.progress import Silent
from creatorgraph.resolution.blocking.candidate import RULES, Candidates, candidate_pairs
from creatorgraph.resolution.feature.population import Population

MakePopulation = Callable[..., Population]
Rows = Sequence[Mapping[str, object]]


def found(population: Population, cap: int = 50) -> Candidates:
    return candidate_pairs(population, max_block_size=cap, seed=1, progress=Silent())


def by_rule(candidates: Candidates) -> dict[str, int]:
    return {report.rule: report.pairs for report in candidates.reports}


@pytest.mark.parametrize(
    ("rule", "one", "two"),
    [
        ("key", {"username": "zedroe"}, {"display_name": "Zed Roe"}),
        ("key", {"username": "zroe"}, {"display_name": "Zed Roe"}),
        ("name", {"display_name": "Zed Abernathy"}, {"display_name": "Abernathy Zach"}),
        ("ngram", {"username": "wobblyzebra"}, {"username": "xwobblyzebrax"}),
        ("address", {"hosts": ["roe.example"]}, {"hosts": ["roe.example"]}),
        ("email", {"emails": ["e1"]}, {"emails": ["e1"]}),
        ("phone", {"phones": ["p1"]}, {"phones": ["p1"]}),
        ("account", {"accounts": ["x:qqq"]}, {"platform": "x", "username": "qqq"}),
        ("account", {"mentions": ["qqq"]}, {"platform": "x", "username": "qqq"}),
        ("name in bio", {"bio": "I am zed roe from afar"}, {"display_name": "Zed Roe"}),
    ],
)
def test_each_rule_finds_its_pair(
    make_population: MakePopulation, rule: str, one: dict[str, object], two: dict[str, object]
) -> None:
    population = make_population([{"profile_id": "a", **one}, {"profile_id": "b", **two}])
    candidates = found(population)
    assert by_rule(candidates)[rule] == 1
    assert (candidates.left.tolist(), candidates.right.tolist()) == ([0], [1])


def test_near_vectors_are_found(make_population: MakePopulation) -> None:
    vectors = np.eye(3, 8, dtype=np.float32)
    vectors[1] = vectors[0]
    population = make_population([{"profile_id": c, "bio": "some words here"} for c in "abc"], vectors)
    assert by_rule(found(population))["bio"] == 1


def test_every_rule_reports(make_population: MakePopulation) -> None:
    candidates = found(
        make_population([{"profile_id": "a", "username": "wobbly"}, {"profile_id": "b", "username": "zebra"}])
    )
    assert tuple(report.rule for report in candidates.reports) == RULES
    assert len(candidates.left) == 0
    assert candidates.warnings == ()


def test_profiles_that_show_nothing_are_counted_in_a_warning(make_population: MakePopulation) -> None:
    rows = [{"profile_id": "a", "username": "zebra"}, {"profile_id": "b", "location": "Oslo"}]
    assert found(make_population(rows)).warnings == (
        "1 profile shows no username, name, address, contact, account, picture or bio: nothing can tie it to another.",
    )
    (warning,) = found(make_population([{"profile_id": c} for c in "abc"])).warnings
    assert warning.startswith("3 profiles show")


def test_an_account_that_too_many_name_is_a_hub_with_a_warning(make_population: MakePopulation) -> None:
    rows = [
        {"profile_id": f"{i:02}", "username": f"{'abcdefghijkl'[i] * 4}", "accounts": ["x:star"]} for i in range(12)
    ]
    rows.append({"profile_id": "owner", "platform": "x", "username": "star"})
    candidates = found(make_population(rows), cap=10)
    assert by_rule(candidates)["account"] == 0
    assert any("'account'" in warning and "12" in warning for warning in candidates.warnings)
    assert by_rule(found(make_population(rows), cap=12))["account"] == 12


def test_a_value_that_too_many_share_is_a_hub_with_a_warning(make_population: MakePopulation) -> None:
    rows = [{"profile_id": f"{i:03}", "emails": ["agency"]} for i in range(60)]
    candidates = found(make_population(rows))
    assert by_rule(candidates)["email"] == 0
    assert "email" in candidates.warnings[0]
    assert "60" in candidates.warnings[0]
