"""Commands that print or write what the package itself knows."""

from pathlib import Path

from creatorgraph.graphql.schema import sdl
from creatorgraph.resolution.signals import SIGNALS
from creatorgraph.resolution.signals.page import signal_page
from tests.integration.cli.conftest import Cli


def test_schema_is_printed_and_written_alike(tmp_path: Path) -> None:
    cli = Cli(data_dir=tmp_path, environment={})

    printed = cli("schema")
    written = cli("schema", "--out", tmp_path / "schema.graphql")

    assert printed.exit_code == written.exit_code == 0
    assert printed.stdout == (tmp_path / "schema.graphql").read_text() == f"{sdl().rstrip()}\n"


def test_the_page_of_signals_is_printed_and_written_alike(tmp_path: Path) -> None:
    cli = Cli(data_dir=tmp_path, environment={})

    printed = cli("signals")
    written = cli("signals", "--out", tmp_path / "signals.md")

    assert printed.exit_code == written.exit_code == 0
    assert printed.stdout == (tmp_path / "signals.md").read_text() == f"{signal_page(SIGNALS).rstrip()}\n"


def test_synth_writes_profiles_and_truth(tmp_path: Path) -> None:
    cli = Cli(data_dir=tmp_path, environment={})

    results = [
        cli("synth", "150", "--out", tmp_path / name, "--seed", seed) for name, seed in (("a", 3), ("b", 3), ("c", 4))
    ]

    assert [result.exit_code for result in results] == [0, 0, 0]
    files = [(tmp_path / name / "profiles.jsonl").read_bytes() for name in "abc"]
    assert files[0] == files[1] != files[2]
    assert all(len(file.splitlines()) == 150 for file in files)
    assert len((tmp_path / "a" / "truth.csv").read_text().splitlines()) == 151


def test_synth_writes_people_whom_lists_name(tmp_path: Path) -> None:
    result = Cli(data_dir=tmp_path, environment={})("synth", "90", "--kind", "people", "--out", tmp_path / "people")

    assert result.exit_code == 0
    text = (tmp_path / "people" / "profiles.jsonl").read_text(encoding="utf-8")
    assert len(text.splitlines()) == 90
    assert '"username"' not in text
    assert (tmp_path / "people" / "truth.csv").read_text().startswith("profile_id,entity_id,list\n")
