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
FACE = "0f1e2d3c4b5a6978"
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
        ("language", "same", {"language": "en-GB"}, {"language": "EN"}),
        ("occupation", "different", {"category": "Musician"}, {"category": "Cook"}),
        ("occupation", "different", {"job_title": "Singer"}, {"job_title": "Cook"}),
        ("occupation", "word", {"category": "Musician"}, {"job_title": "Studio musician"}),
        ("occupation", "same", {"category": "Musician"}, {"category": "MUSICIAN"}),
        ("avatar", "same", {"avatar_hash": FACE}, {"avatar_hash": FACE.upper()}),
        ("avatar", "near", {"avatar_hash": FACE}, {"avatar_hash": "0f1e2d3c4b5a6987"}),
        ("avatar", "alike", {"avatar_hash": FACE}, {"avatar_hash": "0f1e2d3c4b5a6f87"}),
        ("avatar", "different", {"avatar_hash": FACE}, {"avatar_hash": "f01e2d3c4b5a9687"}),
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
        ("followers", "far", {"followers": 90_000}, {"followers": 300}),
        ("followers", "apart", {"followers": 90_000}, {"followers": 3_000}),
        ("followers", "near", {"followers": 900}, {"followers": 200}),
        ("followers", "close", {"followers": 900}, {"followers": 500}),
        ("followers", "close", {"followers": 0}, {"followers": 0}),
        ("identity", "clash_none", {"display_name": "Jane Roe"}, {"display_name": "Ali Haddad"}),
        ("identity", "none", {"display_name": "Jane Roe"}, {}),
        (
            "identity",
            "subject",
            {"display_name": "Zyxo Qwelt", "bio": "fan page about the one and only"},
            {"display_name": "Zyxo Qwelt", "bio": "unofficial fan account, daily clips"},
        ),
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


def test_bio_levels_follow_meaning_and_rare_words(make_population: MakePopulation) -> None:
    angles = np.arccos([1.0, 0.95, 0.75, 0.1])
    vectors = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    population = make_population([{"profile_id": c, "bio": "words and more"} for c in "abcd"], vectors)
    pairs = Pairs(population=population, left=np.array([0, 0, 0]), right=np.array([1, 2, 3]))
    levels = BY_NAME["bio"].compare(pairs)
    assert [BY_NAME["bio"].levels[i].name for i in levels] == [
        "words_0_meaning_3",
        "words_0_meaning_2",
        "words_0_meaning_0",
    ]


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
    levels = BY_NAME["bio"].compare(pairs)
    strong, only_name, nothing = (BY_NAME["bio"].levels[i].name for i in levels)
    assert strong in {"words_1", "words_2", "words_3"}
    assert only_name == nothing == "words_0"


def test_a_place_or_occupation_that_few_name_weighs_more(make_population: MakePopulation) -> None:
    crowd = [
        {"profile_id": f"z{i:03}", "location": f"{'Oslo' if i % 4 else 'Town'}, Norway", "job_title": f"Cook {i}"}
        for i in range(600)
    ]
    rare: Row = {"location": "Å, Norway", "job_title": "Farrier"}
    population = make_population([{"profile_id": "a", **rare}, {"profile_id": "b", **rare}, *crowd])
    pairs = Pairs(population=population, left=np.array([0, 0, 3]), right=np.array([1, 2, 4]))

    def names(signal: str) -> list[str]:
        return [BY_NAME[signal].levels[i].name for i in BY_NAME[signal].compare(pairs)]

    assert names("location") == ["narrow", "common", "common"]
    assert names("occupation") == ["rare", "different", "word"]


def test_a_category_and_a_title_without_a_common_word_say_nothing(make_population: MakePopulation) -> None:
    population = make_population(
        [{"profile_id": "a", "category": "Musician"}, {"profile_id": "b", "job_title": "Cook"}]
    )
    pairs = Pairs(population=population, left=np.array([0]), right=np.array([1]))
    assert BY_NAME["occupation"].compare(pairs).tolist() == [-1]


@pytest.mark.parametrize(("one", "two"), [("en", "English"), ("en", "eng"), ("deu", "German")])
def test_codes_are_not_compared_with_names(make_population: MakePopulation, one: str, two: str) -> None:
    population = make_population([{"profile_id": "a", "language": one}, {"profile_id": "b", "language": two}])
    pairs = Pairs(population=population, left=np.array([0]), right=np.array([1]))
    assert BY_NAME["language"].compare(pairs).tolist() == [-1]


