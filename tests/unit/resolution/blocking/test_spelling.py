"""Lists of like spellings: by the model alone, and nobody's place on a list but by likeness."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from numpy.typing import NDArray

from creatorgraph.domain.progress import Silent
from creatorgraph.resolution.blocking.candidate import candidate_pairs
from creatorgraph.resolution.blocking.ngram import NEAREST, similar_spelling
from creatorgraph.resolution.blocking.posting import shown_of
from creatorgraph.resolution.blocking.spelling import (
    LEAST,
    GramPostings,
    gram_postings,
    listed,
    nearest_spellings,
    ranks,
    ties_of,
)
from creatorgraph.resolution.feature.population import population_of
from creatorgraph.resolution.feature.reference import Reference
from creatorgraph.resolution.profile_table import ordered

Row = dict[str, object]
MakeTable = Callable[[Sequence[Mapping[str, object]]], pa.Table]
CAP = 200


@pytest.fixture(scope="module")
def table(make_table: MakeTable, people: list[Row]) -> pa.Table:
    return ordered(make_table([{k: v for k, v in row.items() if k != "person"} for row in people]), None)[0]


@pytest.fixture(scope="module")
def known(table: pa.Table) -> Reference:
    population = population_of(table, None)
    found = candidate_pairs(population, max_block_size=CAP, seed=1, progress=Silent())
    return replace(population.counts, grams=found.grams)


def postings_of(table: pa.Table, known: Reference) -> GramPostings:
    return gram_postings(shown_of(table, known), CAP)


def test_on_the_profiles_of_the_model_the_pairs_are_those_of_the_rule(table: pa.Table, known: Reference) -> None:
    population = population_of(table, None, known)
    size = table.num_rows
    postings = postings_of(table, known)
    codes = nearest_spellings(postings, ids_of(table)).codes(size)
    whole = similar_spelling(population, CAP, known=known.grams).codes
    assert len(whole) > size
    # where the last on a list is as near as the first who is off it, the two break the tie each in its own way
    tied = np.flatnonzero([ends_in_a_tie(postings, row, size) for row in range(size)])
    assert len(tied) < size / 2
    differing = np.setxor1d(codes, whole)
    clear = ~np.isin(differing // size, tied) & ~np.isin(differing % size, tied)
    # rounding may turn two that are as good as equally near
    assert clear.sum() <= len(whole) / 200


def ends_in_a_tie(postings: GramPostings, row: int, size: int) -> bool:
    mine = dict(zip(*own(postings, row), strict=True))
    shared = np.isin(postings.key, list(mine)) & (postings.row != row)
    likeness = np.zeros(size, dtype=np.int64)
    weights = np.array([mine[key] for key in postings.key[shared].tolist()], dtype=np.int64)
    np.add.at(likeness, postings.row[shared], weights * postings.weight[shared])
    nearest = np.sort(likeness[likeness >= LEAST])[::-1]
    return len(nearest) > NEAREST and nearest[NEAREST - 1] == nearest[NEAREST]


def test_who_else_is_there_changes_no_weight(table: pa.Table, known: Reference) -> None:
    whole = postings_of(table, known)
    for rows in (np.arange(0, table.num_rows, 9), np.array([table.num_rows - 1]), np.arange(table.num_rows)[::-1]):
        alone = postings_of(table.take(rows).combine_chunks(), known)
        mine = np.isin(whole.row, rows)
        assert entries(rows[alone.row], alone.key, alone.weight) == entries(
            whole.row[mine], whole.key[mine], whole.weight[mine]
        )


def test_one_profile_at_a_time_gives_the_lists_of_all(table: pa.Table, known: Reference) -> None:
    postings = postings_of(table, known)
    whole, tie = nearest_spellings(postings, ids_of(table)), ties_of(ids_of(table))
    order = np.random.default_rng(4).permutation(table.num_rows)
    lists: list[tuple[int, int, int]] = []
    for place, row in enumerate(order.tolist()):
        there = np.isin(postings.row, order[: place + 1])
        mine = {int(key): int(w) for key, w in zip(*own(postings, row), strict=True)}
        shared = there & np.isin(postings.key, list(mine)) & (postings.row != row)
        likeness = np.zeros(table.num_rows, dtype=np.int64)
        weights = np.array([mine[key] for key in postings.key[shared].tolist()], dtype=np.int64)
        np.add.at(likeness, postings.row[shared], weights * postings.weight[shared])
        near = np.flatnonzero(likeness >= LEAST)
        mutual = [
            *zip(np.full(len(near), row), near, ranks(likeness, tie)[near], strict=True),
            *((o, row, ranks(likeness[o], tie[row])) for o in near),
        ]
        columns = np.array([*lists, *mutual], dtype=np.int64).reshape(-1, 3)
        lists = list(zip(*(column.tolist() for column in listed(*columns.T)), strict=True))
    assert set(lists) == entries(whole.row, whole.other, whole.rank)
    assert np.bincount(whole.row).max() == NEAREST


def ids_of(table: pa.Table) -> pa.StringArray:
    return table.column("profile_id").combine_chunks()


def own(postings: GramPostings, row: int) -> tuple[list[int], list[int]]:
    mine = postings.row == row
    return postings.key[mine].tolist(), postings.weight[mine].tolist()


def entries(*columns: NDArray[np.integer[Any]]) -> set[tuple[int, ...]]:
    return set(zip(*(column.tolist() for column in columns), strict=True))
