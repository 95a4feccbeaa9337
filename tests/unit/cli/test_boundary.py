"""Errors become a few lines and an exit code."""

import errno
import stat
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from creatorgraph.cli.boundary import BoundedGroup
from creatorgraph.cli.place import remember_data_dir
from creatorgraph.domain.error import (
    BusyError,
    CapabilityError,
    DamagedError,
    InvalidInputError,
    NotFoundError,
    UnavailableError,
)


def run(error: BaseException) -> Result:
    app = typer.Typer(cls=BoundedGroup, pretty_exceptions_enable=False, rich_markup_mode=None)

    @app.command()
    def fail() -> None:
        raise error

    @app.command()
    def other() -> None:
        """A second command, so that the first has a name."""

    return CliRunner().invoke(app, ["fail"])


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (InvalidInputError("it is bad", where="here.csv:3", mend="Do this."), 2),
        (NotFoundError("it is bad", where="here.csv:3", mend="Do this."), 2),
        (CapabilityError("it is bad", where="here.csv:3", mend="Do this."), 2),
        (UnavailableError("it is bad", where="here.csv:3", mend="Do this."), 3),
        (BusyError("it is bad", where="here.csv:3", mend="Do this."), 3),
        (DamagedError("it is bad", where="here.csv:3", mend="Do this."), 3),
    ],
)
def test_our_errors_say_what_where_and_how_to_mend(error: BaseException, code: int) -> None:
    result = run(error)

    assert result.exit_code == code
    assert result.stdout == ""
    assert result.stderr.splitlines() == ["error: it is bad.", "where: here.csv:3", "mend:  Do this."]


def test_interrupt_says_that_it_can_go_on() -> None:
    result = run(KeyboardInterrupt())

    assert result.exit_code == 130
    assert "run the same command again" in result.stderr


def test_full_disk_is_no_bug() -> None:
    result = run(OSError(errno.ENOSPC, "No space left on device", "/data/links.parquet"))

    assert result.exit_code == 3
    assert "no space left on device" in result.stderr
    assert "/data/links.parquet" in result.stderr


def test_unexpected_error_leaves_its_trace_in_a_private_file(tmp_path: Path) -> None:
    remember_data_dir(tmp_path)

    result = run(ZeroDivisionError("the secret value 42"))

    (trace,) = (tmp_path / "log").iterdir()
    assert result.exit_code == 1
    assert str(trace) in result.stderr
    assert "Traceback" not in result.output
    assert "secret" not in result.output
    assert "ZeroDivisionError: the secret value 42" in trace.read_text()
    assert stat.S_IMODE(trace.stat().st_mode) == 0o600


def test_error_makes_no_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    remember_data_dir(tmp_path / "none")

    result = run(ZeroDivisionError())

    assert not (tmp_path / "none").exists()
    assert str(tmp_path / "cache" / "creatorgraph" / "log") in result.stderr


def test_exit_codes_of_commands_pass() -> None:
    assert run(typer.Exit(7)).exit_code == 7
