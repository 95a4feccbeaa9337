"""Files through `creatorgraph ingest`: what is bad is named and kept, what is good goes in, nothing happens twice."""

import logging
import os
from pathlib import Path

import orjson
import pytest
import sqlalchemy as sa
from typer.testing import Result

from creatorgraph.store.database import Database
from tests.integration.cli.conftest import Cli

GOOD = b'{"profile_id": "good", "platform": "instagram", "username": "maya.cooks", "bio": "Food"}\n'


def stored(database: Database) -> list[str]:
    with database.transaction() as connection:
        return list(connection.scalars(sa.text("SELECT profile_id FROM profile ORDER BY 1")))


def rejects(cli: Cli) -> list[dict[str, object]]:
    files = list((cli.data_dir / "rejects").glob("*.jsonl"))
    return [orjson.loads(line) for file in files for line in file.read_bytes().splitlines()]


def write(cli: Cli, content: bytes, name: str = "input.jsonl") -> Path:
    path = cli.data_dir.parent / name
    path.write_bytes(content)
    return path


def assert_no_trace(result: Result) -> None:
    assert "Traceback" not in result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)


@pytest.mark.parametrize(
    ("bad", "line", "reason"),
    [
        pytest.param(b'{"profile_id": "torn", "platform": "x", "usern', 2, "torn_line", id="torn last line"),
        pytest.param(b'{"profile_id": oops}\n' + GOOD, 2, "invalid_json", id="no JSON"),
        pytest.param(
            b'{"profile_id": "big", "platform": "x", "bio": "' + b"a" * 10_000_000 + b'"}\n',
            2,
            "field_too_large",
            id="10 MB in one field",
        ),
        pytest.param(b'{"profile_id": "\xff\xfe", "platform": "x"}\n', 2, "invalid_utf8", id="invalid UTF-8"),
        pytest.param(
            b'{"profile_id": "good", "platform": "x", "username": "another"}\n',
            2,
            "duplicate_profile_id",
            id="two records of one id",
        ),
    ],
)
def test_bad_line_is_kept_with_its_reason_and_the_rest_goes_in(
    cli: Cli, database: Database, bad: bytes, line: int, reason: str
) -> None:
    result = cli("ingest", write(cli, GOOD + bad))

    assert_no_trace(result)
    assert result.exit_code == 0
    assert stored(database) == ["good"]
    (kept,) = rejects(cli)
    assert (kept["line"], kept["reason"]) == (line, reason)
    assert "1 record of input.jsonl was not used" in result.stderr


def test_csv_with_a_row_of_wrong_columns(cli: Cli, database: Database) -> None:
    path = write(cli, b"profile_id,platform,username\ngood,x,maya\nbad,x\n", "input.csv")
    result = cli("ingest", path)

    assert result.exit_code == 0
    assert stored(database) == ["good"]
    assert [r["reason"] for r in rejects(cli)] == ["wrong_cell_count"]


def test_csv_without_the_needed_columns_says_which(cli: Cli, database: Database) -> None:
    result = cli("ingest", write(cli, b"name,handle\nMaya,maya\n", "input.csv"))

    assert_no_trace(result)
    assert result.exit_code == 2
    assert "profile_id" in result.stderr
    assert "input.csv" in result.stderr
    assert stored(database) == []


def test_empty_file(cli: Cli, database: Database) -> None:
    result = cli("ingest", write(cli, b""))

    assert_no_trace(result)
    assert result.exit_code == 2
    assert "empty" in result.stderr
    assert stored(database) == []


def test_missing_file(cli: Cli) -> None:
    result = cli("ingest", cli.data_dir / "nowhere.jsonl")

    assert_no_trace(result)
    assert result.exit_code == 2
    assert "nowhere.jsonl" in result.stderr


def test_files_after_a_faulty_one_go_in_and_the_fault_is_told_at_the_end(cli: Cli, database: Database) -> None:
    files = [write(cli, b"", "empty.csv"), write(cli, GOOD, "good.jsonl"), write(cli, b"[1]", "array.json")]
    result = cli("ingest", *files)

    assert_no_trace(result)
    assert result.exit_code == 2
    assert stored(database) == ["good"]
    assert "good.jsonl" in result.stdout
    assert "the file is empty" in result.stderr
    assert "empty.csv" in result.stderr


def test_what_was_dropped_is_counted_and_named_where_asked(cli: Cli, caplog: pytest.LogCaptureFixture) -> None:
    noted = b'{"profile_id": "a", "platform": "x", "username": "al", "followers": "many", "email": "none"}\n'
    with caplog.at_level(logging.INFO, "creatorgraph.services.ingest"):
        result = cli("ingest", write(cli, noted + GOOD), "--verbose")

    assert result.exit_code == 0
    assert "2 values of input.jsonl were dropped or changed" in result.stderr
    assert [record.getMessage() for record in caplog.records if record.name == "creatorgraph.services.ingest"] == [
        "input.jsonl:1: email is not a valid address",
        "input.jsonl:1: followers is not a number; it was dropped",
    ]


