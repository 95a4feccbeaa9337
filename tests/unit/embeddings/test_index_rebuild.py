"""The index with codes: built, searched, changed, rebuilt while others write."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from creatorgraph.embeddings import index_rebuild, index_segment
from creatorgraph.embeddings.encoder import Vectors
from creatorgraph.embeddings.index import VectorIndex
from creatorgraph.embeddings.index_manifest import read_manifest
from creatorgraph.embeddings.index_option import IndexOptions

DIMENSIONS, ROWS = 32, 6000
OPTIONS = IndexOptions(compress_from=3000, bytes_per_vector=120)


@pytest.fixture(scope="module")
def vectors() -> Vectors:
    """Clustered, as embeddings are."""
    drawing = np.random.default_rng(3)
    centres = drawing.standard_normal((200, DIMENSIONS))
    rows = centres[drawing.integers(0, 200, ROWS)] + 0.6 * drawing.standard_normal((ROWS, DIMENSIONS))
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


@pytest.fixture
def names() -> list[str]:
    return [f"platform:someone-{row}" for row in range(ROWS)]


Opener = Callable[[], VectorIndex]


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Opener:
    monkeypatch.setattr(index_segment, "EXACT_BELOW", 1500)
    return lambda: VectorIndex.open(tmp_path / "index", encoder_name="e", dimensions=DIMENSIONS, options=OPTIONS)


def _recall(
    index: VectorIndex, vectors: Vectors, names: list[str], queries: Vectors, among: set[str] | None = None
) -> float:
    found = index.search(queries, 10, among=among)
    hits = []
    for query, near in zip(queries, found, strict=True):
        order = np.argsort(-(vectors @ query), kind="stable")
        best = [names[row] for row in order if among is None or names[row] in among][:10]
        hits.append(len({n.id for n in near} & set(best)) / 10)
    return float(np.mean(hits))


def _filled(opened: Opener, names: list[str], vectors: Vectors) -> VectorIndex:
    index = opened()
    index.upsert(names[:5000], [f"d{name}" for name in names[:5000]], vectors[:5000])
    index.save()
    assert index.rebuild_due
    assert index.rebuild() is True
    return index


def test_many_vectors_become_codes_that_find_what_was_asked(
    opened: Opener, names: list[str], vectors: Vectors, tmp_path: Path
) -> None:
    index = _filled(opened, names, vectors)
    (part,) = index._parts
    assert part.segment.lossy
    assert not index.rebuild_due
    assert index.rebuild() is False
    manifest = read_manifest(tmp_path / "index")
    assert manifest is not None
    assert manifest.segments[0].tuning == part.segment.tuning
    assert part.segment.tuning.recall is not None
    assert part.segment.tuning.recall >= OPTIONS.recall
    queries = vectors[5000:5300]
    for each in (index, opened()):
        assert _recall(each, vectors[:5000], names, queries) >= 0.93
        assert each.digests() == {name: f"d{name}" for name in names[:5000]}
        decoded = each.vectors(names[:100])
        assert (np.einsum("ij,ij->i", decoded, vectors[:100]) > 0.98).all()
    narrow, wide = set(names[:5000:40]), set(names[:5000:2])
    assert _recall(index, vectors[:5000], names, queries, narrow) >= 0.93
    assert _recall(index, vectors[:5000], names, queries, wide) >= 0.93


def test_the_result_does_not_depend_on_the_order(
    names: list[str], vectors: Vectors, opened: Opener, tmp_path: Path
) -> None:
    index = _filled(opened, names, vectors)
    other = VectorIndex.open(tmp_path / "other", encoder_name="e", dimensions=DIMENSIONS, options=OPTIONS)
    order = np.random.default_rng(1).permutation(5000)
    for chunk in np.array_split(order, 3):
        other.upsert([names[row] for row in chunk], [f"d{names[row]}" for row in chunk], vectors[chunk])
        other.save()
    assert other.rebuild()
    assert other.search(vectors[5000:5100], 10) == index.search(vectors[5000:5100], 10)


def test_no_merge_makes_a_vector_worse(opened: Opener, names: list[str], vectors: Vectors) -> None:
    index = _filled(opened, names, vectors)
    before = index.vectors(names[:4000])
    for start in range(5000, 6000, 500):
        index.upsert(names[start : start + 500], [""] * 500, vectors[start : start + 500])
        index.save()
        assert index.rebuild()
        assert len(index._parts) == 1
    np.testing.assert_array_equal(index.vectors(names[:4000]), before)
    assert index.count == 6000


def test_what_is_removed_is_gone_at_once_and_from_the_disk_when_scrubbed(
    opened: Opener, names: list[str], vectors: Vectors, tmp_path: Path
) -> None:
    index = _filled(opened, names, vectors)
    gone = [names[7], names[4321]]
    assert index.remove(gone) == 2
    found = index.search(vectors[[7, 4321]], 10)
    assert not {n.id for near in found for n in near} & set(gone)
    assert not index.search(vectors[[7]], 10, among=gone)[0]
    index.save()
    assert not index.rebuild_due, "two of thousands are no waste"
    assert index.rebuild(scrub=True)
    assert index.count == opened().count == 4998
    for path in (tmp_path / "index").iterdir():
        assert not any(name.encode() + b"p" in path.read_bytes() for name in gone), path.name


def test_others_write_while_it_is_rebuilt(
    opened: Opener, names: list[str], vectors: Vectors, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = opened()
    index.upsert(names[:5000], [""] * 5000, vectors[:5000])
    index.save()
    reader, made = opened(), index_rebuild._made_one

    def with_a_writer(*args: Any) -> Any:
        part = made(*args)
        writer = opened()
        writer.remove(names[10:15])
        writer.upsert(names[5000:5010], ["late"] * 10, vectors[5000:5010])
        writer.upsert([names[20]], ["changed"], -vectors[20:21])
        writer.save()
        return part

    monkeypatch.setattr(index_rebuild, "_made_one", with_a_writer)
    assert index.rebuild()
    expected = dict.fromkeys(names[:5000], "") | dict.fromkeys(names[5000:5010], "late") | {names[20]: "changed"}
    for name in names[10:15]:
        del expected[name]
    assert index.digests() == opened().digests() == expected
    assert reader.count == 5000, "who reads keeps what it had"
    reader.reload_if_changed()
    assert reader.digests() == expected
    assert reader.search(-vectors[20:21], 1)[0][0].id == names[20]


def test_a_rebuild_whose_segments_are_gone_changes_nothing(
    opened: Opener, names: list[str], vectors: Vectors, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    index = opened()
    index.upsert(names[:5000], [""] * 5000, vectors[:5000])
    index.save()
    made = index_rebuild._made_one

    def with_another_index(*args: Any) -> Any:
        part = made(*args)
        fresh = VectorIndex.create(tmp_path / "index", encoder_name="e", dimensions=DIMENSIONS, options=OPTIONS)
        fresh.upsert(["alone"], [""], vectors[:1])
        fresh.save()
        return part

    monkeypatch.setattr(index_rebuild, "_made_one", with_another_index)
    assert index.rebuild() is False
    assert opened().digests() == {"alone": ""}
    assert not list((tmp_path / "index").glob("*-r.*")), "what it had built is not left behind"
    opened().upsert(["b"], [""], vectors[:1])


def test_one_rebuild_at_a_time(
    opened: Opener, names: list[str], vectors: Vectors, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = opened()
    index.upsert(names[:5000], [""] * 5000, vectors[:5000])
    index.save()
    made, seconds = index_rebuild._made_one, []

    def with_a_second(*args: Any) -> Any:
        seconds.append(opened().rebuild())
        return made(*args)

    monkeypatch.setattr(index_rebuild, "_made_one", with_a_second)
    assert index.rebuild()
    assert seconds == [False]


def test_in_the_background_another_process_rebuilds(opened: Opener, names: list[str], vectors: Vectors) -> None:
    index = opened()
    index.upsert(names[:5000], [""] * 5000, vectors[:5000])
    assert index.rebuild_in_background() is False, "nothing is saved yet"
    index.save()
    assert index.rebuild_in_background() is True
    assert index.rebuild_in_background() is False, "one at a time"
    assert index._rebuilding is not None
    assert index._rebuilding.wait(timeout=120) == 0
    assert index.reload_if_changed()
    assert index._parts[0].segment.lossy
    assert index.rebuild_in_background() is False
    assert _recall(index, vectors[:5000], names, vectors[5000:5100]) >= 0.93
