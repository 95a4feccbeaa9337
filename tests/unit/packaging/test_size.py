"""The sizes that `make run` prints, and the limits that the default install keeps."""

import csv
import hashlib
from pathlib import Path

import pytest

from requirements.lock import FOLDER, read_all
from requirements.size import TABLE, folder_size, measure_lock, measure_wheels, megabytes, read_table


def test_the_default_install_keeps_its_limits() -> None:
    size = measure_lock(FOLDER / "run.txt")
    assert size.on_disk < 1.2e9
    assert size.download < 600e6
    # a figure that counts nothing would keep every limit
    assert size.on_disk > size.download > 300e6


def test_every_wheel_of_the_table_is_one_of_the_lock() -> None:
    hashes = {
        (pin.name, pin.version): pin.hashes for name in ("services.txt", "uv.txt") for _, pin in read_all(FOLDER / name)
    }
    with TABLE.open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows
    for row in rows:
        assert f"sha256:{row['sha256']}" in hashes[row["distribution"], row["version"]], row["distribution"]


def test_nothing_that_is_installed_lacks_a_size() -> None:
    assert measure_lock(FOLDER / "services.txt").unknown == ()


def test_a_missing_size_is_named_not_counted_as_nothing(tmp_path: Path) -> None:
    lock = tmp_path / "lock.txt"
    lock.write_text("nowhere-to-be-found==9.9 --hash=sha256:aa\n")
    size = measure_lock(lock)
    assert size.unknown == ("nowhere-to-be-found",)
    assert "not known: nowhere-to-be-found" in str(size)


def test_wheels_are_measured_by_their_bytes(tmp_path: Path) -> None:
    wheel = tmp_path / "Some_Thing-1.0-py3-none-any.whl"
    wheel.write_bytes(b"x" * 123)
    assert measure_wheels([wheel]) == [("some-thing", "1.0", 123, hashlib.sha256(b"x" * 123).hexdigest())]


def test_folder_size_counts_files_and_follows_no_link(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "file").write_bytes(b"x" * 10)
    (tmp_path / "link").symlink_to(tmp_path / "deep" / "file")
    assert folder_size(tmp_path) == 10


@pytest.mark.parametrize(("count", "text"), [(0, "0 MB"), (1_022_000_000, "1,022 MB"), (499_999, "0 MB")])
def test_megabytes_are_decimal(count: int, text: str) -> None:
    assert megabytes(count) == text


def test_the_table_reads_as_numbers() -> None:
    assert all(size > 0 for size in read_table(TABLE).values())
