"""Results are written a batch at a time and read back whole."""

import csv
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from creatorgraph.resolution.result import CLUSTER_SCHEMA, LINK_SCHEMA, Resolution, ResolutionSummary
from creatorgraph.services import result_file
from creatorgraph.services.result_file import cluster_names, write_resolution


def clusters(numbers: dict[str, int]) -> pa.Table:
    return pa.table({"profile_id": list(numbers), "cluster": list(numbers.values())}, schema=CLUSTER_SCHEMA)


def resolution(links: pa.Table, found: pa.Table) -> Resolution:
    summary = ResolutionSummary(
        profiles=found.num_rows, candidate_pairs=0, rules=(), links=links.num_rows, accepted_links=0, review_links=0,
        clusters=0, creators_of_several=0, largest_cluster=0, largest_component=0, components_split=0, seconds={},
        warnings=(),
    )  # fmt: skip
    return Resolution(links=links, clusters=found, model={"model_version": "v"}, summary=summary)


def link(left: str, right: str) -> dict[str, object]:
    row = {"signal": "prior", "level": "prior", "left_value": None, "right_value": "b", "match_weight": -3.0}
    evidence = [row | {"explanation": "why"}, row | {"explanation": "because"}]
    return {"left": left, "right": right, "probability": 0.5, "match_weight": 0.0, "accepted": True} | {
        "evidence": evidence
    }


def test_a_cluster_is_named_after_its_members_not_its_number() -> None:
    names = cluster_names(clusters({"c": 7, "a": 0, "b": 7}))
    assert names == cluster_names(clusters({"a": 5, "b": 2, "c": 2}))
    assert list(names) == ["a", "b", "c"]
    assert names["b"] == names["c"] != names["a"]
    assert cluster_names(clusters({})) == {}


@pytest.mark.parametrize("rows", [2, 100])
def test_what_is_written_is_what_was_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: int) -> None:
    monkeypatch.setattr(result_file, "_ROWS", rows)
    found = clusters({'c, "quoted"': 1, "a": 0, "b": 1, "d": 2, "e\nline": 2})
    links = pa.Table.from_pylist([link("a", "b"), link("b", "d"), link("c", "d")], schema=LINK_SCHEMA)
    write_resolution(tmp_path, resolution(links, found), header=("profile_id", "creator_id"))
    with (tmp_path / "clusters.csv").open(newline="") as file:
        read = list(csv.reader(file))
    assert read[0] == ["profile_id", "creator_id"]
    assert dict(read[1:]) == cluster_names(found)
    assert pq.read_table(tmp_path / "links.parquet").equals(links)
    assert pq.read_schema(tmp_path / "links.parquet").equals(LINK_SCHEMA)


def test_no_links_are_a_file_of_none(tmp_path: Path) -> None:
    write_resolution(tmp_path, resolution(LINK_SCHEMA.empty_table(), clusters({"a": 0})), header=("id", "entity_id"))
    assert pq.read_table(tmp_path / "links.parquet").equals(LINK_SCHEMA.empty_table())
