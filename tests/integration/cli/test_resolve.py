"""`creatorgraph resolve`: as a library, and over what is stored."""

import csv
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import sqlalchemy as sa

from creatorgraph.store.database import Database
from tests.integration.cli.conftest import Cli


def test_library_mode_needs_no_database_and_leaves_only_its_output(
    cli: Cli, profiles: Path, model_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work, cache = tmp_path / "work", tmp_path / "cache" / "creatorgraph"
    work.mkdir()
    cache.mkdir(parents=True)
    (cache / "model").symlink_to(model_folder)
    monkeypatch.chdir(work)
    alone = Cli(
        data_dir=work / ".creatorgraph",
        environment={
            "XDG_CACHE_HOME": str(tmp_path / "cache"),
            # would fail at the first touch
            "CREATORGRAPH_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
        },
    )

    result = alone("resolve", profiles, "--out", "resolved")

    assert result.exit_code == 0, result.output
    summary = json.loads(result.stdout)
    assert summary["profiles"] == 120
    assert sorted(path.name for path in work.iterdir()) == ["resolved"]
    with (work / "resolved" / "clusters.csv").open() as file:
        clusters = {row["profile_id"]: row["creator_id"] for row in csv.DictReader(file)}
    assert len(clusters) == 120
    assert len(set(clusters.values())) == summary["creators"] < 120
    links = pq.read_table(work / "resolved" / "links.parquet")
    assert links.num_rows == summary["links"]
    assert {"left", "right", "probability", "match_weight", "evidence"} <= set(links.column_names)


def test_library_mode_names_a_file_that_cannot_be_read(cli: Cli, tmp_path: Path) -> None:
    result = cli("resolve", tmp_path / "none.jsonl", "--out", tmp_path / "out")

    assert result.exit_code == 2
    assert result.stdout == ""
    assert "none.jsonl" in result.stderr


def test_files_without_a_folder_for_the_result(cli: Cli, profiles: Path) -> None:
    result = cli("resolve", profiles)

    assert result.exit_code == 2
    assert "--out" in result.stderr


def test_threshold_out_of_range_is_named(cli: Cli, profiles: Path, tmp_path: Path) -> None:
    result = cli("resolve", profiles, "--out", tmp_path / "out", "--threshold", "1.5")

    assert result.exit_code == 2
    assert "--threshold" in result.stderr


def test_resolving_twice_changes_nothing(cli: Cli, database: Database, profiles: Path) -> None:
    assert cli("ingest", profiles).exit_code == 0
    first = cli("resolve")
    assert first.exit_code == 0, first.output
    before = _identities(database)
    assert before["identity_event"]

    second = cli("resolve")

    assert second.exit_code == 0
    assert "Nothing has changed" in second.stdout
    assert _identities(database) == before

    forced = cli("resolve", "--force")

    assert forced.exit_code == 0
    assert "Nothing has changed" not in forced.stdout
    assert _identities(database) == before


def test_what_is_stored_reaches_graph_and_index(resolved: Cli) -> None:
    counts = resolved("graph", "counts")
    communities = resolved("graph", "communities", "--minimum-size", "2")

    numbers = dict(line.split() for line in counts.stdout.splitlines()[1:])
    assert numbers["profile"] == numbers["MEMBER_OF"] == "120"
    assert communities.exit_code == 0, communities.output
    assert resolved("graph", "rebuild").stdout == counts.stdout


def test_damaged_index_is_mended_by_a_rebuild(resolved: Cli) -> None:
    for file in (resolved.data_dir / "index" / "profile").iterdir():
        if file.is_file():
            file.write_bytes(b"damaged")

    before = resolved("doctor")
    rebuilt = resolved("index", "rebuild")

    assert before.exit_code == 1
    assert rebuilt.exit_code == 0, rebuilt.output
    assert resolved("doctor").exit_code == 0


@pytest.mark.parametrize("file_format", ["csv", "jsonl", "parquet"])
def test_export_writes_every_file(cli: Cli, profiles: Path, tmp_path: Path, file_format: str) -> None:
    cli("ingest", profiles)

    result = cli("export", "--format", file_format, "--out", tmp_path / "export")

    assert result.exit_code == 0, result.output
    names = sorted(path.name for path in (tmp_path / "export").iterdir())
    assert names == [f"{name}.{file_format}" for name in ("creators", "links", "profiles")]


def _identities(database: Database) -> dict[str, list[tuple[object, ...]]]:
    queries = {
        "identity_event": "SELECT * FROM identity_event ORDER BY sequence",
        "creator": "SELECT creator_id, version, updated_at FROM creator ORDER BY 1",
        "membership": "SELECT * FROM membership ORDER BY 1",
        "link": "SELECT left_id, right_id, probability, updated_at FROM link ORDER BY 1, 2",
        "review_item": "SELECT left_id, right_id, version, updated_at FROM review_item ORDER BY 1, 2",
        "last_message": "SELECT last_value FROM pg_sequences WHERE sequencename = 'outbox_sequence_seq'",
    }
    with database.transaction() as connection:
        return {name: [tuple(row) for row in connection.execute(sa.text(query))] for name, query in queries.items()}
