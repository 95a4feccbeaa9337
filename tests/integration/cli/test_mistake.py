"""What somebody typed wrong is told as theirs to mend, never as a fault of creatorgraph."""

import pytest

from tests.integration.cli.conftest import Cli


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("signals", "--out", "{folder}/no/such/x.md"), "no such file or directory"),
        (("schema", "--out", "{folder}/nodir/x"), "no such file or directory"),
        (("openapi", "--out", "{folder}/nodir/x"), "no such file or directory"),
        (("synth", "5", "--out", "{folder}/afile"), "file exists"),
        (("resolve", "{folder}/afile", "--out", "{folder}/afile"), "file exists"),
        (("ingest", "{folder}/" + "n" * 300), "file name too long"),
        (("erase", "creator", "abc", "--yes"), "this is no creator's id"),
        (("identity", "explain", "abc"), "this is no creator's id"),
        (("ingest", "{folder}/afile", "--data-dir", "{folder}/afile"), "the data folder is a file"),
        (("resolve", "{folder}", "--out", "{folder}/out"), "this is a folder"),
        (("evaluate", "{folder}/afile", "--truth", "{folder}", "--report", "{folder}/r.html"), "this is a folder"),
    ],
    ids=lambda value: " ".join(value)[:40] if isinstance(value, tuple) else None,
)
def test_a_mistake_is_told_with_what_to_do(cli: Cli, arguments: tuple[str, ...], said: str) -> None:
    folder = cli.data_dir.parent
    (folder / "afile").write_text("profile_id,platform\na,x\n")
    result = cli(*(argument.format(folder=folder) for argument in arguments))

    assert said in result.stderr.lower(), result.output
    assert "fault of creatorgraph" not in result.stderr
    assert "mend:" in result.stderr
    assert result.exit_code == 2


def test_files_that_are_not_there_are_told_before_anything_is_made(cli: Cli) -> None:
    folder = cli.data_dir.parent
    (folder / "there.csv").write_text("profile_id,platform\na,x\n")
    missing = folder / "missing.csv"
    for arguments in (
        ("ingest", folder / "there.csv", missing, "--data-dir", folder / "new"),
        ("resolve", missing, "--out", folder / "new"),
        ("evaluate", folder / "there.csv", "--truth", missing, "--report", folder / "new"),
    ):
        result = cli(*arguments)

        assert "there is no such file" in result.stderr, result.output
        assert str(missing) in result.stderr
        assert result.exit_code == 2
        assert not (folder / "new").exists()


def test_a_data_folder_below_a_file_is_told_without_a_log(cli: Cli) -> None:
    """The embedded server: it never ran, so it has no log."""
    (cli.data_dir.parent / "afile").write_text("")
    environment = {name: value for name, value in cli.environment.items() if name != "CREATORGRAPH_DATABASE_URL"}
    alone = Cli(data_dir=cli.data_dir, environment=environment)
    result = alone("identity", "replay", "--data-dir", cli.data_dir.parent / "afile" / "inner")

    assert "not a directory" in result.stderr, result.output
    assert "log" not in result.stderr
    assert result.exit_code == 2
