"""What the launcher writes down."""

import stat
from pathlib import Path

import pytest

from creatorgraph.graph.neo4j.local.state import ServerState, read_password, read_state, write_state


def test_state_survives_writing(tmp_path: Path) -> None:
    state = ServerState(pid=1, started=2, port=3)
    write_state(tmp_path, state)
    assert read_state(tmp_path) == state
    assert state.url == "bolt://127.0.0.1:3"


@pytest.mark.parametrize("text", ["", "{", "[]", '{"pid": 1}'])
def test_torn_state_counts_as_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "state.json").write_text(text)
    assert read_state(tmp_path) is None


def test_the_password_is_random_lasting_and_private(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    password = read_password(tmp_path)
    assert password == read_password(tmp_path) != read_password(tmp_path / "other")
    assert stat.S_IMODE((tmp_path / "password").stat().st_mode) == 0o600
