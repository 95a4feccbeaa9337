"""Each signal on pairs that show one level plainly."""

from collections.abc import Callable

import numpy as np
import pytest

from creatorgraph.resolution.comparison.pairs import Pairs
from creatorgraph.resolution.feature.population import Population
from creatorgraph.resolution.signals import SIGNALS

MakePopulation = Callable[..., Population]
Row = dict[str, object]
BY_NAME = {signal.name: signal for signal in SIGNALS}
ON_X: Row = {"platform": "x", "username": "qqq"}


@pytest.mark.parametrize(
    ("signal", "level", "one", "two"),
    [
        ("email", "few", {"emails": ["e"]}, {"emails": ["e", "f"]}),
        ("email", "different", {"emails": ["e"]}, {"emails": ["f"]}),
        ("phone", "few", {"phones": ["1"]}, {"phones": ["1"]}),
        ("website", "few", {"hosts": ["a.example"]}, {"hosts": ["a.example"]}),
        ("website", "few", {"listed_accounts": ["x:zed"]}, {"listed_accounts": ["x:zed"]}),
        ("website", "different", {"hosts": ["a.example"]}, {"hosts": ["b.example"]}),
        ("company", "same", {"company": "Acme"}, {"company": "ACME"}),
        ("company", "partly", {"company": "Acme Ltd"}, {"company": "Acme"}),
        ("company", "different", {"company": "Acme"}, {"company": "Zenith"}),
        ("location", "different", {"location": "Oslo, Norway"}, {"location": "Lima"}),
        ("location", "broad", {"location": "Oslo, Norway"}, {"location": "Bergen Norway"}),
        ("location", "broad", {"location": "SF"}, {"location": "San Francisco, California"}),
        ("location", "different", {"location": "San Francisco"}, {"location": "Santa Fe"}),
        ("language", "different", {"language": "en"}, {"language": "fr"}),
        ("language", "same", {"language": "en"}, {"language": "EN"}),
        ("platform", "second", ON_X, {"platform": "x", "username": "zzz"}),
        ("platform", "apart", ON_X, {"platform": "x", "username": "QQQ"}),
        ("platform", "apart", ON_X, {"platform": "github", "username": "zzz"}),
        ("platform", "apart", {"platform": "website", "username": "a"}, {"platform": "website", "username": "b"}),
        ("account", "named", {"accounts": ["x:qqq"]}, ON_X),
        ("account", "listed", {"accounts": ["x:qqq"], "listed_accounts": ["x:qqq"]}, ON_X),
        (
            "account",
            "page",
            {"platform": "linktree", "username": "q", "accounts": ["x:qqq"], "listed_accounts": ["x:qqq"]},
            ON_X,
        ),
        (
            "account",
            "mutual",
            {"platform": "github", "username": "q", "accounts": ["x:qqq"]},
            {**ON_X, "accounts": ["github:q"]},
        ),
        ("account", "mentioned", {"mentions": ["qqq"]}, ON_X),
        ("account", "another", {"accounts": ["x:other"]}, ON_X),
        ("identity", "clash_none", {"display_name": "Jane Roe"}, {"display_name": "Ali Haddad"}),
        ("identity", "none", {"display_name": "Jane Roe"}, {}),
        ("identity", "name_in_bio", {"bio": "posts by jane roe of oslo"}, {"display_name": "Jane Roe"}),
    ],
)
def test_level(make_population: MakePopulation, signal: str, level: str, one: Row, two: Row) -> None:
    population = make_population([{"profile_id": "a", **one}, {"profile_id": "b", **two}])
    pairs = Pairs(population=population, left=np.array([0]), right=np.array([1]))
    found = int(BY_NAME[signal].compare(pairs)[0])
    assert BY_NAME[signal].levels[found].name == level


def test_a_contact_of_many_weighs_less(make_population: MakePopulation) -> None:
    def level(sharers: int) -> int:
        population = make_population([{"profile_id": f"{i:03}", "emails": ["e"]} for i in range(sharers)])
        return int(BY_NAME["email"].compare(Pairs(population=population, left=np.array([0]), right=np.array([1])))[0])

    assert [level(n) for n in (2, 5, 12, 40)] == [4, 3, 2, 1]


def test_an_account_that_many_name_is_popular(make_population: MakePopulation) -> None:
    rows: list[Row] = [{"profile_id": f"{i:03}", "accounts": ["x:qqq"]} for i in range(9)]
    population = make_population([*rows, {"profile_id": "zzz", **ON_X}])
    pairs = Pairs(population=population, left=np.array([0]), right=np.array([9]))
    assert BY_NAME["account"].levels[int(BY_NAME["account"].compare(pairs)[0])].name == "popular"


def test_bio_levels_follow_the_cosine(make_population: MakePopulation) -> None:
    angles = np.arccos([1.0, 0.95, 0.65, 0.1])
    vectors = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    population = make_population([{"profile_id": c, "bio": "words and more"} for c in "abcd"], vectors)
    pairs = Pairs(population=population, left=np.array([0, 0, 0]), right=np.array([1, 2, 3]))
    levels = BY_NAME["bio"].compare(pairs)
    assert [BY_NAME["bio"].levels[i].name for i in levels] == ["cosine_90", "cosine_60", "unlike"]


def test_rare_words_in_common_weigh_and_names_do_not(make_population: MakePopulation) -> None:
    common = [{"profile_id": f"z{i:03}", "bio": f"plain words of no note {i}"} for i in range(200)]
    rare: list[Row] = [
        {"profile_id": "a", "bio": "quokka breeder and zither maker", "display_name": "Zither Roe"},
        {"profile_id": "b", "bio": "zither maker and quokka breeder"},
        {"profile_id": "c", "bio": "zither"},
        {"profile_id": "d", "display_name": "Zither Roe", "bio": "zither player here"},
    ]
    population = make_population([*rare, *common])
    pairs = Pairs(population=population, left=np.array([0, 0, 4]), right=np.array([1, 3, 5]))
    strong, only_name, nothing = BY_NAME["wording"].compare(pairs)
    assert strong > 0
    assert only_name == 0
    assert nothing == 0
