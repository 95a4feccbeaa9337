import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from creatorgraph.embeddings import index_id
from creatorgraph.embeddings.index_id import IdLookup, equal_places, id_hashes, strings

_IDS = st.lists(st.text(st.characters(codec="utf-8"), max_size=20), unique=True, max_size=40)


@given(known=_IDS, asked=_IDS)
def test_each_id_has_the_row_a_dictionary_would_give(known: list[str], asked: list[str]) -> None:
    rows = {name: row for row, name in enumerate(known)}
    wanted = strings([*asked, *known[:5]])
    found = IdLookup(strings(known)).rows_of(wanted, id_hashes(wanted))
    assert found.tolist() == [rows.get(name, -1) for name in wanted.to_pylist()]


@given(pairs=st.lists(st.tuples(st.text(max_size=2), st.text(max_size=2))), texts=_IDS)
def test_strings_and_their_equal_places_are_those_of_lists(pairs: list[tuple[str, str]], texts: list[str]) -> None:
    assert strings(iter(texts)).to_pylist() == texts
    assert strings(texts).equals(pa.array(texts, pa.string()))
    left, right = [one for one, _ in pairs], [other for _, other in pairs]
    expected = [place for place, (one, other) in enumerate(pairs) if one == other]
    assert equal_places(strings(left), strings(right)).tolist() == expected


@given(ids=_IDS, start=st.integers(0, 5))
def test_a_hash_depends_on_the_id_alone(ids: list[str], start: int) -> None:
    whole = id_hashes(strings(ids))
    assert id_hashes(strings(ids).slice(start)).tolist() == whole[start:].tolist()
    assert [int(id_hashes(pa.array([name]))[0]) for name in ids] == whole.tolist()


def test_ids_of_one_hash_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_id, "id_hashes", lambda ids: id_hashes(strings(["same"] * len(ids))))
    known, asked = strings(["a", "b", "c"]), strings(["c", "x", "a"])
    found = IdLookup(known).rows_of(asked, index_id.id_hashes(asked))
    assert found.tolist() == [2, -1, 0]


def test_hashes_are_the_same_everywhere() -> None:
    assert [f"{value:016x}" for value in id_hashes(strings(["", "a", "instagram:somebody"])).tolist()] == [
        "b456bcfc34c2cb2c",
        "e41f9067f1beb77d",
        "6b602b054de8c340",
    ]
