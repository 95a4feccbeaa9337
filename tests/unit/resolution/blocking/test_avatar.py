"""Pairs by pictures: none is missed among few, near ones are found among many, hubs are left out."""

from collections.abc import Callable
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from creatorgraph.resolution.blocking import avatar
from creatorgraph.resolution.blocking.avatar import FARTHEST, like_avatars
from creatorgraph.resolution.feature.population import Population

MakePopulation = Callable[..., Population]
FACE = 0x0F1E2D3C4B5A6978


def rows(codes: list[int]) -> list[dict[str, object]]:
    return [{"profile_id": f"{i:05}", "avatar_hash": f"{code:016x}"} for i, code in enumerate(codes)]


def pairs(population: Population, cap: int = 200) -> set[tuple[int, int]]:
    codes = like_avatars(population, cap).codes
    return {(int(code) // population.size, int(code) % population.size) for code in codes}


def flipped(code: int, bits: list[int]) -> int:
    for bit in bits:
        code ^= 1 << bit
    return code


@settings(deadline=None, max_examples=40)
@given(st.lists(st.lists(st.integers(0, 63), unique=True, max_size=16), min_size=2, max_size=12))
def test_every_pair_of_few_pictures_up_to_the_limit(make_population: MakePopulation, flips: list[list[int]]) -> None:
    codes = [flipped(FACE, bits) for bits in flips]
    population = make_population(rows(codes))
    shown = population.avatars.picture >= 0
    near = {
        (a, b)
        for a, b in combinations(range(len(codes)), 2)
        if shown[a] and shown[b] and (codes[a] ^ codes[b]).bit_count() <= FARTHEST
    }
    assert pairs(population) == near


@pytest.mark.parametrize("layout", ["exact", "banded"])
def test_near_pictures_among_many(
    make_population: MakePopulation, monkeypatch: pytest.MonkeyPatch, layout: str
) -> None:
    if layout == "banded":
        monkeypatch.setattr(avatar, "_EXACT_UP_TO", 10)
    random = np.random.default_rng(4)
    codes = [int(code) for code in random.integers(1 << 40, 1 << 63, 600)]
    wanted = set()
    for i in range(0, 100, 2):
        bits = [int(bit) for bit in random.choice(64, 3, replace=False)]
        codes[i + 1] = flipped(codes[i], bits)
        wanted.add((i, i + 1))
    found = pairs(make_population(rows(codes)))
    assert wanted <= found
    assert len(found) < len(wanted) + 20


def test_profiles_of_two_like_pictures_all_meet(make_population: MakePopulation) -> None:
    codes = [FACE, FACE, FACE ^ 1, FACE ^ 1, FACE ^ 1]
    assert pairs(make_population(rows(codes))) == set(combinations(range(5), 2))


def test_a_default_picture_brings_no_pairs(make_population: MakePopulation) -> None:
    assert pairs(make_population(rows([FACE] * 40))) == set()
    assert pairs(make_population(rows([0] * 5))) == set()


def test_other_lengths_are_equal_or_not(make_population: MakePopulation) -> None:
    texts = ["0f1e2d3c" * 4, "0f1e2d3c" * 4, "0f1e2d3c" * 3 + "0f1e2d3d"]
    population = make_population([{"profile_id": f"{i}", "avatar_hash": text} for i, text in enumerate(texts)])
    assert pairs(population) == {(0, 1)}


def test_nobody_with_a_picture(make_population: MakePopulation) -> None:
    assert pairs(make_population([{"profile_id": "a"}, {"profile_id": "b"}])) == set()
