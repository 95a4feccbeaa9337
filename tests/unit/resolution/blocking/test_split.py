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
    for height, rung in enumerate(rungs):
        parts = [{row for row in block if value in rung[row]} for block in open_ for value in range(4)]
        found |= {pair for part in parts if len(part) <= CAP for pair in combinations(sorted(part), 2)}
        open_ = (open_ if height else []) + [part for part in parts if len(part) > CAP]
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


def test_of_a_crowd_of_one_name_those_of_one_place_meet(make_population: MakePopulation) -> None:
    rows: Rows = [
        {
            "profile_id": f"{i:03}",
            "platform": ("x", "instagram")[i % 2],
            "display_name": "Ann Lee",
            "location": f"Town{i // 2}" if i < 20 else None,
        }
        for i in range(80)
    ]
    population = make_population(rows)
    found = candidate_pairs(population, max_block_size=10, seed=1, progress=Silent())
    met = set(zip(found.left.tolist(), found.right.tolist(), strict=True))
    assert {(i, i + 1) for i in range(0, 20, 2)} <= met
    assert len(met) < 400
    assert any("only where the profiles share" in warning for warning in found.warnings)


def test_of_a_crowd_with_many_names_those_of_one_place_do_not_meet(make_population: MakePopulation) -> None:
    rows: Rows = [
        {"profile_id": f"{i:03}", "username": "ann", "platform": "other", "display_name": f"Q{chr(97 + i // 9)}x Z{i % 9}v{i}",
         "location": "Rareton"}
        for i in range(80)
    ]  # fmt: skip
    population = make_population(rows)
    entries = np.arange(80)
    crowded = blocks_of(np.zeros(80, dtype=np.int64), entries, np.zeros(80, dtype=np.int64), 80)
    assert split_codes(crowded, ladder(population)[:1], 100, 80) == split_codes(crowded, ladder(population), 100, 80)


def test_names_places_and_words_are_the_rungs(make_population: MakePopulation) -> None:
    bio = "I paint quaint lighthouses"
    rows: Rows = [{"profile_id": c, "display_name": "Ann Lee", "location": "Oslo", "bio": bio} for c in "ab"]
    assert [rung.degree.min() > 0 for rung in ladder(make_population(rows))] == [True, True, True]
