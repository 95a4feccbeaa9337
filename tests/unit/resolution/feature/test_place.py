import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from creatorgraph.resolution.feature.place import parts_of, place_table

PLACES = st.lists(st.sampled_from(["", "Oslo, Norway", "Bergen, Norway", "Lima", "SF", "San Francisco"]), max_size=30)


def test_parts_words_and_initials() -> None:
    found = parts_of("San Francisco, CA / USA")
    assert found == {
        "san francisco ca usa": False,
        "san francisco": False,
        "ca": False,
        "usa": False,
        "san": False,
        "francisco": False,
        "sf": True,
    }


def test_initials_leave_short_words_out_as_well() -> None:
    assert {part for part, made in parts_of("United States of America").items() if made} == {"usoa", "usa"}
    assert parts_of("Rio de Janeiro")["rj"]


def test_other_scripts_are_spelled_in_latin_letters() -> None:
    assert "moskva" in parts_of("Москва")
    assert parts_of("São Paulo").keys() == parts_of("Sao Paulo").keys()


def test_nothing_to_take_apart() -> None:
    assert parts_of("") == parts_of(" ,, ") == {}
    assert not place_table(pa.array([", ,", ""], pa.string())).given.any()


@settings(deadline=None)
@given(PLACES)
def test_rarer_parts_have_more_bits(texts: list[str]) -> None:
    table = place_table(pa.array(texts, pa.string()))
    frequency = table.entries.frequency()
    order = frequency.argsort(kind="stable")
    assert (table.bits[order][1:] <= table.bits[order][:-1]).all()
    assert (table.bits >= 0).all()
    assert len(table.made) == len(table.entries.values)
    assert table.given.tolist() == [bool(text) for text in texts]


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_text_has_folded_parts(text: str) -> None:
    assert all(part and part == part.strip() for part in parts_of(text))
