import threading
from collections.abc import Callable
from pathlib import Path

import faiss
import numpy as np
import pytest

from creatorgraph.domain.error import DamagedError, InvalidInputError
from creatorgraph.embeddings import index_segment
from creatorgraph.embeddings.encoder import Vectors
from creatorgraph.embeddings.index import VectorIndex
from creatorgraph.embeddings.index_manifest import read_manifest

Open = Callable[[], VectorIndex]
Draw = Callable[..., Vectors]


def _names(rows: int, start: int = 0) -> list[str]:
    return [f"id{row:05}" for row in range(start, start + rows)]


def test_a_missing_folder_is_an_empty_index_and_is_not_made(
    open_index: Open, tmp_path: Path, unit_vectors: Draw
) -> None:
    index = open_index()
    assert index.count == 0
    assert index.search(unit_vectors(2), 5) == [[], []]
    index.save()
    assert list(tmp_path.iterdir()) == []


def test_what_is_saved_is_found_again(open_index: Open, unit_vectors: Draw) -> None:
    vectors, names = unit_vectors(300), _names(300)
    index = open_index()
    index.upsert(names, [f"d{name}" for name in names], vectors)
    index.save()
    for each in (index, open_index()):
        found = each.search(vectors[:50], 3)
        assert [neighbours[0].id for neighbours in found] == names[:50]
        assert all(neighbours[0].score == pytest.approx(1.0, abs=1e-5) for neighbours in found)
        assert each.digests() == {name: f"d{name}" for name in names}
        np.testing.assert_array_equal(each.vectors([names[7], "unknown", names[3]])[[0, 2]], vectors[[7, 3]])
        assert not each.vectors(["unknown"]).any()
        assert each.count == 300


def test_replacing_and_removing(open_index: Open, unit_vectors: Draw) -> None:
    vectors = unit_vectors(3)
    index = open_index()
    index.upsert(["a", "b"], ["1", "1"], vectors[:2])
    index.save()
    index.upsert(["a"], ["2"], vectors[2:])
    assert index.remove(["b", "never there"]) == 1
    index.save()
    again = open_index()
    assert again.digests() == {"a": "2"}
    assert [(n.id, round(n.score, 3)) for n in again.search(vectors[2:], 5)[0]] == [("a", 1.0)]


def test_of_an_id_twice_in_one_call_the_last_counts(open_index: Open, unit_vectors: Draw) -> None:
    vectors = unit_vectors(2)
    index = open_index()
    index.upsert(["a", "a"], ["1", "2"], vectors)
    assert index.digests() == {"a": "2"}
    np.testing.assert_array_equal(index.vectors(["a"])[0], vectors[1])


def test_equal_scores_come_in_order_of_id_and_zeros_find_nothing(open_index: Open, unit_vectors: Draw) -> None:
    vector = unit_vectors(1)
    index = open_index()
    index.upsert(["b", "c", "a"], ["", "", ""], np.repeat(vector, 3, axis=0))
    assert [neighbour.id for neighbour in index.search(vector, 3)[0]] == ["a", "b", "c"]
    assert index.search(np.zeros_like(vector), 3) == [[]]
    assert index.search(vector, 0) == [[]]


def test_a_save_of_a_small_change_leaves_the_large_file_alone(
    open_index: Open, tmp_path: Path, unit_vectors: Draw
) -> None:
    index = open_index()
    index.upsert(_names(400), [""] * 400, unit_vectors(400))
    index.save()
    before = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "index").glob("vectors-*")}
    index.upsert(["new"], [""], unit_vectors(1, seed=1))
    index.remove(["id00003"])
    index.save()
    after = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "index").glob("vectors-*")}
    assert before.items() < after.items()
    assert open_index().count == 400


def test_rows_that_die_one_after_the_other_stay_dead(open_index: Open, unit_vectors: Draw) -> None:
    index = open_index()
    index.upsert(_names(400), [""] * 400, unit_vectors(400))
    index.save()
    for name in _names(3):
        index.remove([name])
        index.save()
        index = open_index()
    assert index.digests().keys() == set(_names(397, start=3))


def test_files_and_segments_stay_few_over_many_saves(open_index: Open, tmp_path: Path, unit_vectors: Draw) -> None:
    vectors, index = unit_vectors(120), open_index()
    for row, name in enumerate(_names(120)):
        index.upsert([name], [str(row)], vectors[row : row + 1])
        index.save()
    manifest = read_manifest(tmp_path / "index")
    assert manifest is not None
    assert len(manifest.segments) <= 5
    assert {path.name for path in (tmp_path / "index").iterdir()} == manifest.names() | {"manifest.json", "writer.lock"}
    assert [found[0].id for found in open_index().search(vectors, 1)] == _names(120)


def test_a_large_segment_is_inverted_and_still_changes(
    open_index: Open, unit_vectors: Draw, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_segment, "EXACT_BELOW", 2000)
    vectors, names = unit_vectors(4000), _names(4000)
    index = open_index()
    index.upsert(names, names, vectors)
    index.save()
    index.remove(names[:10])
    index.save()
    again = open_index()
    (part,) = again._parts
    assert isinstance(part.segment.vectors, faiss.IndexIVFFlat)
    np.testing.assert_array_equal(again.vectors(names[10:20]), vectors[10:20])
    found = again.search(vectors[:200], 10)
    assert not {name for neighbours in found for name in (n.id for n in neighbours)} & set(names[:10])
    scores = vectors[:200] @ vectors[10:].T
    exact = np.argsort(-scores, axis=1)[:, :10] + 10
    hits = [len({n.id for n in near} & {names[row] for row in best}) for near, best in zip(found, exact, strict=True)]
    assert np.mean(hits) / 10 > 0.8  # random vectors have no cells: the worst case for an inverted index
    assert len(again.search(vectors[:1], 3990)[0]) == 3990


