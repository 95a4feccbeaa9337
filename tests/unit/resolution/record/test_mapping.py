"""The file of columns: what it says, and what a person is told when it is wrong."""

from pathlib import Path

import pytest

from creatorgraph.domain.error import InvalidInputError
from creatorgraph.resolution.record.kind import ColumnKind
from creatorgraph.resolution.record.mapping import ColumnRule, read_mapping


def written(folder: Path, text: str) -> Path:
    path = folder / "people.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_kinds_formats_and_the_source(tmp_path: Path) -> None:
    mapping = read_mapping(
        written(
            tmp_path,
            'id = "no"\nsource = "list"\n[columns]\nname = "full_name"\nborn = { kind = "date", format = "%d.%m.%Y" }\n',
        )
    )

    assert mapping.id == "no"
    assert mapping.source == "list"
    assert mapping.columns == (
        ColumnRule(column="name", kind=ColumnKind.FULL_NAME),
        ColumnRule(column="born", kind=ColumnKind.DATE, format="%d.%m.%Y"),
    )


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('id = "no"\n[columns]\nname = "full_name"\nborn = "dat"\n', 4, "Is it 'date'?"),
        ('id = "no"\n[columns]\nborn = { format = "%Y" }\n', 3, "has no kind"),
        ('id = "no"\n[columns]\nborn = { kind = "date", form = "%Y" }\n', 3, "'form' is not known"),
        ('id = "no"\n[columns]\nname = { kind = "text", format = "%Y" }\n', 3, "only dates have a format"),
        ('id = "no"\ncolumn = "x"\n[columns]\nname = "text"\n', 2, "'column' is not known"),
        ('id = ""\n[columns]\nname = "text"\n', 1, "column of ids"),
        ('id = "no"\nsource = 3\n[columns]\nname = "text"\n', 2, "not the name of a column"),
        ('id = "no"\n[columns]\n', 2, "no column to compare"),
        ('id = "no"\n[columns]\nno = "code"\n', 3, "column of ids already"),
    ],
)
def test_a_fault_is_told_with_its_line(tmp_path: Path, text: str, line: int, said: str) -> None:
    path = written(tmp_path, text)

    with pytest.raises(InvalidInputError) as raised:
        read_mapping(path)

    assert f"{path}:{line}" in str(raised.value)
    assert said in str(raised.value)


def test_more_columns_than_a_level_code_holds(tmp_path: Path) -> None:
    lines = "".join(f'c{i} = "code"\n' for i in range(15))

    with pytest.raises(InvalidInputError, match="15 columns"):
        read_mapping(written(tmp_path, f'id = "no"\n[columns]\n{lines}'))


def test_no_toml_and_no_file(tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError, match=r"not TOML.*line 1"):
        read_mapping(written(tmp_path, "id: no\n"))
    with pytest.raises(InvalidInputError, match="cannot be read"):
        read_mapping(tmp_path / "none.toml")
