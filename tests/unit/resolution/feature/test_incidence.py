import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from creatorgraph.resolution.feature.incidence import counted, incidence_of, numbered

Table = list[set[int]]
tables = st.lists(st.sets(st.integers(0, 9), max_size=5), min_size=1, max_size=8)


@given(tables, st.data())
def test_shared_values_are_those_of_both_rows(rows: Table, data: st.DataObject) -> None:
    table, values = numbered([sorted(row) for row in rows])
    index = st.integers(0, len(rows) - 1)
    pairs = data.draw(st.lists(st.tuples(index, index), max_size=10))
    left, right = (np.array([p[i] for p in pairs], dtype=np.int64) for i in (0, 1))
    shared = table.shared(left, right)
    found: list[set[object]] = [set() for _ in pairs]
    for pair, one, other in zip(shared.pair, shared.left_entry, shared.right_entry, strict=True):
        assert table.values[one] == table.values[other]
        found[pair].add(values[table.values[one]])
    assert found == [rows[a] & rows[b] for a, b in pairs]


@given(tables)
def test_has_and_frequency_agree_with_the_rows(rows: Table) -> None:
    table, values = numbered([sorted(row) for row in rows])
    for number, value in enumerate(values):
        every = np.arange(len(rows), dtype=np.int64)
        has, _ = table.has(every, np.full(len(rows), number))
        assert has.tolist() == [value in row for row in rows]
        assert table.frequency()[number] == sum(value in row for row in rows)


def test_repeats_are_dropped_and_empty_tables_work() -> None:
    table = incidence_of(np.array([1, 1, 0]), np.array([2, 2, 0]), height=3, width=3)
    assert table.degree.tolist() == [1, 1, 0]
    empty, _ = numbered([[], []])
    one = np.array([0])
    assert len(empty.shared(one, np.array([1])).pair) == 0
    assert not empty.has(one, one)[0].any()


@given(st.lists(st.integers(-5, 5)))
def test_counted_agrees_with_unique(codes: list[int]) -> None:
    found, times = counted(np.array(codes, dtype=np.int64))
    expected, expected_times = np.unique(np.array(codes, dtype=np.int64), return_counts=True)
    assert found.tolist() == expected.tolist()
    assert times.tolist() == expected_times.tolist()


@given(tables, st.data())
def test_rows_taken_and_values_left(rows: Table, data: st.DataObject) -> None:
    table, values = numbered([sorted(row) for row in rows])
    chosen = np.array(data.draw(st.lists(st.integers(-1, len(rows) - 1), max_size=6)), dtype=np.int64)
    taken, entry = table.take(chosen)
    assert taken.degree.tolist() == [len(rows[i]) if i >= 0 else 0 for i in chosen]
    assert taken.values.tolist() == table.values[entry].tolist()
    assert table.row_of_entry[entry].tolist() == chosen[taken.row_of_entry].tolist()
    wanted = np.array([value in (1, 3, 5) for value in values], dtype=bool)
    left = table.only(wanted)
    assert left.degree.tolist() == [len(row & {1, 3, 5}) for row in rows]
    assert left.width == wanted.sum()


@given(tables)
def test_through_and_turned(rows: Table) -> None:
    table, values = numbered([sorted(row) for row in rows])
    turned = table.turned()
    assert turned.degree.tolist() == table.frequency().tolist()
    # whoever shares a value with a row, the row itself included
    related = table.through(turned)
    sharing = [{other for other, theirs in enumerate(rows) if row & theirs} for row in rows]
    found = [set(related.values[a:b].tolist()) for a, b in zip(related.starts, related.starts[1:], strict=False)]
    assert found == sharing
    assert len(values) == turned.rows
