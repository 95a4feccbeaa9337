"""Results are aligned and plain."""

import pytest

from creatorgraph.cli.console import facts, shown, table


def test_columns_line_up_and_lines_end_with_their_text(capsys: pytest.CaptureFixture[str]) -> None:
    table(("file", "added", "note"), [("a.csv", 12, ""), ("longer.csv", 3456, "resumed")], right=(1,), indent=0)

    assert capsys.readouterr().out.splitlines() == [
        "file        added  note",
        "a.csv          12",
        "longer.csv  3,456  resumed",
    ]


def test_markup_in_data_is_text(capsys: pytest.CaptureFixture[str]) -> None:
    table(("name",), [("[bold]maya[/bold] :smile:",)], indent=0)

    assert "[bold]maya[/bold] :smile:" in capsys.readouterr().out


def test_facts_have_no_header(capsys: pytest.CaptureFixture[str]) -> None:
    facts([("profiles", 1658), ("links", "12 accepted")], indent=0)

    assert capsys.readouterr().out.splitlines() == ["profiles  1,658", "links     12 accepted"]


@pytest.mark.parametrize(
    ("value", "text"), [(None, ""), (True, "yes"), (1234567, "1,234,567"), (0.98765, "0.988"), ("as is", "as is")]
)
def test_values(value: object, text: str) -> None:
    assert shown(value) == text
