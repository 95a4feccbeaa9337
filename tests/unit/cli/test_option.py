"""Settings from the command line and the environment."""

from pathlib import Path

import pytest

from creatorgraph.cli.option import load_settings
from creatorgraph.domain.error import InvalidInputError


def test_command_line_comes_before_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CREATORGRAPH_PORT", "9001")
    monkeypatch.setenv("CREATORGRAPH_HOST", "127.0.0.2")

    settings = load_settings(data_dir=tmp_path / "data", port=9002)

    assert (settings.port, settings.host, settings.data_dir) == (9002, "127.0.0.2", tmp_path / "data")


def test_bad_setting_is_named_and_its_value_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CREATORGRAPH_MATCH_THRESHOLD", "my-secret")

    with pytest.raises(InvalidInputError) as raised:
        load_settings()

    assert raised.value.where == "CREATORGRAPH_MATCH_THRESHOLD"
    assert "my-secret" not in str(raised.value)


def test_bad_option_is_named_as_an_option() -> None:
    with pytest.raises(InvalidInputError) as raised:
        load_settings(match_threshold=2.0)

    assert raised.value.where == "--threshold"
