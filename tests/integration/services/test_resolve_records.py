"""Files of records in, clusters and links out, and what a person is told when something is wrong."""

import csv
import json
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from creatorgraph.domain.error import InvalidInputError
from creatorgraph.resolution.option import ResolveOptions
from creatorgraph.resolution.record.mapping import read_mapping
from creatorgraph.services.record_file import read_records
from creatorgraph.services.resolve_records import clusters_of_records, resolve_record_files
from tests.person_record import COLUMNS, People, people

MAPPING = 'id = "id"\n[columns]\n' + "".join(f'{name} = "{kind}"\n' for name, kind in COLUMNS.items())


@pytest.fixture(scope="module")
def made() -> People:
    return people(60, seed=9)


@pytest.fixture
def mapping(tmp_path: Path) -> Path:
    path = tmp_path / "people.toml"
    path.write_text(MAPPING, encoding="utf-8")
    return path


def write_csv(path: Path, rows: list[dict[str, str]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        table = csv.DictWriter(file, ["id", *COLUMNS])
        table.writeheader()
        table.writerows(rows)
    return path


def test_csv_parquet_and_json_lines_give_the_same(made: People, mapping: Path, tmp_path: Path) -> None:
    table = write_csv(tmp_path / "people.csv", made.rows)
    lines = tmp_path / "people.jsonl"
    lines.write_text("".join(json.dumps({k: v or None for k, v in row.items()}) + "\n" for row in made.rows))
    parquet = tmp_path / "people.parquet"
    pq.write_table(pa.Table.from_pylist(made.rows), parquet)

    clusters = clusters_of_records(table, mapping)

    assert clusters == clusters_of_records(lines, mapping) == clusters_of_records(parquet, mapping)
    same = {(a, b) for a in clusters for b in clusters if a < b and clusters[a] == clusters[b]}
    assert same == made.true_pairs


def test_two_files_are_resolved_as_one(made: People, mapping: Path, tmp_path: Path) -> None:
    half = len(made.rows) // 2
    paths = [
        write_csv(tmp_path / "one.csv", made.rows[:half]),
        write_csv(tmp_path / "two.csv", made.rows[half:]),
    ]

    assert clusters_of_records(paths, mapping) == clusters_of_records(
        write_csv(tmp_path / "all.csv", made.rows), mapping
    )


def test_what_is_written(made: People, mapping: Path, tmp_path: Path) -> None:
    table, out = write_csv(tmp_path / "people.csv", made.rows), tmp_path / "out"
    with table.open("a", encoding="utf-8") as file:
        file.write("r1,too,few\n,anna,nobody,,,,,,\n")

    found = resolve_record_files([table], mapping, out, options=ResolveOptions())

    assert found.records == len(made.rows)
    assert found.rejected == 2
    rejects = [json.loads(line) for line in Path(found.rejects_file or "").read_text().splitlines()]
    assert [(r["line"], r["reason"]) for r in rejects] == [
        (len(made.rows) + 2, "wrong_cell_count"),
        (len(made.rows) + 3, "missing_profile_id"),
    ]
    with (out / "clusters.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(made.rows)
    assert len({row["entity_id"] for row in rows}) == found.entities
    assert pq.read_table(out / "links.parquet").num_rows == found.links
    assert json.loads((out / "model.json").read_text())["columns"] == COLUMNS


def test_typed_values_are_read_as_they_are_written(mapping: Path, tmp_path: Path) -> None:
    path = tmp_path / "typed.parquet"
    mapping.write_text('id = "No"\n[columns]\nBorn = "date"\n"Post Code" = "code"\n', encoding="utf-8")
    pq.write_table(
        pa.table({"no": [1, 2, 3], "born": [date(1970, 1, 2)] * 2 + [None], "post code": [4220.0, 4220.0, None]}), path
    )

    read = read_records([path], read_mapping(mapping), on_rejects=lambda _, rejects: None)

    assert read.texts.to_pylist() == [
        {"No": "1", "Born": "1970-01-02", "Post Code": "4220"},
        {"No": "2", "Born": "1970-01-02", "Post Code": "4220"},
        {"No": "3", "Born": None, "Post Code": None},
    ]


def test_records_that_look_like_pages_are_records(mapping: Path, tmp_path: Path) -> None:
    mapping.write_text('id = "page_url"\n[columns]\nname = "full_name"\n', encoding="utf-8")
    path = tmp_path / "pages.jsonl"
    path.write_text('{"page_url": "https://linktr.ee/ann", "name": "Ann Lee", "links": [{"url": "https://x.com/a"}]}\n')

    assert list(clusters_of_records(path, mapping)) == ["https://linktr.ee/ann"]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("none.csv", None, "none.csv"),
        ("people.csv", "", "empty"),
        ("people.csv", "id,given,family\n1,a,b\n", "born, email"),
        ("people.csv", "id,id," + ",".join(COLUMNS) + "\n", "'id' is there more than once"),
        ("people.jsonl", '{"id": 1, "given": "a"}\n', "family"),
    ],
)
def test_a_file_at_fault_is_named(mapping: Path, tmp_path: Path, name: str, text: str | None, said: str) -> None:
    path = tmp_path / name
    if text is not None:
        path.write_text(text, encoding="utf-8")

    with pytest.raises(InvalidInputError) as raised:
        clusters_of_records(path, mapping)

    assert said in str(raised.value)
    assert str(path) in str(raised.value)


def test_an_id_twice_is_told_with_both_places(made: People, mapping: Path, tmp_path: Path) -> None:
    one = write_csv(tmp_path / "one.csv", made.rows[:3])
    two = write_csv(tmp_path / "two.csv", made.rows[2:4])

    with pytest.raises(InvalidInputError) as raised:
        clusters_of_records([one, two], mapping)

    assert f"{two}:2" in str(raised.value)
    assert "one.csv:4" in str(raised.value)
