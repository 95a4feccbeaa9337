"""Files to one table: what one process makes of them, whatever the number of processes, duplicates and bad lines."""

from collections.abc import Sequence
from pathlib import Path

import orjson
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from creatorgraph.domain.error import InvalidInputError
from creatorgraph.ingest.batch import parse_file
from creatorgraph.ingest.contact import ContactHasher
from creatorgraph.resolution.profile_table import PROFILE_SCHEMA, to_table
from creatorgraph.services import parse_pool
from creatorgraph.services.profile_spool import Spooled, open_spool, spool_profiles
from creatorgraph.synth.world import write_world

KEY = b"a key that is only for tests 0123"
Record = dict[str, object]


def write(path: Path, records: Sequence[Record]) -> Path:
    path.write_bytes(b"".join(orjson.dumps(record) + b"\n" for record in records))
    return path


def spool(folder: Path, paths: Sequence[Path], threads: int = 1) -> tuple[pa.Table, list[dict[str, object]], Spooled]:
    folder.mkdir(exist_ok=True)
    table, rejects = folder / "profiles.arrow", folder / "rejects.jsonl"
    counts = spool_profiles(paths, table, rejects, key=KEY, threads=threads)
    return open_spool(table), [orjson.loads(line) for line in rejects.read_bytes().splitlines()], counts


def in_one_process(paths: Sequence[Path]) -> tuple[pa.Table, list[tuple[object, ...]]]:
    """The rows and the refusals as ingest has them."""
    hasher = ContactHasher(KEY)
    batches = [(path, batch) for path in paths for batch in parse_file(path, hasher=hasher)]
    table = to_table(
        [parsed.profile for _, batch in batches for _, parsed in batch.parsed], local_hash=hasher.local_value
    )
    refused: list[tuple[object, ...]] = [
        (path.name, each.line, each.reason.value, each.field, each.detail, each.payload)
        for path, batch in batches
        for each in batch.rejects
    ]
    return table, refused


def shown(rejects: Sequence[dict[str, object]]) -> list[tuple[object, ...]]:
    return [tuple(each[name] for name in ("file", "line", "reason", "field", "detail", "payload")) for each in rejects]


@pytest.mark.parametrize("small", [1 << 30, 0], ids=["in this process", "in others"])
def test_rows_and_refusals_are_those_of_ingest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small: int) -> None:
    monkeypatch.setattr(parse_pool, "SMALL_BYTES", small)
    world = write_world(tmp_path / "world", 400, 3).profiles
    lines = world.read_bytes().splitlines(keepends=True)
    first = tmp_path / "first.jsonl"
    first.write_bytes(
        b"".join(lines[:150]) + b'{"torn": \n{"username": "nobody", "email": "mara@studio.example"}\n' + lines[7]
        # other content for a known id
        + orjson.dumps({**orjson.loads(lines[9]), "bio": "mara@studio.example"}) + b"\n" + b"".join(lines[150:300])
    )  # fmt: skip
    second = tmp_path / "second.parquet"
    pq.write_table(pa.Table.from_pylist([orjson.loads(line) for line in lines[300:]]), second)

    table, rejects, counts = spool(tmp_path / "spool", [first, second], threads=2)

    expected, refused = in_one_process([first, second])
    assert table.combine_chunks().equals(expected)
    assert table.schema == PROFILE_SCHEMA
    assert shown(rejects) == refused
    assert [each["line"] for each in rejects] == [151, 152, 154]
    assert "mara@" not in str(rejects)
    assert counts == Spooled(profiles=400, rejected=3)
    assert sorted(path.name for path in (tmp_path / "spool").iterdir()) == ["profiles.arrow", "rejects.jsonl"]
    assert all(path.stat().st_mode & 0o077 == 0 for path in (tmp_path / "spool").iterdir())


def test_an_id_in_two_files_is_refused_with_its_line(tmp_path: Path) -> None:
    other: Record = {"profile_id": "q", "platform": "x"}
    record: Record = {"profile_id": "p", "platform": "x"}
    paths = [write(tmp_path / "one.jsonl", [record]), write(tmp_path / "two.jsonl", [other, record])]
    with pytest.raises(InvalidInputError, match=r"two\.jsonl:2.*is in one\.jsonl too"):
        spool(tmp_path / "spool", paths)


def test_a_missing_file_is_named_before_any_work(tmp_path: Path) -> None:
    path = write(tmp_path / "one.jsonl", [{"profile_id": "p", "platform": "x"}])
    with pytest.raises(InvalidInputError, match=r"none\.jsonl"):
        spool(tmp_path / "spool", [path, tmp_path / "none.jsonl"])
    assert list((tmp_path / "spool").iterdir()) == []


def test_progress_is_told_in_bytes(tmp_path: Path) -> None:
    class Listener:
        def __init__(self) -> None:
            self.stages: list[tuple[str, int | None]] = []
            self.steps = 0

        def stage(self, name: str, total: int | None = None) -> None:
            self.stages.append((name, total))

        def advance(self, steps: int = 1) -> None:
            self.steps += steps

    listener = Listener()
    path = write(tmp_path / "one.jsonl", [{"profile_id": str(n), "platform": "x"} for n in range(50)])
    spool_profiles([path], tmp_path / "t.arrow", tmp_path / "r.jsonl", key=KEY, progress=listener)
    assert listener.stages[0] == ("Reading one.jsonl", path.stat().st_size)
    assert listener.steps == path.stat().st_size


@settings(max_examples=25, deadline=None)
@given(numbers=st.lists(st.integers(0, 12), min_size=1, max_size=30))
def test_repeats_are_found_as_ingest_finds_them(tmp_path_factory: pytest.TempPathFactory, numbers: list[int]) -> None:
    folder = tmp_path_factory.mktemp("repeats")
    records: list[Record] = [
        {"profile_id": str(n // 3), "platform": "x", "bio": str(n)} if n else {"bio": "nothing"} for n in numbers
    ]
    path = write(folder / "a.jsonl", records)
    table, rejects, counts = spool(folder / "spool", [path])
    expected, refused = in_one_process([path])
    assert table.column("profile_id").to_pylist() == expected.column("profile_id").to_pylist()
    assert table.column("bio").to_pylist() == expected.column("bio").to_pylist()
    assert shown(rejects) == refused
    assert counts == Spooled(profiles=expected.num_rows, rejected=len(refused))
