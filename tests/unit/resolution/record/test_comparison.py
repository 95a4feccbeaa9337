"""What each kind of column makes of two values."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from creatorgraph.resolution.model.pattern import levels_fit
from creatorgraph.resolution.record.comparison import RecordPairs
from creatorgraph.resolution.record.kind import ColumnKind
from creatorgraph.resolution.record.mapping import MOST_COMPARISONS
from creatorgraph.resolution.record.registry import comparisons_of
from tests.unit.resolution.record.conftest import LevelOf, MakeTable


@pytest.mark.parametrize(
    ("kind", "one", "two", "level"),
    [
        ("surname", "Smith", "smith", "equal"),
        ("surname", "Smith", "Smyth", "near"),
        ("surname", "Smith", "Smiht", "near"),
        ("surname", "Garrick", "Graricks", "alike"),
        ("surname", "Smith", "Garcia", "different"),
        ("given_name", "Robert", "Bob", "form"),
        ("given_name", "R.", "Robert", "form"),
        ("given_name", "Li", "Lu", "different"),
        ("date", "1971-06-24", "1971-06-24", "equal"),
        ("date", "1971-06-24", "1971-06-25", "one_slip"),
        ("date", "1971-06-12", "1971-12-06", "exchanged"),
        ("date", "1971-06-24", "1972-07-24", "two_slips"),
        ("date", "1971-06-24", "2003-06-24", "two_parts"),
        ("date", "1971-06-24", "1971-11-03", "year"),
        ("date", "1971-06-24", "1986-11-03", "different"),
        ("code", "1804974", "180497", "one_slip"),
        ("code", "1804974", "1840974", "one_slip"),
        ("code", "1804974", "1894970", "two_slips"),
        ("code", "EC1A 1BB", "EC1A 9ZZ", "beginning"),
        ("code", "2119", "7360", "different"),
        ("phone", "+1 (202) 555-0143", "2025550143", "equal"),
        ("category", "Leeds", "Leds", "one_slip"),
        ("category", "F", "M", "different"),
        ("number", "100", "100.5", "within_1"),
        ("number", "100", "95", "within_10"),
        ("number", "17", "177", "one_slip"),
        ("number", "17", "942", "different"),
        ("number", "12a", "12b", "one_slip"),
        ("email", "ann.lee@post.example", "ann.le@post.example", "near"),
        ("email", "ann.lee@post.example", "ann.lee@mail.test", "local"),
        ("email", "f.j@post.example", "h.k@post.example", "host"),
        ("email", "oliver.watson@mo.example", "oliver.atkinson@sm.example", "different"),
        ("email", "ann.lee@post.example", "ann.leepost.example", "near"),
        ("text", "A fast index for text", "a fast index for text", "equal"),
        ("text", "A fast index for text", "Ships of the line", "different"),
        ("full_name", "Lee, Ann", "Ann Lee", "exact"),
        ("full_name", "Ann Lee", "Carl Orff", "different"),
    ],
)
def test_levels(level_of: LevelOf, kind: str, one: str, two: str, level: str) -> None:
    assert level_of(kind, one, two) == level
    assert level_of(kind, two, one) == level


@pytest.mark.parametrize("kind", [kind for kind in ColumnKind if kind is not ColumnKind.ADDRESS])
def test_nothing_said_is_neutral(level_of: LevelOf, kind: ColumnKind) -> None:
    assert level_of(kind, "1971-06-24", None) is None
    assert level_of(kind, None, None) is None


def test_names_in_each_others_place_count_once_each(level_of: LevelOf) -> None:
    kinds = {"given_name": "given_name", "surname": "surname"}
    one, two = {"given_name": "Green", "surname": "Mitchell"}, {"given_name": "Mitchell", "surname": "Green"}

    assert level_of("given_name", one, two, kinds) == "exchanged"
    assert level_of("surname", one, two, kinds) == "exchanged"


def test_one_name_in_the_others_place_is_no_exchange_of_both(level_of: LevelOf) -> None:
    kinds = {"given_name": "given_name", "surname": "surname"}
    one, two = {"given_name": "Thomas", "surname": "Kerr"}, {"given_name": "Adele", "surname": "Thomas"}

    assert level_of("given_name", one, two, kinds) == "exchanged"
    assert level_of("surname", one, two, kinds) == "different"


def test_parts_of_an_address_may_change_places(make_table: MakeTable) -> None:
    kinds = {"line_1": "address", "line_2": "address", "town": "address"}
    streets = ["12 birch road", "3 mill lane", "40 castle square", "7 harbour street"]
    rows = [
        {"id": f"{i}", "line_1": street, "line_2": f"flat {i}", "town": "arden"} for i, street in enumerate(streets)
    ]
    rows.append({"id": "x", "line_1": "flat 0", "line_2": "12 birch rod", "town": "arden"})
    [address] = comparisons_of(make_table(rows, kinds))

    same, other = address.compare(RecordPairs(left=np.array([0, 1]), right=np.array([4, 4])))

    assert address.levels[same].name in ("cosine_50", "cosine_65", "cosine_80")
    assert other < same


def test_the_rarer_the_equal_value_the_higher_its_level(make_table: MakeTable) -> None:
    rows = [{"id": f"{i:03}", "town": "Arden" if i < 100 else f"place {i // 2}"} for i in range(200)]
    [town] = comparisons_of(make_table(rows, {"town": "category"}))

    common, rare = town.compare(RecordPairs(left=np.array([0, 100]), right=np.array([1, 101])))

    assert town.levels[common].name == "equal"
    assert town.levels[rare].name == "equal_4"
    assert town.equal is not None
    assert town.equal.pairs.sum() == town.equal.pairs_by_level(len(town.levels)).sum()
    assert town.equal.pairs_by_level(len(town.levels)).sum() == 100 * 99 / 2 + 50


@given(st.lists(st.text(max_size=12), min_size=2, max_size=6))
def test_any_text_has_a_level_in_every_kind(make_table: MakeTable, texts: list[str]) -> None:
    rows = [{"id": f"{i}", **dict.fromkeys(ColumnKind, text)} for i, text in enumerate(texts)]
    comparisons = comparisons_of(make_table(rows, {kind.value: kind.value for kind in ColumnKind}))
    left, right = np.triu_indices(len(texts), k=1)

    for comparison in comparisons:
        levels = comparison.compare(RecordPairs(left=left, right=right))
        assert ((levels >= -1) & (levels < len(comparison.levels))).all()


def test_as_many_comparisons_as_a_mapping_may_name_fit_a_level_code(make_table: MakeTable) -> None:
    kinds = {f"c{i}": "text" for i in range(MOST_COMPARISONS)}

    assert levels_fit(comparisons_of(make_table([{"id": "a", **dict.fromkeys(kinds, "x")}], kinds)))


def test_contacts_and_codes_are_not_shown(make_table: MakeTable) -> None:
    kinds = {"mail": "email", "call": "phone", "no": "code", "town": "category"}
    rows = [{"id": i, "mail": "a@b.example", "call": "0123456789", "no": "A1", "town": "Arden"} for i in "ab"]
    pair = RecordPairs(left=np.array([0]), right=np.array([1]))

    shown = {c.name: c.values(pair)[0].to_pylist() for c in comparisons_of(make_table(rows, kinds))}

    assert shown == {"mail": [None], "call": [None], "no": [None], "town": ["Arden"]}
