from collections.abc import Callable

from creatorgraph.resolution.blocking.mailbox import like_mailboxes
from creatorgraph.resolution.feature.population import Population

MakePopulation = Callable[..., Population]


def pairs(population: Population, cap: int = 200) -> set[tuple[int, int]]:
    codes = like_mailboxes(population, cap).codes
    return {(int(code) // population.size, int(code) % population.size) for code in codes}


def test_mailboxes_meet_usernames_and_mailboxes(make_population: MakePopulation) -> None:
    rows: list[dict[str, object]] = [
        {"profile_id": "a", "username": "janeroe", "username_local": "h"},
        {"profile_id": "b", "email_locals": ["h"]},
        {"profile_id": "c", "email_locals": ["h", "g"]},
        {"profile_id": "d", "username": "janeroe", "username_local": "h"},
        {"profile_id": "e", "username": "other", "username_local": "o"},
    ]
    # a and d have one username: the rule of keys finds them
    assert pairs(make_population(rows)) == {(0, 1), (0, 2), (1, 2), (1, 3), (2, 3)}


def test_a_profile_with_a_mailbox_of_its_own_name_is_listed_once(make_population: MakePopulation) -> None:
    rows: list[dict[str, object]] = [
        {"profile_id": "a", "username": "janeroe", "username_local": "h", "email_locals": ["h"]},
        {"profile_id": "b", "username": "janeroe", "username_local": "h"},
    ]
    assert pairs(make_population(rows)) == {(0, 1)}


def test_a_mailbox_name_of_many_is_left_out(make_population: MakePopulation) -> None:
    rows = [{"profile_id": f"{i}", "email_locals": ["h"]} for i in range(6)]
    assert pairs(make_population(rows), cap=5) == set()
