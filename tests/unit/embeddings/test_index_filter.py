from collections.abc import Callable

import numpy as np
import pytest

from creatorgraph.embeddings import index_segment
from creatorgraph.embeddings.encoder import Vectors
from creatorgraph.embeddings.index import VectorIndex
from creatorgraph.embeddings.index_filter import Allowed

Open = Callable[[], VectorIndex]
Draw = Callable[..., Vectors]


def _names(rows: int, start: int = 0) -> list[str]:
    return [f"id{row:05}" for row in range(start, start + rows)]


def _best(query: Vectors, vectors: Vectors, names: list[str], among: set[str], k: int) -> list[str]:
    order = np.argsort(-(vectors @ query), kind="stable")
    return [names[row] for row in order if names[row] in among][:k]


@pytest.mark.parametrize("exact_below", [50_000, 500])
def test_only_what_is_allowed_is_found_and_all_of_it(
    open_index: Open, unit_vectors: Draw, monkeypatch: pytest.MonkeyPatch, exact_below: int
) -> None:
    """Over two segments, flat and inverted ones, with the dead, the changed and the unknown among those allowed."""
    monkeypatch.setattr(index_segment, "EXACT_BELOW", exact_below)
    vectors, names = unit_vectors(1200), _names(1200)
    index = open_index()
    index.upsert(names[:1000], [""] * 1000, vectors[:1000])
    index.save()
    index.upsert(names[1000:], [""] * 200, vectors[1000:])
    index.remove(names[:20])
    index.save()
    chosen = {*names[:40], *names[980:1020], "never there"}
    allowed = Allowed(chosen)
    queries = unit_vectors(30, seed=5)
    found = index.search(queries, 7, among=allowed)
    living = chosen - {*names[:20], "never there"}
    assert [[n.id for n in each] for each in found] == [_best(q, vectors, names, living, 7) for q in queries]
    assert index.search(queries, 7, among=chosen) == found
    assert [len(each) for each in index.search(queries[:2], 100, among=allowed)] == [60, 60]
    assert index.search(queries[:2], 3, among=()) == [[], []]

    index.remove(names[20:30])
    index.upsert([names[30]], ["new"], -vectors[30:31])
    again = index.search(queries, 100, among=allowed)
    assert all({n.id for n in each} == living - set(names[20:30]) for each in again), "a selection outlives changes"


def test_a_wide_selection_is_searched_by_cells(
    open_index: Open, unit_vectors: Draw, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_segment, "EXACT_BELOW", 1000)
    vectors, names = unit_vectors(4000), _names(4000)
    index = open_index()
    index.upsert(names, [""] * 4000, vectors)
    allowed = set(names[::3])
    queries = unit_vectors(60, seed=7)
    found = index.search(queries, 10, among=allowed)
    assert all(n.id in allowed for each in found for n in each)
    hits = [
        len({n.id for n in each} & set(_best(q, vectors, names, allowed, 10)))
        for each, q in zip(found, queries, strict=True)
    ]
    assert np.mean(hits) / 10 > 0.9