def test_names_that_are_no_text_and_folders_are_refused(cli: Cli, database: Database) -> None:
    good, latin = write(cli, GOOD), cli.data_dir.parent / os.fsdecode(b"caf\xe9.csv")
    latin.write_bytes(b"profile_id,platform\na,x\n")
    process = cli.start("ingest", latin)
    said = process.communicate()[1]
    assert (process.returncode, r"caf\xe9.csv" in said, "Rename it" in said) == (2, True, True)
    process = cli.start("ingest", good, "--source", os.fsdecode(b"caf\xe9"))
    assert ("not UTF-8" in process.communicate()[1], process.returncode) == (True, 2)
    folder = cli("ingest", cli.data_dir)
    assert (folder.exit_code, "this is a folder" in folder.stderr) == (2, True)
    assert stored(database) == []


def test_nothing_usable_exits_2(cli: Cli, database: Database) -> None:
    result = cli("ingest", write(cli, b'{"platform": "x"}\n{"profile_id": "a"}\n'))

    assert result.exit_code == 2
    assert "Nothing could be used" in result.stderr
    assert [r["reason"] for r in rejects(cli)] == ["missing_profile_id", "missing_platform"]


def test_nul_emoji_and_credentials_do_no_harm(cli: Cli, database: Database) -> None:
    lines = [
        {"profile_id": "nul", "platform": "x", "username": "maya", "bio": "before\x00after"},
        {"profile_id": "emoji", "platform": "instagram", "username": "🍓🍓🍓", "display_name": "🍓"},
        {"profile_id": "secret", "platform": "x", "username": "kim", "website": "https://kim:hunter2@kim.example/me"},
    ]
    result = cli("ingest", write(cli, b"".join(orjson.dumps(each) + b"\n" for each in lines)))

    assert_no_trace(result)
    assert result.exit_code == 0
    assert stored(database) == ["emoji", "nul", "secret"]
    with database.transaction() as connection:
        everything = "\n".join(
            text
            for table in ("profile", "identifier", "raw_payload", "reject", "outbox")
            for text in connection.scalars(sa.text(f"SELECT t::text FROM {table} t"))  # noqa: S608 - fixed names
        )
    assert "hunter2" not in everything
    assert "hunter2" not in result.output


def test_same_file_again_changes_nothing(cli: Cli, database: Database, profiles: Path) -> None:
    assert cli("ingest", profiles).exit_code == 0
    before = _contents(database)

    again = cli("ingest", profiles)

    assert again.exit_code == 0
    assert "seen before" in again.stdout
    assert _contents(database) == before


def test_same_records_of_another_file_change_nothing_but_when_they_were_seen(
    cli: Cli, database: Database, profiles: Path
) -> None:
    assert cli("ingest", profiles, "--source", "feed").exit_code == 0
    before = _contents(database)
    shuffled = write(cli, b"".join(reversed(profiles.read_bytes().splitlines(keepends=True))), "shuffled.jsonl")

    result = cli("ingest", shuffled, "--source", "feed")

    assert result.exit_code == 0
    assert _contents(database) == before


def test_changed_record_is_one_change(cli: Cli, database: Database) -> None:
    cli("ingest", write(cli, GOOD), "--source", "feed")
    result = cli("ingest", write(cli, GOOD.replace(b"Food", b"Travel"), "later.jsonl"), "--source", "feed")

    assert result.exit_code == 0
    with database.transaction() as connection:
        assert connection.scalar(sa.text("SELECT bio FROM profile")) == "Travel"
        assert connection.scalar(sa.text("SELECT changed FROM ingest_run ORDER BY run_id DESC LIMIT 1")) == 1


def _contents(database: Database) -> dict[str, list[tuple[object, ...]]]:
    queries = {
        "profile": "SELECT profile_id, row_id, digest, first_seen_at, changed_at FROM profile ORDER BY 1",
        "identifier": "SELECT identifier_id, kind, value FROM identifier ORDER BY 1",
        "payload": "SELECT profile_id, payload::text, received_at FROM raw_payload ORDER BY 1",
        "outbox": "SELECT sequence, topic, payload::text FROM outbox ORDER BY 1",
    }
    with database.transaction() as connection:
        return {name: [tuple(row) for row in connection.execute(sa.text(query))] for name, query in queries.items()}


def test_who_comes_after_a_run_is_resolved_at_once_where_asked(
    cli: Cli, database: Database, profiles: Path, tmp_path: Path
) -> None:
    lines = profiles.read_bytes().splitlines(keepends=True)
    first, late = write(cli, b"".join(lines[:-10]), "first.jsonl"), write(cli, b"".join(lines[-10:]), "late.jsonl")
    early = cli("ingest", first, "--resolve")
    assert "wait for a run over everything" in early.output
    assert cli("resolve").exit_code == 0
    result = cli("ingest", late, "--resolve")
    assert result.exit_code == 0, result.output
    assert "10 profiles were resolved" in result.output
    assert_no_trace(result)
    with database.transaction() as connection:
        assert connection.scalar(sa.text("SELECT count(*) FROM membership")) == len(lines)