def test_a_changed_byte_is_noticed(open_index: Open, tmp_path: Path, unit_vectors: Draw) -> None:
    index = open_index()
    index.upsert(["a", "b"], ["", ""], unit_vectors(2))
    index.save()
    for path in sorted((tmp_path / "index").glob("*-*")):
        whole = path.read_bytes()
        path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
        with pytest.raises(DamagedError, match="creatorgraph index rebuild"):
            open_index()
        path.write_bytes(whole[:-1])
        with pytest.raises(DamagedError, match="creatorgraph index rebuild"):
            open_index()
        path.unlink()
        with pytest.raises(DamagedError, match="missing"):
            open_index()
        path.write_bytes(whole)
    assert open_index().count == 2


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"format": 2}', b'{"format": 1}'])
def test_a_manifest_that_cannot_be_read(open_index: Open, tmp_path: Path, unit_vectors: Draw, content: bytes) -> None:
    index = open_index()
    index.upsert(["a"], [""], unit_vectors(1))
    index.save()
    (tmp_path / "index" / "manifest.json").write_bytes(content)
    with pytest.raises(DamagedError, match="creatorgraph index rebuild"):
        open_index()


def test_another_encoder_is_refused_until_the_index_is_made_anew(
    open_index: Open, tmp_path: Path, unit_vectors: Draw
) -> None:
    index = open_index()
    index.upsert(["a", "b"], ["", ""], unit_vectors(2))
    index.save()
    dimensions = index.dimensions
    for encoder, size in (("other", dimensions), ("test/model-1/float32", dimensions + 1)):
        with pytest.raises(DamagedError, match="creatorgraph index rebuild"):
            VectorIndex.open(tmp_path / "index", encoder_name=encoder, dimensions=size)
    fresh = VectorIndex.create(tmp_path / "index", encoder_name="other", dimensions=dimensions)
    fresh.upsert(["c"], ["1"], unit_vectors(1))
    assert open_index().count == 2, "nothing is replaced before the save"
    fresh.save()
    again = VectorIndex.open(tmp_path / "index", encoder_name="other", dimensions=dimensions)
    assert again.digests() == {"c": "1"}
    with pytest.raises(DamagedError, match="other"):
        index.reload_if_changed()
    assert index.count == 2, "the open index goes on serving"


def test_a_damaged_index_can_be_made_anew(open_index: Open, tmp_path: Path, unit_vectors: Draw) -> None:
    index = open_index()
    index.upsert(["a"], [""], unit_vectors(1))
    index.save()
    (tmp_path / "index" / "manifest.json").write_bytes(b"torn")
    fresh = VectorIndex.create(tmp_path / "index", encoder_name="test/model-1/float32", dimensions=index.dimensions)
    fresh.save()
    assert open_index().count == 0
    assert {path.name for path in (tmp_path / "index").iterdir()} == {"manifest.json", "writer.lock"}


def test_another_process_sees_a_save_when_it_reloads(open_index: Open, unit_vectors: Draw) -> None:
    writer, reader = open_index(), open_index()
    assert reader.reload_if_changed() is False
    writer.upsert(["a"], ["1"], unit_vectors(1))
    writer.save()
    assert reader.count == 0
    assert reader.reload_if_changed() is True
    assert reader.digests() == {"a": "1"}
    assert reader.reload_if_changed() is False


def test_two_writers_keep_each_others_changes(open_index: Open, unit_vectors: Draw) -> None:
    vectors = unit_vectors(4)
    first = open_index()
    first.upsert(["a", "b", "c"], ["0", "0", "0"], vectors[:3])
    first.save()
    second = open_index()
    first.upsert(["a"], ["first"], vectors[3:])
    second.upsert(["d", "c"], ["second", "second"], vectors[:2])
    second.remove(["b"])
    first.save()
    second.save()
    expected = {"a": "first", "c": "second", "d": "second"}
    assert second.digests() == open_index().digests() == expected
    first.reload_if_changed()
    assert first.digests() == expected


def test_searches_run_while_another_thread_changes_and_saves(open_index: Open, unit_vectors: Draw) -> None:
    vectors, names = unit_vectors(200), _names(200)
    index = open_index()
    index.upsert(names, [""] * 200, vectors)
    stop, failures = threading.Event(), []

    def search() -> None:
        while not stop.is_set():
            found = index.search(vectors[:20], 2)
            if [near[0].id for near in found] != names[:20]:
                failures.append(found)

    threads = [threading.Thread(target=search) for _ in range(2)]
    for thread in threads:
        thread.start()
    for turn in range(40):
        # each id is replaced by itself: it must be there once, at every moment
        index.upsert(names[:100], [str(turn)] * 100, vectors[:100])
        index.remove(names[150:])
        if turn % 10 == 0:
            index.save()
    stop.set()
    for thread in threads:
        thread.join()
    assert failures == []
    assert index.count == 150


@pytest.mark.parametrize("rows", [np.zeros((1, 3)), np.zeros((2, 16)), np.full((1, 16), np.nan)])
def test_vectors_that_do_not_fit_are_refused(open_index: Open, rows: Vectors) -> None:
    with pytest.raises(InvalidInputError, match="16 dimensions"):
        open_index().upsert(["a"], [""], rows)


def test_queries_that_do_not_fit_are_refused(open_index: Open) -> None:
    with pytest.raises(InvalidInputError, match="16 dimensions"):
        open_index().search(np.zeros((1, 3), dtype=np.float32), 1)
