import gzip
from pathlib import Path

import pytest

from creatorgraph.domain.error import InvalidInputError
from creatorgraph.services.label_file import read_pairs, read_truth, slice_columns


def write(folder: Path, text: str, name: str = "labels.csv") -> Path:
    path = folder / name
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())
    return path


@pytest.mark.parametrize("name", ["truth.csv", "truth.csv.gz"])
def test_truth_of_a_file_and_of_a_packed_one(tmp_path: Path, name: str) -> None:
    path = write(tmp_path, "\ufeffentity_id,profile_id,note\ne1,a,x\ne1,b,\ne2,c,\n", name)
    assert read_truth(path) == {"a": "e1", "b": "e1", "c": "e2"}


def test_pairs_have_one_spelling_and_their_other_columns(tmp_path: Path) -> None:
    path = write(tmp_path, "profile_id_l,profile_id_r,entity_id,name\nb,a,e1,same\nc,d,e2,\n")
    pairs = read_pairs(path)
    assert pairs == {("a", "b"): {"name": "same"}, ("c", "d"): {"name": ""}}
    assert slice_columns(pairs) == {"name": {("a", "b"): "same", ("c", "d"): "none"}}


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("profile_id,entity_id\n", "labels.csv"),
        ("", "labels.csv:1"),
        ("profile,entity_id\na,1\n", "labels.csv:1"),
        ("profile_id,entity_id\na,1\nb,\n", "labels.csv:3"),
        ("profile_id,entity_id\na,1\na,2\n", "labels.csv:3"),
        ("profile_id,entity_id\na,1,2,3\n", "labels.csv:2"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(tmp_path: Path, text: str, where: str) -> None:
    with pytest.raises(InvalidInputError) as caught:
        read_truth(write(tmp_path, text))
    assert str(caught.value.where).endswith(where)
    assert caught.value.mend


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "bytes.csv").write_bytes(b"profile_id,entity_id\n\xff\xfe,1\n")
    (tmp_path / "packed.csv.gz").write_bytes(b"no gzip")
    (tmp_path / "damaged.csv.gz").write_bytes(gzip.compress(b"")[:10] + b"\xff" * 64)
    (tmp_path / "torn.csv.gz").write_bytes(gzip.compress(b"profile_id,entity_id\na,1\n")[:-8])
    for name in ("bytes.csv", "packed.csv.gz", "damaged.csv.gz", "torn.csv.gz", "none.csv"):
        with pytest.raises(InvalidInputError) as caught:
            read_truth(tmp_path / name)
        assert name in str(caught.value.where)
