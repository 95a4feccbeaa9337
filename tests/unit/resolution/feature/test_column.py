import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from hypothesis import given, settings
from hypothesis import strategies as st

from creatorgraph.resolution.feature.column import (
    distinct,
    entries_by,
    entries_of,
    folded,
    looked_up,
    numbered_entries,
    texts_by,
    words_of,
)
from creatorgraph.resolution.feature.reference import text_hashes
from creatorgraph.resolution.text.fold import fold

texts = st.lists(st.none() | st.sampled_from(["", "b", "a", "ab", "É"]), max_size=12)
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


def chunked(values: list[str | None], parts: int) -> pa.ChunkedArray:
    size = max(1, len(values) // parts)
    pieces = [values[begin : begin + size] for begin in range(0, len(values), size)]
    return pa.chunked_array([pa.array(piece, pa.string()) for piece in pieces], pa.string())


@settings(deadline=None)
@given(texts, st.integers(1, 4))
def test_distinct_texts_are_numbered_as_they_appear(values: list[str | None], parts: int) -> None:
    found = distinct(chunked(values, parts))
    assert found.texts.to_pylist() == list(dict.fromkeys(v for v in values if v))
    known = found.texts.to_pylist()
    assert [known[n] if n >= 0 else None for n in found.number] == [v or None for v in values]


@settings(deadline=None)
@given(st.lists(st.none() | ANY_TEXT | st.text("aB '`_-.9\t\x1c", max_size=9), max_size=8))
def test_folding_many_is_folding_each(values: list[str | None]) -> None:
    assert folded(pa.array(values, pa.string())).to_pylist() == [fold(v or "") for v in values]


@settings(deadline=None)
@given(st.lists(ANY_TEXT, max_size=6))
def test_words_are_those_of_split(values: list[str]) -> None:
    found = words_of(folded(pa.array(values, pa.string())))
    expected = [(row, word) for row, value in enumerate(values) for word in fold(value).split()]
    assert list(zip(found.rows.tolist(), found.texts.to_pylist(), strict=True)) == expected


def test_lists_keep_their_rows_across_chunks_and_lose_nulls() -> None:
    kind = pa.list_(pa.string())
    column = pa.chunked_array([pa.array([["a"], None], kind), pa.array([[], ["b", None, "a"]], kind)])
    found = entries_of(column)
    assert found.rows.tolist() == [0, 3, 3]
    assert found.texts.to_pylist() == ["a", "b", "a"]
    table, values = numbered_entries(found, 4)
    assert values.to_pylist() == ["a", "b"]
    assert table.degree.tolist() == [1, 0, 0, 2]


def test_functions_of_texts() -> None:
    column = pa.array(["a", None, "bc"], pa.string())
    assert texts_by(column.drop_null(), lambda text: text.upper() if len(text) > 1 else None).to_pylist() == [
        None,
        "BC",
    ]
    found = entries_by(column, list)
    assert found.rows.tolist() == [0, 2, 2]
    assert found.longer_than(0).texts.to_pylist() == ["a", "b", "c"]
    assert found.longer_than(1).rows.tolist() == []


@settings(deadline=None)
@given(texts, st.integers(0, 5), st.integers(0, 5))
def test_a_part_of_a_column_is_read_like_a_column_of_its_own(values: list[str | None], begin: int, size: int) -> None:
    part, own = pa.array(values, pa.string()).slice(begin, size), pa.array(values[begin : begin + size], pa.string())
    assert text_hashes(part).tolist() == text_hashes(own).tolist()
    assert distinct(part).texts.equals(distinct(own).texts)
    assert distinct(part).number.tolist() == distinct(own).number.tolist()
    assert folded(part).equals(folded(own))
    lists = pa.array([None if value is None else [value, None, "c"] for value in values], pa.list_(pa.string()))
    found, expected = (
        entries_of(lists.slice(begin, size)),
        entries_of(pa.array(lists.to_pylist()[begin : begin + size], lists.type)),
    )
    assert found.rows.tolist() == expected.rows.tolist()
    assert text_hashes(found.texts).tolist() == text_hashes(expected.texts).tolist()
    assert found.longer_than(1).texts.to_pylist() == [text for text in expected.texts.to_pylist() if len(text) > 1]


def test_nothing_stands_in_an_empty_vocabulary() -> None:
    empty = pa.array([], pa.string())
    assert looked_up(pa.array(["a", None], pa.string()), empty).tolist() == [-1, -1]
    assert looked_up(empty, pa.array(["a"])).tolist() == []


def test_places_in_a_vocabulary() -> None:
    assert looked_up(pa.array(["b", "x", None]), pa.array(["a", "b"])).tolist() == [1, -1, -1]
    assert looked_up(pa.array([], pa.string()), pa.array([], pa.string())).tolist() == []


def test_an_empty_column() -> None:
    nothing = pa.chunked_array([], pa.string())
    assert distinct(nothing).number.shape == (0,)
    assert len(folded(nothing)) == 0
    assert entries_of(pa.chunked_array([], pa.list_(pa.string()))).rows.dtype == np.int64
    assert pc.equal(words_of(pa.array([""])).texts, "").to_pylist() == []
