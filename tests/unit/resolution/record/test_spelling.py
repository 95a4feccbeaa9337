"""Values that say the same become the same."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creatorgraph.resolution.record.kind import ColumnKind
from creatorgraph.resolution.record.mapping import ColumnRule
from creatorgraph.resolution.record.spelling import date_digits, normaliser_of


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("19560409", "19560409"),
        ("1956-04-09", "19560409"),
        ("1956/04/09", "19560409"),
        ("1956-04-09 00:00:00", "19560409"),
        ("23.04.1956", "19560423"),
        ("4/23/1956", "19560423"),
        ("04/09/1956", ""),
        ("1956-02-31", "19560231"),
        ("soon", ""),
    ],
)
def test_dates(text: str, digits: str) -> None:
    assert date_digits(text) == digits


@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_date_is_read_as_it_is_written_year_first(day: date) -> None:
    assert date_digits(f"{day:%Y-%m-%d}") == date_digits(f"{day:%Y%m%d}") == f"{day:%Y%m%d}"


def test_a_stated_format_decides() -> None:
    normal = normaliser_of(ColumnRule(column="born", kind=ColumnKind.DATE, format="%d/%m/%Y"))

    assert normal("04/09/1956") == "19560904"
    assert normal("1956-09-04") == ""


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        (ColumnKind.PHONE, "+44 20 7946 0958", "020 7946 0958"),
        (ColumnKind.CODE, "ab-12 c", "AB12C"),
        (ColumnKind.NUMBER, "$1,250.00", "1250"),
        (ColumnKind.SURNAME, "O'Brien", "OBRIEN"),
        (ColumnKind.EMAIL, " Ann@Example.org ", "ann@example.org"),
    ],
)
def test_two_spellings_of_one_value(kind: ColumnKind, one: str, other: str) -> None:
    normal = normaliser_of(ColumnRule(column="x", kind=kind))

    assert normal(one) == normal(other) != ""
