"""Nearest vectors among very many, the same to the bit on any machine and with any number of threads.

Vectors are rounded to whole numbers small enough for 32-bit floats to add up without rounding: then no order of
additions, and so no number of threads, changes a result. Rounding moves a cosine by about 0.001. The vectors are parted
into cells by spherical k-means (Dhillon and Modha, Concept Decompositions for Large Sparse Text Data, Machine Learning 42,
2001), and each is compared with those of the cells that it is nearest to.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import faiss
import numpy as np
from numpy.typing import NDArray

from creatorgraph.resolution.feature.incidence import Indices

_CELL_SIZE = 200
_CELLS_PER_ROOT = 4
"""No more cells than so many times the root of the vectors: finding the nearest cells must not outgrow what they save."""
_PROBES = 8
_TRAIN_PER_CELL = 16
_ROUNDS = 4
_LARGEST = 127
_LONGEST = 2_000.0
"""Squared it is far below 2^24, up to which 32-bit floats hold every whole number."""
_ROWS = 16_384
_HELD = 4_000_000

Whole = NDArray[np.int8]


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """Pairs (row, other) of vectors and their cosine."""

    row: Indices
    other: Indices
    cosine: NDArray[np.float64]


def nearest(vectors: NDArray[np.float32], rows: Indices, *, count: int, least: float, seed: int) -> Near:
    """For each of the rows of `vectors` (length 1) the `count` nearest others of them whose cosine is at least `least`.

    Approximate: what lies in none of the cells that a vector looks at is not found. `row` and `other` index `vectors`.
    """
    longest = max((float(np.abs(part).max(initial=0)) for _, part in _parts(vectors, rows)), default=0.0)
    scale = min(_LARGEST / max(longest, 1e-9), _LONGEST)
    whole = np.empty((len(rows), vectors.shape[1]), dtype=np.int8)
    for begin, part in _parts(vectors, rows):
        whole[begin : begin + len(part)] = np.rint(part * np.float32(scale))
    probes = _probed(whole, _centres(whole, seed))
    found = _within(whole, probes, count, least * scale**2)
    return Near(row=rows[found.row], other=rows[found.other], cosine=found.cosine / scale**2)


def _parts(vectors: NDArray[np.float32], rows: Indices) -> Iterator[tuple[int, NDArray[np.float32]]]:
    for begin in range(0, len(rows), _ROWS):
        yield begin, vectors[rows[begin : begin + _ROWS]]


def _centres(whole: Whole, seed: int) -> NDArray[np.float32]:
    """The middles of the cells, of whole numbers as well."""
    size = len(whole)
    cells = max(1, min(size // _CELL_SIZE, int(_CELLS_PER_ROOT * size**0.5)))
    chosen = np.sort(np.random.default_rng(seed).choice(size, min(size, cells * _TRAIN_PER_CELL), replace=False))
    sample = whole[chosen].astype(np.float32)
    centres = sample[:: max(1, len(sample) // cells)][:cells].copy()
    length = float(np.sqrt((sample.astype(np.float64) ** 2).sum(axis=1)).mean())
    for _ in range(_ROUNDS):
        cell = faiss.knn(sample, centres, 1, metric=faiss.METRIC_INNER_PRODUCT)[1][:, 0]
        order = np.argsort(cell, kind="stable")
        filled, first = np.unique(cell[order], return_index=True)
        sums = np.add.reduceat(sample[order].astype(np.float64), first, axis=0)
        middle = sums / np.maximum(np.sqrt((sums**2).sum(axis=1, keepdims=True)), 1e-9)
        centres[filled] = np.rint(middle * length)
    return centres


def _probed(whole: Whole, centres: NDArray[np.float32]) -> NDArray[np.int32]:
    """(rows, probes) the nearest cells of each row; the first is its own."""
    probes = min(_PROBES, len(centres))
    found = np.empty((len(whole), probes), dtype=np.int32)
    for begin in range(0, len(whole), _ROWS):
        part = whole[begin : begin + _ROWS].astype(np.float32)
        found[begin : begin + _ROWS] = faiss.knn(part, centres, probes, metric=faiss.METRIC_INNER_PRODUCT)[1]
    return found


def _within(whole: Whole, probes: NDArray[np.int32], count: int, least: float) -> Near:
    """The nearest within the cells: first everybody's own cell, then in the others what is no farther than that."""
    cells = int(probes.max(initial=-1)) + 1
    members, starts = _by_cell(probes[:, 0], cells)
    bound = np.full(len(whole), least, dtype=np.float32)
    own = []
    for inside in _runs(members, starts):
        cosine = _products(whole, inside, inside)
        np.fill_diagonal(cosine, -np.inf)
        if len(inside) > count:
            bound[inside] = np.maximum(least, np.partition(cosine, -count, axis=1)[:, -count])
        own.append(_reached(cosine, bound[inside], inside, inside))
    waiting = [_best(own, count)]
    lookers, looker_starts = _by_cell(probes[:, 1:].reshape(-1), cells)
    fresh = 0
    for inside, places in zip(_runs(members, starts), _runs(lookers, looker_starts), strict=True):
        if len(inside) and len(places):
            asking = places // (probes.shape[1] - 1)
            waiting.append(_reached(_products(whole, asking, inside), bound[asking], asking, inside))
            fresh += len(waiting[-1].row)
        if fresh > _HELD:
            waiting, fresh = [_best(waiting, count)], 0
    return _best(waiting, count)


def _products(whole: Whole, asking: Indices, inside: Indices) -> NDArray[np.float32]:
    products: NDArray[np.float32] = whole[asking].astype(np.float32) @ whole[inside].astype(np.float32).T
    return products


def _reached(cosine: NDArray[np.float32], bound: NDArray[np.float32], asking: Indices, inside: Indices) -> Near:
    """The pairs that reach the bounds of those who ask."""
    place = np.flatnonzero(cosine >= bound[:, None])
    asked, near = place // len(inside), place % len(inside)
    return Near(row=asking[asked], other=inside[near], cosine=cosine.reshape(-1)[place].astype(np.float64))


def _runs(order: Indices, starts: Indices) -> Iterator[Indices]:
    for begin, end in pairwise(starts.tolist()):
        yield order[begin:end]


def _by_cell(cells: NDArray[np.int32], count: int) -> tuple[Indices, Indices]:
    """The places of the cells' numbers in order of the `count` cells, and where each cell begins."""
    order = np.argsort(cells, kind="stable").astype(np.int64)
    return order, np.searchsorted(cells[order], np.arange(count + 1))


def _best(parts: list[Near], count: int) -> Near:
    row = np.concatenate([part.row for part in parts])
    other = np.concatenate([part.other for part in parts])
    cosine = np.concatenate([part.cosine for part in parts])
    order = np.lexsort((other, -cosine, row))
    row, other, cosine = row[order], other[order], cosine[order]
    kept = np.arange(len(row)) - np.searchsorted(row, row, side="left") < count
    return Near(row=row[kept], other=other[kept], cosine=cosine[kept])
