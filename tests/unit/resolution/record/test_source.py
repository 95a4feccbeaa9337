"""Lists that each hold everybody once."""

import numpy as np
import pyarrow as pa

from creatorgraph.resolution.record.comparison import RecordPairs
from creatorgraph.resolution.record.kind import ColumnKind
from creatorgraph.resolution.record.mapping import ColumnRule, RecordMapping
from creatorgraph.resolution.record.source import apart_in_lists, competed_by_list
from creatorgraph.resolution.record.table import RecordTable, record_table
from tests.person_record import COLUMNS, people
from tests.unit.resolution.record.conftest import Resolve


def table_of(lists: list[str | None]) -> RecordTable:
    mapping = RecordMapping(id="id", columns=(ColumnRule(column="no", kind=ColumnKind.CODE),), source="list")
    ids = [f"{i}" for i in range(len(lists))]
    return record_table(pa.table({"id": ids, "no": pa.array(["A1"] * len(lists)), "list": pa.array(lists)}), mapping)


def test_pairs_are_counted_across_lists() -> None:
    table = table_of(["x", "x", "y", "y", "y"])

    assert table.pairs == 2 * 3
    assert table.columns[0].equal_pairs.tolist() == [6]


def test_records_without_a_list_may_be_anybody() -> None:
    assert table_of(["x", "x", None, None]).pairs == 5


def test_rivals_in_one_list_share_the_belief() -> None:
    table = table_of(["x", "y", "y", "z"])
    pairs = RecordPairs(left=np.array([0, 0, 0]), right=np.array([1, 2, 3]))

    weight = competed_by_list(table.source, pairs, np.array([8.0, 8.0, 8.0]))

    assert weight[0] == weight[1] < 4
    assert weight[2] >= 8


def test_a_chain_does_not_bring_records_of_one_list_together() -> None:
    table = table_of(["x", "y", "x", "y"])
    pairs = RecordPairs(left=np.array([0, 1, 2]), right=np.array([1, 2, 3]))

    constraints = apart_in_lists(table, pairs, np.array([5.0, 5.0, -1.0]))

    assert constraints.never.tolist() == [[0, 2]]


def test_no_cluster_holds_two_of_one_list(resolve: Resolve) -> None:
    made = people(120, seed=13)
    seen: dict[int, int] = {}
    rows = []
    for row in made.rows:
        person = made.person[row["id"]]
        seen[person] = seen.get(person, 0) + 1
        rows.append({**row, "list": f"list {seen[person]}"})

    found = resolve(rows, COLUMNS, "list")

    lists = {row["id"]: row["list"] for row in rows}
    members: dict[int, list[str]] = {}
    for row in found.clusters.to_pylist():
        members.setdefault(row["cluster"], []).append(lists[row["profile_id"]])
    assert all(len(set(names)) == len(names) for names in members.values())
    assert abs(len(members) - 120) <= 2
