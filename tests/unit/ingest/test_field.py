"""Single fields: whatever a source wrote comes to the right type, or to a note."""

from datetime import UTC, date, datetime

import pytest

from creatorgraph.domain.profile import ProfileStatus
from creatorgraph.ingest.field import (
    FieldError,
    clean_text,
    read_count,
    read_flag,
    read_items,
    read_rate,
    read_status,
    read_text,
    read_time,
    total_length,
)


@pytest.mark.parametrize(
    ("value", "count"),
    [
        (12300, 12300),
        ("12,300", 12300),
        ("1.234.567", 1234567),
        ("12 300", 12300),
        ("12.3k", 12300),
        ("12,34,567", 1234567),
        ("1,00,000", 100000),
        ("12,34,567.50", 1234568),
        ("1,234.5", 1234),
        ("1.234,56", 1235),
        ("1,234.567", 1235),
        ("1'234.5", 1234),
        ("12.", 12),
        ("1,234.5k", 1234500),
        ("1.2M", 1200000),
        ("1,5 Mio.", 1500000),
        ("2B", 2000000000),
        ("10k+", 10000),
        (12.0, 12),
        ("0", 0),
        ("", None),
        (None, None),
        (float("nan"), None),
    ],
)
def test_counts(value: object, count: int | None) -> None:
    assert read_count(value) == count


@pytest.mark.parametrize("value", [-1, "-5", "many", True, [1], 10**12, "1e9", float("inf"), 10**400, "9" * 50])
def test_absurd_counts_are_refused(value: object) -> None:
    with pytest.raises(FieldError):
        read_count(value)


@pytest.mark.parametrize(
    ("value", "rate"), [(3.2, 3.2), ("3.2%", 3.2), ("3,2 %", 3.2), (0, 0.0), ("", None), (None, None)]
)
def test_rates(value: object, rate: float | None) -> None:
    assert read_rate(value) == rate


@pytest.mark.parametrize("value", [-0.1, 1001, "high", True, {}, 10**400])
def test_absurd_rates_are_refused(value: object) -> None:
    with pytest.raises(FieldError):
        read_rate(value)


@pytest.mark.parametrize(
    ("value", "flag"),
    [(True, True), ("Yes", True), (1, True), (0.0, False), ("false", False), (None, None), ("", None)],
)
def test_flags(value: object, flag: bool | None) -> None:
    assert read_flag(value) is flag


@pytest.mark.parametrize("value", ["maybe", 7, []])
def test_no_flags(value: object) -> None:
    with pytest.raises(FieldError):
        read_flag(value)


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("2026-03-01T12:00:00Z", datetime(2026, 3, 1, 12, tzinfo=UTC)),
        ("2026-03-01T12:00:00+02:00", datetime(2026, 3, 1, 10, tzinfo=UTC)),
        ("2026-03-01", datetime(2026, 3, 1, tzinfo=UTC)),
        (date(2026, 3, 1), datetime(2026, 3, 1, tzinfo=UTC)),
        (1772366400, datetime(2026, 3, 1, 12, tzinfo=UTC)),
        (1772366400000, datetime(2026, 3, 1, 12, tzinfo=UTC)),
        (None, None),
    ],
)
def test_times(value: object, moment: datetime | None) -> None:
    assert read_time(value) == moment


@pytest.mark.parametrize("value", ["yesterday", 1e300, float("nan"), True, [], "0001-01-01", -1e18])
def test_no_times(value: object) -> None:
    with pytest.raises(FieldError):
        read_time(value)


def test_status() -> None:
    assert read_status("Suspended") is ProfileStatus.SUSPENDED
    assert read_status(None) is ProfileStatus.ACTIVE
    with pytest.raises(FieldError, match="active, inactive, suspended"):
        read_status("gone")


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("  Mara \x00Lind\r\n", "Mara Lind"),
        ("Jo\u0308rg", "Jörg"),
        ("\ufeffMara\u200e", "Mara"),
        ("a\ud800b", "a?b"),
        ("two\nlines\tand", "two\nlines\tand"),
    ],
)
def test_text_is_clean(text: str, clean: str) -> None:
    assert clean_text(text) == clean


def test_text_from_other_types() -> None:
    assert read_text(12.0) == "12"
    assert read_text("x" * 20, cap=5) == "xxxxx"
    assert read_text(" ") is None
    refused: tuple[object, ...] = ([], {}, True, 1 << 70)
    for value in refused:
        with pytest.raises(FieldError):
            read_text(value)


@pytest.mark.parametrize(
    ("value", "items"),
    [
        ('["https://a.example", "b.example"]', ["https://a.example", "b.example"]),
        ("https://a.example, https://b.example", ["https://a.example", "https://b.example"]),
        ("https://a.example https://b.example", ["https://a.example", "https://b.example"]),
        ("a.example|b.example;c.example", ["a.example", "b.example", "c.example"]),
        ("https://a.example/x,y", ["https://a.example/x,y"]),
        (["a", 1], ["a", 1]),
        ({"url": "a"}, [{"url": "a"}]),
    ],
)
def test_lists_in_every_shape(value: object, items: list[object]) -> None:
    assert [item for item in read_items(value, field="links") if item] == items


@pytest.mark.parametrize(
    ("field", "value", "items"),
    [
        ("email", "ab@x.com,cd@y.com", ["ab@x.com", "cd@y.com"]),
        ("email", "ab@x.com; cd@y.com\nef@z.com", ["ab@x.com", "cd@y.com", "ef@z.com"]),
        ("phone", "+49 30 901820", ["+49 30 901820"]),
        ("phone", "+1 212.555.0100", ["+1 212.555.0100"]),
        ("phone", "+49 30.1234567;030/901820", ["+49 30.1234567", "030/901820"]),
        (
            "phone",
            "+49 30 901820, +1 212.555.0100/+44 20 7946 0018",
            ["+49 30 901820", "+1 212.555.0100", "+44 20 7946 0018"],
        ),
        ("mentions", "mara1 nils2", ["mara1", "nils2"]),
    ],
)
def test_each_field_has_separators_of_its_own(field: str, value: str, items: list[object]) -> None:
    assert read_items(value, field=field) == items


def test_the_length_counts_what_is_inside() -> None:
    assert total_length({"a": ["bc", {"d": "ef"}]}) >= 6
    assert total_length(None) == 0
