"""Finished stages outlive a stopped run, and nothing else does."""

import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import Event

import pytest

from creatorgraph.domain.error import InvalidInputError
from creatorgraph.services.work_folder import WorkFolder, fingerprint


def stopped_run(path: Path, inputs: str = "a") -> bytes:
    """A run that finished one stage and was stopped; its key."""
    with suppress(KeyboardInterrupt), WorkFolder(path, inputs=inputs) as work:
        key = work.key
        work.file("table").write_text("rows")
        work.finish("read", [work.file("table")], settings="s", profiles=3)
        raise KeyboardInterrupt
    return key


def test_a_stopped_run_goes_on_with_its_key_and_stages(tmp_path: Path) -> None:
    path = tmp_path / ".work"
    key = stopped_run(path)
    with WorkFolder(path, inputs="a") as work:
        assert work.key == key
        assert work.finished("read", "s") == {"profiles": 3}
        assert work.finished("read", "other settings") is None
        assert work.finished("resolve") is None
        assert work.file("table").read_text() == "rows"


def test_the_key_is_for_the_owner_alone_and_goes_with_the_folder(tmp_path: Path) -> None:
    path = tmp_path / ".work"
    first = stopped_run(path)
    assert first in [file.read_bytes() for file in path.iterdir()]
    assert all(file.stat().st_mode & 0o077 == 0 for file in (path, *path.glob("*key*")))
    with WorkFolder(path, inputs="a"):
        pass
    assert not path.exists()
    with WorkFolder(path, inputs="a") as work:
        assert work.key != first


def test_other_input_starts_anew(tmp_path: Path) -> None:
    path = tmp_path / ".work"
    key = stopped_run(path)
    with WorkFolder(path, inputs="b") as work:
        assert work.key != key
        assert work.finished("read", "s") is None
        assert not work.file("table").exists()


def test_input_at_fault_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / ".work"
    with suppress(InvalidInputError), WorkFolder(path, inputs="a") as work:
        work.file("table").write_text("rows")
        raise InvalidInputError("at fault")
    assert not path.exists()


def test_what_others_keep_in_the_folder_stays(tmp_path: Path) -> None:
    (tmp_path / "theirs.txt").write_text("kept")
    with WorkFolder(tmp_path, inputs="a") as work:
        work.file("table").write_text("rows")
    assert [path.name for path in tmp_path.iterdir()] == ["theirs.txt"]


def test_one_run_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / ".work"
    with WorkFolder(path, inputs="a") as work:
        work.finish("read", [])
        with pytest.raises(InvalidInputError, match="another run"):
            WorkFolder(path, inputs="b")
        assert work.finished("read") == {}
    with WorkFolder(path, inputs="b"):
        pass


def test_a_changed_file_has_another_fingerprint(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_bytes(b"a" * 300_000)
    two.write_bytes(b"b")
    before = fingerprint([one, two])
    assert fingerprint([one, two]) == before != fingerprint([two, one])
    times = one.stat().st_atime_ns, one.stat().st_mtime_ns
    one.write_bytes(b"a" * 299_999 + b"c")
    os.utime(one, ns=times)
    assert fingerprint([one, two]) != before


def test_a_stage_that_is_begun_anew_has_no_mark_and_no_files(tmp_path: Path) -> None:
    with WorkFolder(tmp_path / ".work", inputs="a") as work:
        table = work.file("table")
        table.write_text("rows")
        work.finish("read", [table])
        work.begin("read", [table])
        assert work.finished("read") is None
        assert not table.exists()


def test_who_waits_gets_the_folder_at_the_end_of_the_other_run(tmp_path: Path) -> None:
    path = tmp_path / ".work"
    asked = Event()

    def second() -> bytes:
        asked.set()
        with WorkFolder(path, inputs="b", wait=True) as work:
            return work.key

    with ThreadPoolExecutor(1) as pool:
        with WorkFolder(path, inputs="a") as work:
            waiting = pool.submit(second)
            assert asked.wait(30)
            first = work.key
            assert not waiting.done()
        assert waiting.result(30) != first
    assert not path.exists()


def test_what_a_kill_left_half_written_goes_with_the_folder(tmp_path: Path) -> None:
    path = tmp_path / ".work"
    stopped_run(path)
    (path / ".stage-read.done.part").write_text("{")
    with WorkFolder(path, inputs="a"):
        pass
    assert not path.exists()
