"""A save that is killed at any moment, or finds no room, leaves an index that opens and serves."""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

_PROGRAM = Path(__file__).with_name("index_crash.py")
_OWN_MOUNT = ("unshare", "--mount", "--propagation", "private", "sh", "-c")


@pytest.fixture
def crash() -> ModuleType:
    specification = importlib.util.spec_from_file_location("index_crash", _PROGRAM)
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def _run(*command: str) -> Any:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_killed_at_each_moment_of_a_save_it_holds_the_old_state_or_the_new(tmp_path: Path, crash: ModuleType) -> None:
    last, status = _run(sys.executable, str(_PROGRAM), "kill", str(tmp_path))
    assert status == 0, "the save that was not killed ended well"
    killed = sorted(tmp_path.glob("killed-*"))
    assert len(killed) > 10
    states = []
    for folder in killed:
        digests = crash.open_index(folder).digests()
        assert digests in (crash.OLD, crash.NEW), folder.name
        states.append(digests == crash.NEW)
    assert states == sorted(states), "once the new state is there, it stays"
    assert not states[0]
    assert states[-1]
    assert killed[-1].name == last


def test_after_a_kill_the_next_save_clears_what_was_left(tmp_path: Path, crash: ModuleType) -> None:
    _run(sys.executable, str(_PROGRAM), "kill", str(tmp_path))
    for folder in sorted(tmp_path.glob("killed-*")):
        index = crash.open_index(folder)
        crash.change(index)
        index.upsert(["id500"], ["last"], crash.vectors_of(["id500"], "last"))
        index.save()
        again = crash.open_index(folder)
        assert again.digests() == crash.NEW | {"id500": "last"}
        assert again.search(crash.vectors_of(["id21"], "new"), 1)[0][0].id == "id21"
        assert not list(folder.glob(".*"))


def _check_tries(tries: list[dict[str, Any]], folder: Path, at_least: int) -> None:
    *failed, good = tries
    assert len(failed) >= at_least
    for each in failed:
        assert str(folder / "base") in each["error"]
        assert each["seen"] == "old", "the saved index still opens and serves"
        assert each["serves"], "and so does the one in memory"
        assert each["left"] == []
    assert good == {"error": None, "left": [], "serves": True, "seen": True}


def test_a_file_that_cannot_grow_leaves_the_old_index(tmp_path: Path) -> None:
    _check_tries(_run(sys.executable, str(_PROGRAM), "limit", str(tmp_path)), tmp_path, at_least=10)


def test_a_full_disk_leaves_the_old_index(tmp_path: Path) -> None:
    mount = f"mount -t tmpfs -o size=512k none '{tmp_path}'"
    if subprocess.run([*_OWN_MOUNT, mount], capture_output=True, check=False).returncode:
        pytest.skip(
            "no right to mount a small file system; test_a_file_that_cannot_grow has the same error from another limit"
        )
    command = f"{mount} && exec '{sys.executable}' '{_PROGRAM}' full '{tmp_path}'"
    _check_tries(_run(*_OWN_MOUNT, command), tmp_path, at_least=3)
