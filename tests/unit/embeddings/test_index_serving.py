"""What a process that serves does not notice of those who add."""

import os
import subprocess
import sys
import weakref
from collections.abc import Callable
from pathlib import Path

import faiss
import pyarrow as pa
import pytest

from creatorgraph.domain.error import DamagedError
from creatorgraph.embeddings import index_id, index_segment, index_structure
from creatorgraph.embeddings.encoder import Vectors
from creatorgraph.embeddings.index import VectorIndex
from creatorgraph.embeddings.index_file import FileRecord
from creatorgraph.embeddings.index_structure import threads_for

Open = Callable[[], VectorIndex]
Draw = Callable[..., Vectors]

_EVERYTHING = """
import sys
from pathlib import Path
import numpy as np
from creatorgraph.embeddings.index import VectorIndex
from creatorgraph.embeddings.index_filter import Allowed

def opened():
    return VectorIndex.open(Path(sys.argv[1]), encoder_name="e", dimensions=4)

reader, writer, vectors, names = opened(), opened(), np.eye(4, dtype=np.float32), list("abcd")
writer.upsert(names, names, vectors)
writer.save()
writer.remove(["b"])
writer.save()
assert reader.reload_if_changed()
assert reader.search(vectors[:1], 1, among=Allowed(["a", "b"]))[0][0].id == "a"
assert reader.vectors_as_of(names, names).any(axis=1).tolist() == [True, False, True, True]
assert writer.rebuild(scrub=True)
print("pandas" in sys.modules)
"""
_PRIORITY = """
import os
from creatorgraph.embeddings.index_process import give_way
give_way()
print(os.getpriority(os.PRIO_PROCESS, 0), os.sched_getscheduler(0) if hasattr(os, "SCHED_IDLE") else None)
"""


def _said(program: str, *arguments: str) -> str:
    command = [sys.executable, "-c", program, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def test_who_opens_an_index_sorts_no_ids(open_index: Open, unit_vectors: Draw, monkeypatch: pytest.MonkeyPatch) -> None:
    writer, names = open_index(), [f"id {row}" for row in range(300)]
    writer.upsert(names, names, unit_vectors(300))
    writer.save()

    def hashed_anew(ids: pa.StringArray) -> None:
        raise AssertionError(f"{len(ids)} ids were hashed")

    monkeypatch.setattr(index_id, "id_hashes", hashed_anew)
    assert open_index().digests_of(["id 7", "id 299", "another"]) == {"id 7": "id 7", "id 299": "id 299"}


def test_ids_are_found_in_a_file_from_before_they_were_sorted(
    open_index: Open, unit_vectors: Draw, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = open_index()
    writer.upsert(["a", "b"], ["1", "2"], unit_vectors(2))
    with monkeypatch.context() as former:
        former.setattr(index_segment, "_HASH", "unknown")
        writer.save()
    assert open_index().digests_of(["b", "c"]) == {"b": "2"}


def test_nothing_imports_pandas_while_it_serves(tmp_path: Path) -> None:
    assert _said(_EVERYTHING, str(tmp_path)) == "False"


def test_who_gives_way_has_the_lowest_priority() -> None:
    assert _said(_PRIORITY) == f"19 {getattr(os, 'SCHED_IDLE', None)}"


def test_small_work_is_done_by_one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_structure, "TEAM_ROWS", 100)
    before = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(3)
    try:
        with threads_for(99):
            assert faiss.omp_get_max_threads() == 1
        assert faiss.omp_get_max_threads() == 3
        with threads_for(100):
            assert faiss.omp_get_max_threads() == 3
    finally:
        faiss.omp_set_num_threads(before)


def test_what_was_replaced_is_given_back_at_the_next_look(open_index: Open, unit_vectors: Draw) -> None:
    writer = open_index()
    writer.upsert(["a"], ["1"], unit_vectors(1))
    writer.save()
    reader = open_index()
    part = weakref.ref(reader._parts[0])
    writer.upsert(["b"], ["1"], unit_vectors(1, seed=1))
    writer.save()
    assert reader.reload_if_changed()
    assert reader.count == 2
    assert part() is not None, "a search may be looking at it"
    assert not reader.reload_if_changed()
    assert part() is None


def test_files_that_a_writer_removes_while_they_are_checked(
    open_index: Open, unit_vectors: Draw, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer, reader, vectors = open_index(), open_index(), unit_vectors(2)
    writer.upsert(["a"], ["1"], vectors[:1])
    writer.save()
    verify, later = FileRecord.verify, ["b"]

    def with_a_writer(record: FileRecord, folder: Path, *, gently: bool = False) -> Path:
        path = verify(record, folder, gently=gently)
        if later and gently and record.name.startswith("entries"):
            writer.upsert([later.pop()], ["1"], vectors[1:])
            writer.save()
        return path

    monkeypatch.setattr(FileRecord, "verify", with_a_writer)
    assert reader.reload_if_changed()
    assert reader.count == 2


def test_a_damaged_file_is_not_taken_in(open_index: Open, unit_vectors: Draw, tmp_path: Path) -> None:
    writer, reader, vectors = open_index(), open_index(), unit_vectors(20_000)
    writer.upsert(["a"], ["1"], vectors[:1])
    writer.save()
    assert reader.reload_if_changed()
    writer.upsert([f"id{row}" for row in range(20_000)], ["1"] * 20_000, vectors)
    writer.save()
    (path,) = [
        tmp_path / "index" / part.segment.record.vectors.name
        for part in writer._parts
        if part.segment.record and part.segment.rows > 1
    ]
    data = bytearray(path.read_bytes())
    assert len(data) > 4 * 2**18, "several slices"
    data[-1] ^= 1
    path.write_bytes(data)
    with pytest.raises(DamagedError, match="not as it was written"):
        reader.reload_if_changed()
    assert [near.id for near in reader.search(vectors[:1], 1)[0]] == ["a"]
