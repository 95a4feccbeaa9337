"""`creatorgraph resolve`: what its options refuse before any work."""

from importlib.util import find_spec
from pathlib import Path

import pytest
from typer.testing import CliRunner

from creatorgraph.cli import app


def refused(*arguments: str) -> tuple[int, str]:
    found = CliRunner().invoke(app, ["resolve", *arguments])
    return found.exit_code, " ".join(found.stderr.split())


@pytest.fixture
def profiles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "profiles.jsonl"
    path.write_text('{"profile_id": "a", "platform": "instagram", "username": "maya"}\n')
    return str(path)


def test_an_engine_that_there_is_not(profiles: str) -> None:
    code, said = refused(profiles, "--out", "out", "--engine", "hadoop")
    assert code == 2
    assert "--engine" in said


def test_a_worker_has_its_own_engine() -> None:
    code, said = refused("--queue", "--engine", "spark")
    assert code == 2
    assert "CREATORGRAPH_SCORING_ENGINE" in said


@pytest.mark.skipif(find_spec("pyspark") is not None, reason="the extra spark is installed")
def test_spark_that_is_not_installed_is_said_before_any_work(profiles: str, tmp_path: Path) -> None:
    code, said = refused(profiles, "--out", "out", "--engine", "spark")
    assert code == 3
    assert "creatorgraph[spark]" in said
    assert not (tmp_path / "out").exists()


def test_a_model_is_of_a_former_run(profiles: str, tmp_path: Path) -> None:
    code, said = refused(profiles, "--out", "out", "--model", "none.json")
    assert code == 2
    assert "none.json" in said
    assert "model.json of a former run" in said
    assert not (tmp_path / "out").exists()


def test_records_and_workers_train_anew(profiles: str) -> None:
    code, said = refused(profiles, "--out", "out", "--model", "m.json", "--columns", "c.toml")
    assert (code, "always trained anew" in said) == (2, True)
    code, said = refused("--queue", "--model", "m.json")
    assert (code, "always trains anew" in said) == (2, True)


def test_force_is_for_what_is_stored_here(profiles: str) -> None:
    code, said = refused(profiles, "--out", "out", "--force")
    assert (code, "files are always resolved" in said) == (2, True)
    code, said = refused("--queue", "--force")
    assert (code, "Leave --queue out" in said) == (2, True)
