from collections.abc import Callable

from creatorgraph.resolution.blocking.script import names_across_scripts
from creatorgraph.resolution.feature.population import Population

MakePopulation = Callable[..., Population]


def named(make_population: MakePopulation, *names: str) -> Population:
    return make_population([{"profile_id": f"p{i}", "display_name": name} for i, name in enumerate(names)])


def pairs(population: Population, cap: int = 200) -> list[tuple[int, int]]:
    codes = names_across_scripts(population, cap).codes
    return [(int(code) // population.size, int(code) % population.size) for code in codes]


def test_one_name_in_two_scripts_is_a_pair(make_population: MakePopulation) -> None:
    assert pairs(named(make_population, "महेश अग्रवाल", "Agarwal Mahesh", "Jane Roe")) == [(0, 1)]


def test_names_in_latin_letters_alone_make_no_pair(make_population: MakePopulation) -> None:
    assert pairs(named(make_population, "Mahesh Agarwal", "Mohesh Agorwal")) == []


def test_a_skeleton_that_too_many_have_is_left_out(make_population: MakePopulation) -> None:
    assert pairs(named(make_population, "महेश अग्रवाल", *["Mahesh Agarwal"] * 5), cap=8) == []
