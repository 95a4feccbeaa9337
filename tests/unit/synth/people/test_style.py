"""House styles of names, and names taken apart."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creatorgraph.synth.people.style import (
    NameParts,
    NameStyle,
    Shortened,
    WordOrder,
    draw_style,
    parts_of,
    written,
)

ANNE = NameParts(given="José", family="de la Cruz", middles=("Luis", "M."), title="Dr.", suffix="Jr")


@pytest.mark.parametrize(
    ("style", "shown"),
    [
        (NameStyle(), "José Luis M. de la Cruz Jr"),
        (NameStyle(titled=True, middles=Shortened.LEFT_OUT), "Dr. José de la Cruz Jr"),
        (NameStyle(order=WordOrder.FAMILY_COMMA, middles=Shortened.INITIAL), "de la Cruz, José L. M. Jr"),
        (NameStyle(order=WordOrder.FAMILY_GIVEN, capitals=True, plain=True), "DE LA CRUZ Jose Luis M. Jr"),
        (NameStyle(given=Shortened.INITIAL, middles=Shortened.LEFT_OUT, dots=False), "J de la Cruz Jr"),
        (NameStyle(given=Shortened.INITIAL), "J. L. M. de la Cruz Jr"),
    ],
)
def test_one_name_in_many_styles(style: NameStyle, shown: str) -> None:
    assert written(ANNE, style) == shown


def test_a_script_without_spaces_keeps_its_order() -> None:
    assert written(NameParts(given="小明", family="王", joined=True), NameStyle(capitals=True)) == "王小明"


@pytest.mark.parametrize(
    ("text", "given", "middles", "family"),
    [
        ("Jane Roe", "Jane", (), "Roe"),
        ("Dr. Jane Q. Roe, PhD", "Jane", ("Q.",), "Roe"),
        ("Ana de la Cruz", "Ana", (), "de la Cruz"),
        ("Senator Jane Roe", "Jane", (), "Roe"),
        ("Jean-Luc O'Neil", "Jean-Luc", (), "O'Neil"),
        ("Иван Петров", "Иван", (), "Петров"),
    ],
)
def test_names_are_taken_apart(text: str, given: str, middles: tuple[str, ...], family: str) -> None:
    parts = parts_of(text)
    assert parts
    assert (parts.given, parts.middles, parts.family) == (given, middles, family)


@pytest.mark.parametrize("text", ["Jane", "", "Roe, Jane", "Jane | Coach", "the 3 of us", "王小明", "a b c d e f"])
def test_what_does_not_read_as_a_name_stays_whole(text: str) -> None:
    assert parts_of(text) is None


@given(st.integers(0, 10_000))
def test_a_name_can_be_read_back_from_the_plainest_style(seed: int) -> None:
    style = draw_style(Random(seed))
    assert style == draw_style(Random(seed))
    parts = parts_of("Jane Anne Roe")
    assert parts
    shown = written(parts, style)
    assert "roe" in shown.lower()
    assert ("Jane" in shown) == (style.given is Shortened.WHOLE)
    assert (shown.lower().startswith("roe")) == (style.order is not WordOrder.GIVEN_FAMILY)
