import csv
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from creatorgraph.services.engines import Engines
from creatorgraph.services.export import ExportFormat, export
from tests.integration.services.conftest import ResolvedWorld


def rows(path: Path) -> list[dict[str, object]]:
    if path.suffix == ".csv":
        return list(csv.DictReader(path.read_text().splitlines()))
    if path.suffix == ".jsonl":
        return [json.loads(line) for line in path.read_text().splitlines()]
    table: list[dict[str, object]] = pq.read_table(path).to_pylist()
    return table


@pytest.mark.parametrize("file_format", list(ExportFormat))
def test_every_format_holds_the_same_creators_profiles_and_links(
    resolved: Engines, resolved_world: ResolvedWorld, tmp_path: Path, file_format: ExportFormat
) -> None:
    summary = resolved_world.run
    files = export(resolved, tmp_path / "export", file_format)
    held = {f.path.stem: rows(f.path) for f in files}
    assert {f.path.stem: f.rows for f in files} == {name: len(found) for name, found in held.items()}
    assert len(held["creators"]) == summary.creators
    assert len(held["profiles"]) == summary.profiles == 300
    assert len(held["links"]) == summary.links
    assert {r["creator_id"] for r in held["profiles"]} == {r["creator_id"] for r in held["creators"]}
    assert not list((tmp_path / "export").glob(".*"))
