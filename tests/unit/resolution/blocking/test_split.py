from collections.abc import Callable, Mapping, Sequence
from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from creatorgraph.domain.progress import Silent
from creatorgraph.resolution.blocking.block import pairs_of_blocks
from creatorgraph.resolution.blocking.candidate import candidate_pairs
from creatorgraph.resolution.blocking.split import blocks_of, ladder, split_codes
from creatorgraph.resolution.feature.incidence import numbered
from creatorgraph.resolution.feature.population import Population

MakePopulation = Callable[..., Population]
Rows = Sequence[Mapping[str, object]]
CAP = 3
values = st.lists(st.sets(st.integers(0, 3), max_size=2), min_size=12, max_size=12)


def pairs(codes: list[np.ndarray[tuple[int], np.dtype[np.int64]]], size: int) -> set[tuple[int, int]]:
    return {divmod(int(code), size) for part in codes for code in part}


def small_parts(rungs: Sequence[list[set[int]]], members: set[int]) -> set[tuple[int, int]]:
    """What a crowded block should bring, by the definition."""
    found: set[tuple[int, int]] = set()
    open_ = [members]
    for rung in rungs:
        parts = [{row for row in block if value in rung[row]} for block in open_ for value in range(4)]
        found |= {pair for part in parts if len(part) <= CAP for pair in combinations(sorted(part), 2)}
        open_ += [part for part in parts if len(part) > CAP]
    return found


@settings(deadline=None)
@given(values, values, st.sets(st.integers(0, 11), min_size=4))
def test_parts_up_to_the_cap_are_compared_and_larger_ones_split_again(
    one: list[set[int]], two: list[set[int]], members: set[int]
) -> None:
    rungs = [numbered([sorted(row) for row in rung])[0] for rung in (one, two)]
    row = np.array(sorted(members))
    crowded = blocks_of(np.full(len(row), 7), row, np.zeros(len(row), dtype=np.int64), 12)
    assert pairs(split_codes(crowded, rungs, CAP, 12), 12) == small_parts([one, two], members)


def test_two_guesses_make_no_pair_in_a_part_either() -> None:
    rung, _ = numbered([["a"], ["a"], ["a"]])
    crowded = blocks_of(np.zeros(3, dtype=np.int64), np.arange(3), np.array([1, 1, 0]), 3)
    assert pairs(split_codes(crowded, [rung], CAP, 3), 3) == {(0, 2), (1, 2)}


def test_blocks_are_split_apart_from_each_other() -> None:
    rung, _ = numbered([["a"], ["a"], ["b"], ["b"]])
    crowded = blocks_of(np.array([0, 0, 1, 1]), np.array([0, 2, 1, 3]), np.zeros(4, dtype=np.int64), 4)
    assert split_codes(crowded, [], CAP, 4) == []
    assert pairs(split_codes(crowded, [rung], CAP, 4), 4) == set()


def test_without_rungs_a_crowded_block_is_left_out() -> None:
    table, _ = numbered([["v"]] * 5)
    rung, _ = numbered([["a"], ["a"], ["b"], [], []])
    assert len(pairs_of_blocks("test", table, CAP).codes) == 0
    split = pairs_of_blocks("test", table, CAP, rungs=[rung])
    assert split.codes.tolist() == [1]
    assert (split.report.hubs, split.report.largest_hub, split.report.split) == (1, 5, True)


def crowd(names: Sequence[str]) -> Rows:
    bio = "I paint quaint lighthouses"
    return [
        {
            "profile_id": f"{i:03}",
            "platform": ("x", "instagram")[i % 2],
            "display_name": name,
            "location": "Oslo",
            "bio": bio,
        }
        for i, name in enumerate(names)
    ]


def met(population: Population) -> tuple[set[tuple[int, int]], tuple[str, ...]]:
    found = candidate_pairs(population, max_block_size=10, seed=1, progress=Silent())
    return set(zip(found.left.tolist(), found.right.tolist(), strict=True)), found.warnings


def test_of_a_crowd_those_of_one_whole_name_meet(make_population: MakePopulation) -> None:
    names = [f"Ann {chr(97 + i // 10)}{chr(107 + i % 10)}x" for i in range(40)]
    found, warnings = met(make_population(crowd([name for name in names for _ in range(2)])))
    assert {(i, i + 1) for i in range(0, 80, 2)} <= found
    assert len(found) < 1200
    assert any("only where the profiles share a whole name" in warning for warning in warnings)


def test_a_crowd_of_one_name_is_not_brought_together_by_place_or_words(make_population: MakePopulation) -> None:
    population = make_population(crowd(["Ann Lee"] * 80))
    rows = np.arange(80)
    crowded = blocks_of(np.zeros(80, dtype=np.int64), rows, np.zeros(80, dtype=np.int64), 80)
    assert pairs(split_codes(crowded, ladder(population), 20, 80), 80) == set()
