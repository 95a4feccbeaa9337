"""Labelled sets are found by what lies in their folders."""

from pathlib import Path

import pytest

from benchmarks.accuracy import labelled
from benchmarks.accuracy.labelled import LabelledSet, labelled_sets, read_records, write_records


@pytest.fixture(autouse=True)
def small_world(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(labelled, "WORLD", 50)


def lay_out(folder: Path) -> Path:
    people = [
        {
            "profile_id": name,
            "platform": "x",
            "username": name,
            "display_name": "A B",
            "links": ["one.test"],
            "website": "w",
        }
        for name in "ab"
    ]
    for name in ("First-Set", "without labels"):
        (folder / name).mkdir(parents=True)
        write_records(folder / name / "profiles.jsonl", people)
    write_records(folder / "First-Set" / "profiles_bare.jsonl", [person | {"display_name": None} for person in people])
    (folder / "First-Set" / "truth.csv").write_text("profile_id,entity_id,note\na,1,\nb,1,said\n")
    (folder / "First-Set" / "ignore_pairs.csv").write_text("one,other,why\na,b,unknown\n")
    (folder / "First-Set" / "some_page_links.csv").write_text("profile_id,url\na,two.test\na,three.test\n")
    return folder


def found(folder: Path | None, work: Path) -> dict[str, LabelledSet]:
    return {one.name: one for one in labelled_sets(folder, work)}


def test_files_with_labels_beside_them_and_their_variants(tmp_path: Path) -> None:
    sets = found(lay_out(tmp_path / "data"), tmp_path / "work")
    assert [name for name in sets if name.startswith("first")] == [
        "first_set",
        "first_set_names_alone",
        "first_set_no_usernames",
        "first_set_page_links",
        "first_set_bare",
    ]
    assert sets["first_set_bare"].truth == {"a": "1", "b": "1"}
    assert sets["first_set"].ignored == sets["first_set_names_alone"].ignored == (("a", "b"),)
    assert sets["first_set"].true_pairs is None
    assert not any("without" in name or name == "sample" for name in sets)


def test_variants_change_what_their_name_says(tmp_path: Path) -> None:
    sets = found(lay_out(tmp_path / "data"), tmp_path / "work")
    first, _ = read_records(sets["first_set_names_alone"].profiles)
    assert (first["username"], first["website"], first["links"], first["display_name"]) == (None, None, [], "A B")
    first, _ = read_records(sets["first_set_no_usernames"].profiles)
    assert (first["username"], first["website"], first["links"]) == (None, "w", ["one.test"])
    first, second = read_records(sets["first_set_page_links"].profiles)
    assert (first["links"], second["links"]) == (["one.test", "two.test", "three.test"], ["one.test"])


def test_without_a_folder_there_are_the_sample_and_a_world(tmp_path: Path) -> None:
    sets = found(None, tmp_path)
    assert {"sample", "sample_names_alone", "synthetic", "synthetic_no_usernames"} <= set(sets)
    assert len(read_records(sets["synthetic"].profiles)) == 50
    assert {record["profile_id"] for record in read_records(sets["sample"].profiles)} == set(sets["sample"].truth)
