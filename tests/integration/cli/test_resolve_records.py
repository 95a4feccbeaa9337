"""`creatorgraph resolve --columns`: records of any kind."""

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from creatorgraph.cli import app
from tests.person_record import COLUMNS, people


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.DictWriter(file, ["id", *COLUMNS])
        rows.writeheader()
        rows.writerows(people(30, seed=6).rows)
    return path


@pytest.fixture
def mapping(tmp_path: Path) -> Path:
    path = tmp_path / "people.toml"
    path.write_text('id = "id"\n[columns]\n' + "".join(f'{n} = "{k}"\n' for n, k in COLUMNS.items()), encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder of its own, and no database within reach."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CREATORGRAPH_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")


def test_a_summary_on_stdout_and_nothing_else_left(table: Path, mapping: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["resolve", str(table), "--columns", str(mapping), "--out", "found"])

    assert result.exit_code == 0, result.output
    summary = json.loads(result.stdout)
    assert summary["records"] > summary["entities"] == 30
    assert sorted(path.name for path in (tmp_path / "found").iterdir()) == [
        "clusters.csv",
        "links.parquet",
        "model.json",
    ]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["found", "people.csv", "people.toml"]


def test_a_kind_that_is_not_known(table: Path, mapping: Path) -> None:
    mapping.write_text(mapping.read_text().replace('"email"', '"mail"'), encoding="utf-8")

    result = CliRunner().invoke(app, ["resolve", str(table), "--columns", str(mapping), "--out", "found"])

    assert result.exit_code == 2
    assert result.stdout == ""
    assert "people.toml:6" in result.stderr
    assert "'mail'" in result.stderr


def test_columns_without_files(mapping: Path) -> None:
    result = CliRunner().invoke(app, ["resolve", "--columns", str(mapping)])

    assert result.exit_code == 2
    assert "--columns" in result.stderr