def test_a_language_that_few_use(make_population: MakePopulation) -> None:
    rows = [{"profile_id": f"{i:03}", "language": "ta" if i < 2 else "en"} for i in range(60)]
    pairs = Pairs(population=make_population(rows), left=np.array([0, 2, 0]), right=np.array([1, 3, 2]))
    levels = BY_NAME["language"].compare(pairs)
    assert [BY_NAME["language"].levels[i].name for i in levels] == ["rare", "same", "different"]


def test_a_picture_on_more_profiles_than_one_person_has(make_population: MakePopulation) -> None:
    def level(showers: int) -> int:
        population = make_population([{"profile_id": f"{i:03}", "avatar_hash": FACE} for i in range(showers)])
        return int(BY_NAME["avatar"].compare(Pairs(population=population, left=np.array([0]), right=np.array([1])))[0])

    names = [level(n) for n in (2, 8, 9, 25, 26)]
    assert [BY_NAME["avatar"].levels[i].name if i >= 0 else None for i in names] == [
        "same",
        "same",
        "some",
        "some",
        None,
    ]


def test_mentions_weigh_by_their_rarity(make_population: MakePopulation) -> None:
    rows: list[Row] = [
        {"profile_id": f"z{i:03}", "audience": ["x:star", f"x:a{i}", f"x:b{i}"] if i % 3 else ["x:c"]}
        for i in range(300)
    ]
    rare = ["x:star", "x:a1", "x:b1"]
    rows += [{"profile_id": "a", "audience": rare}, {"profile_id": "b", "audience": [*rare, "x:d"]}]
    population = make_population(sorted(rows, key=lambda row: str(row["profile_id"])))
    pairs = Pairs(population=population, left=np.array([0, 0, 0]), right=np.array([1, 4, 2]))
    levels = BY_NAME["audience"].compare(pairs)
    assert [BY_NAME["audience"].levels[i].name for i in levels] == ["bits_10", "none", "none"]


def test_many_followers_are_many_for_the_platform(make_population: MakePopulation) -> None:
    crowd: list[Row] = [
        {"profile_id": f"{platform}{i:03}", "platform": platform, "followers": usual * (1 + i % 3)}
        for platform, usual in (("tiktok", 50_000), ("medium", 50))
        for i in range(60)
    ]
    stars: list[Row] = [
        {"profile_id": "a", "platform": "tiktok", "followers": 30_000_000},
        {"profile_id": "b", "platform": "medium", "followers": 30_000},
        {"profile_id": "c", "platform": "tiktok", "followers": 30_000},
        {"profile_id": "d", "platform": "medium", "followers": 5_000},
        {"profile_id": "e", "platform": "tiktok", "followers": 3_000_000},
    ]
    population = make_population([*stars, *crowd])
    pairs = Pairs(population=population, left=np.array([0, 1, 0, 3]), right=np.array([1, 2, 2, 4]))
    levels = BY_NAME["followers"].compare(pairs)
    assert [BY_NAME["followers"].levels[i].name for i in levels] == ["very_large", "far", "far", "large"]


def test_fans_of_one_star_do_not_share_their_mentions(make_population: MakePopulation) -> None:
    def level(bio: str) -> int:
        rows: list[Row] = [{"profile_id": c, "audience": ["x:star"], "bio": bio} for c in "ab"]
        others: list[Row] = [{"profile_id": f"z{i:02}", "audience": [f"x:{i % 9}"]} for i in range(60)]
        population = make_population([*rows, *others])
        return int(
            BY_NAME["audience"].compare(Pairs(population=population, left=np.array([0]), right=np.array([1])))[0]
        )

    assert level("baking bread every day") > 0
    assert level("fan page, we love baking") == -1


def test_the_picture_of_a_fan_page_is_not_its_own(make_population: MakePopulation) -> None:
    rows: list[Row] = [
        {"profile_id": "a", "avatar_hash": FACE, "bio": "baking bread every day"},
        {"profile_id": "b", "avatar_hash": FACE},
        {"profile_id": "c", "avatar_hash": FACE, "bio": "fan page, we love baking"},
    ]
    pairs = Pairs(population=make_population(rows), left=np.array([0, 0]), right=np.array([1, 2]))
    assert BY_NAME["avatar"].compare(pairs).tolist() == [4, -1]
