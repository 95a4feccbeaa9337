"""Labelled sets are found by what lies in their folders."""

from pathlib import Path

import pytest

from benchmarks import resolution
from benchmarks.truth import read_ignored, read_truth

RECORD = '{"profile_id": "a", "platform": "x", "username": "a"}\n'


def lay_out(folder: Path) -> None:
    for name in ("First-Set", "without labels"):
        (folder / name).mkdir()
        (folder / name / "profiles.jsonl").write_text(RECORD)
    (folder / "First-Set" / "profiles_short.jsonl").write_text(RECORD)
    (folder / "First-Set" / "truth.csv").write_text("profile_id,entity_id,note\na,1,\nb,1,said\n")
    (folder / "First-Set" / "ignore_pairs.csv").write_text("one,other,why\na,b,unknown\n")


def test_files_with_labels_beside_them_are_found(tmp_path: Path) -> None:
    lay_out(tmp_path)
    found = resolution.labelled_files(tmp_path)
    assert list(found) == ["resolution.first_set.profiles", "resolution.first_set.profiles_short"]


def test_the_folder_is_named_by_a_variable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lay_out(tmp_path)
    monkeypatch.setenv(resolution.DATA_VARIABLE, str(tmp_path))
    names = [benchmark.names for benchmark in resolution.labelled_benchmarks()]
    assert [len(each) for each in names] == [len(resolution.FIGURES)] * 2
    assert "resolution.first_set.profiles_short.f1" in names[1]


def test_without_the_variable_there_is_only_the_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(resolution.DATA_VARIABLE, raising=False)
    assert resolution.labelled_benchmarks() == ()


def test_labels_and_pairs_of_unknown_truth_are_read(tmp_path: Path) -> None:
    lay_out(tmp_path)
    assert read_truth(tmp_path / "First-Set" / "truth.csv") == {"a": "1", "b": "1"}
    assert read_ignored(tmp_path / "First-Set" / "ignore_pairs.csv") == [("a", "b")]
    assert read_ignored(tmp_path / "First-Set" / "absent.csv") == []
